"""What a machine sent by itself, and what a person wrote: we never answer the first, and always the second."""

import pytest

from gemeente.channels.mail.parse import parse_mail
from gemeente.channels.mail.tests.samples import mail, mixed, part
from gemeente.channels.mail.types import Automatic


def kind(raw: bytes) -> Automatic:
    return parse_mail(raw).automatic


@pytest.mark.parametrize(
    "subject",
    [
        "Mijn vraag",
        "Re: Uw vraag over de traplift",
        "Afwezigheid op school van mijn zoon",
        "Automatische incasso stopzetten",
        "Ik was afwezig toen de afvalpas kwam",
        "Vakantie: mag mijn caravan op straat?",
        "Ik krijg geen automatisch antwoord",
        "Out of order: de lift",
        "Postmaster",
        "",
    ],
)
def test_a_person_wrote_this(subject: str) -> None:
    assert kind(mail(subject=subject)) == Automatic.NO


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("auto_submitted", "no"),
        ("precedence", "normal"),
        ("x_auto_response_suppress", "All"),
        ("return_path", "<hiltje@voorbeeld.nl>"),
        ("x_mailer", "Automatic"),
        ("list_help", "<mailto:x@y.nl>"),
    ],
)
def test_a_field_that_says_nothing_about_a_machine(name: str, value: str) -> None:
    assert kind(mail(**{name: value})) == Automatic.NO


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("auto_submitted", "auto-replied"),
        ("auto_submitted", "Auto-Generated; type=x"),
        ("auto_submitted", "auto-notified"),
        ("x_autoreply", "yes"),
        ("x_autorespond", "Afwezig"),
        ("x_auto_reply", "1"),
        ("x_vacation", "on"),
        ("precedence", "auto_reply"),
        ("return_path", "<>"),
        ("subject", "Automatisch antwoord: Uw vraag"),
        ("subject", "Automatic reply: Uw vraag"),
        ("subject", "Auto-reply: Uw vraag"),
        ("subject", "Autoreply: Uw vraag"),
        ("subject", "Out of Office: Uw vraag"),
        ("subject", "Out of the office"),
        ("subject", "Afwezigheidsbericht"),
        ("subject", "Afwezig: Re: Uw vraag"),
        ("subject", "Niet aanwezig"),
        ("subject", "=?utf-8?q?Automatische_reactie=3A_vraag?="),
    ],
)
def test_an_auto_reply(name: str, value: str) -> None:
    assert kind(mail(**{name: value})) == Automatic.AUTO_REPLY


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("list_id", "Buurt <buurt.lijst.example>"),
        ("precedence", "bulk"),
        ("precedence", "List"),
        ("precedence", "junk"),
    ],
)
def test_a_mailing_list(name: str, value: str) -> None:
    assert kind(mail(**{name: value})) == Automatic.LIST


def test_an_invitation() -> None:
    invitation = part("BEGIN:VCALENDAR\nMETHOD:REQUEST\nEND:VCALENDAR", "text/calendar; method=REQUEST")
    assert kind(mixed(part("Komt u?"), invitation, kind="alternative")) == Automatic.CALENDAR


def test_a_person_who_sends_an_appointment_as_a_file_is_a_person() -> None:
    attached = part(
        "BEGIN:VCALENDAR", "text/calendar; method=PUBLISH", content_disposition="attachment; filename=a.ics"
    )
    assert kind(mixed(part("Schikt dit?"), attached)) == Automatic.NO


STATUS = "Reporting-MTA: dns; mail.voorbeeld.nl\n\nFinal-Recipient: rfc822; hiltje@voorbeeld.nl\nAction: failed\nStatus: 5.1.1\n"


def bounce(**fields: str) -> bytes:
    returned = part(mail(subject="Wij hebben uw vraag", message_id="<onze@voorbeeld.nl>"), "message/rfc822")
    return mixed(
        part("Your mail could not be delivered."),
        part(STATUS, "message/delivery-status"),
        returned,
        kind="report; report-type=delivery-status",
        **({"from": "Mail Delivery System <MAILER-DAEMON@mail.example>", "subject": "Undelivered Mail"} | fields),
    )


class TestBounce:
    def test_a_report_of_failed_delivery(self) -> None:
        assert kind(bounce()) == Automatic.BOUNCE

    def test_one_that_also_says_auto_replied(self) -> None:
        assert kind(bounce(auto_submitted="auto-replied", return_path="<>")) == Automatic.BOUNCE

    @pytest.mark.parametrize("sender", ["mailer-daemon@x.nl", "Postmaster@x.nl", "MicrosoftExchange329e71ec88ae@x.nl"])
    def test_an_old_one_without_a_report(self, sender: str) -> None:
        assert kind(mail("User unknown", **{"from": sender, "return_path": "<>"})) == Automatic.BOUNCE

    def test_gmail(self) -> None:
        assert kind(mail("Address not found", x_failed_recipients="hiltje@voorbeeld.nl")) == Automatic.BOUNCE

    def test_a_postmaster_who_writes_himself_is_a_person(self) -> None:
        assert kind(mail(**{"from": "postmaster@school.example"})) == Automatic.NO

    def test_it_refers_to_the_mail_that_came_back(self) -> None:
        assert "<onze@voorbeeld.nl>" in parse_mail(bounce()).references

    def test_it_refers_to_the_mail_of_which_only_the_head_came_back(self) -> None:
        head = part("Subject: Wij hebben uw vraag\nMessage-ID: <onze@voorbeeld.nl>\n", "text/rfc822-headers")
        raw = mixed(part("Failed."), part(STATUS, "message/delivery-status"), head, kind="report")
        assert parse_mail(raw).references == ("<onze@voorbeeld.nl>",)

    def test_only_a_bounce_refers_to_the_mail_in_it(self) -> None:
        inside = part(mail(message_id="<geheim@voorbeeld.nl>"), "message/rfc822")
        assert parse_mail(mixed(part("Zie bijlage"), inside)).references == ()


def test_a_receipt_that_a_mail_was_read_is_an_auto_reply() -> None:
    receipt = part(
        "Final-Recipient: rfc822; hiltje@voorbeeld.nl\nDisposition: manual-action; displayed\n",
        "message/disposition-notification",
    )
    raw = mixed(part("Gelezen"), receipt, kind="report; report-type=disposition-notification")
    assert kind(raw) == Automatic.AUTO_REPLY
