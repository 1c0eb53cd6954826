"""At the door: what arrives is kept once, whole, with its files, and says what was odd about it."""

import base64
from typing import Any

import pytest
from django.core.files.storage import default_storage

from gemeente.access.types import system
from gemeente.channels.commands import receive_mail, receive_message
from gemeente.channels.mail.tests.samples import mail, mixed, part
from gemeente.channels.models import Attachment, IncomingMessage
from gemeente.channels.types import Channel, NewMessage, Receipt, Sender
from gemeente.kernel.models import Event

MACHINE = system("Test")


def receive(raw: bytes, *, cut: bool = False) -> IncomingMessage:
    receipt, message = receive_mail(actor=MACHINE, raw=raw, cut=cut)
    assert receipt == Receipt.ACCEPTED
    return IncomingMessage.objects.get(id=message)


@pytest.mark.django_db
class TestMail:
    def test_it_works(self) -> None:
        row = receive(
            mail("Mijn traplift doet het niet.", cc="buurvrouw@voorbeeld.nl", delivered_to="gemeente+x@voorbeeld.nl")
        )
        assert (row.channel, row.channel_id, row.reply_channel) == ("email", "<vraag@voorbeeld.nl>", "email")
        assert (row.sender_name, row.sender_email) == ("Hiltje de Vries", "hiltje@voorbeeld.nl")
        assert (row.subject, row.text) == ("Mijn vraag", "Mijn traplift doet het niet.")
        assert row.addressed_to == ["gemeente@voorbeeld.nl", "buurvrouw@voorbeeld.nl", "gemeente+x@voorbeeld.nl"]

    def test_it_is_told_once(self) -> None:
        row = receive(mail())
        (event,) = Event.objects.filter(name="channels.message-received.v1")
        assert event.payload == {"message": str(row.id), "channel": "email"}

    def test_the_same_mail_again_is_the_same_message(self) -> None:
        row = receive(mail())
        assert receive_mail(actor=MACHINE, raw=mail()) == (Receipt.DUPLICATE, row.id)
        assert Event.objects.filter(name="channels.message-received.v1").count() == 1

    def test_the_original_is_kept_untouched(self) -> None:
        raw = mail(b"\x00\xff een\r\n.\r\n")
        with default_storage.open(receive(raw).raw) as kept:
            assert kept.read() == raw

    def test_its_files_are_kept_by_what_they_are(self) -> None:
        page = part(base64.encodebytes(b"<html>x"), "image/jpeg; name=foto.jpg", content_transfer_encoding="base64")
        row = receive(mixed(part("Zie de foto"), page))
        (file,) = Attachment.objects.filter(incoming=row)
        assert (file.name, file.content_type, file.size) == ("foto.jpg", "text/html", 7)

    def test_the_closing_lines_and_the_history_are_kept_apart_from_the_words(self) -> None:
        row = receive(mail("Dank u.\n\nGroet,\nHiltje\n06 00 12 34 01\n\n> Wij komen morgen.", in_reply_to="<b@x.nl>"))
        assert row.text == "Dank u."
        assert row.quoted == "Groet,\nHiltje\n06 00 12 34 01\n\n> Wij komen morgen."

    def test_what_it_refers_to_is_kept(self) -> None:
        assert receive(mail(in_reply_to="<b@x.nl>", references="<a@x.nl>")).references == ["<a@x.nl>", "<b@x.nl>"]

    def test_a_mail_that_was_cut_says_so(self) -> None:
        assert receive(mail(), cut=True).problems == ["truncated"]

    def test_a_machine_s_mail_says_so(self) -> None:
        assert receive(mail(auto_submitted="auto-replied")).automatic == "auto-reply"

    def test_two_mails_without_an_id_are_two(self) -> None:
        assert receive(mail("een", message_id=None)).id != receive(mail("twee", message_id=None)).id


@pytest.mark.django_db
class TestAnyChannel:
    def message(self, **given: Any) -> NewMessage:
        values: dict[str, Any] = {"channel": Channel.PHONE, "channel_id": "1", "text": "Hallo", "sender": Sender()}
        return NewMessage(**(values | given))

    def test_the_same_id_is_one_message_per_channel(self) -> None:
        _, first = receive_message(actor=MACHINE, message=self.message())
        assert receive_message(actor=MACHINE, message=self.message()) == (Receipt.DUPLICATE, first)
        assert receive_message(actor=MACHINE, message=self.message(channel=Channel.DESK))[0] == Receipt.ACCEPTED

    def test_a_text_without_end_is_bounded(self) -> None:
        _, message = receive_message(actor=MACHINE, message=self.message(text="x" * 500_000, subject="y" * 5000))
        row = IncomingMessage.objects.get(id=message)
        assert (len(row.text), len(row.subject)) == (100_000, 300)
