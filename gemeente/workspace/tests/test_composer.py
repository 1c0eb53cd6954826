"""The composer: promises are found before the words leave, files go along, and nothing that was typed is lost."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from gemeente.access.types import Role
from gemeente.adapters.memory import MemoryTransport
from gemeente.channels import files
from gemeente.channels.sender import send_due
from gemeente.config.tests.people import employee_with, register_resident
from gemeente.contact.models import ContactMoment, Promise, Question
from gemeente.contact.tests.talk import ask
from gemeente.kernel import clock
from gemeente.workspace.tests.desk import path_of, says, sit_down

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7 plan"


@pytest.fixture
def held(client: Client) -> Question:
    sit_down(client, employee_with(Role.KCC))
    return ask("De stoep ligt los.", by=register_resident(email="hiltje@voorbeeld.nl"), subject="Losse stoep")


def promised_text() -> str:
    day = (clock.today() + timedelta(days=9)).strftime("%d-%m-%Y")
    return f"Dank voor uw vraag. Ik bel u uiterlijk {day} over de stoep."


def send(client: Client, held: Question, text: str, **given: Any) -> Any:
    return client.post(path_of(held, "antwoord/"), {"text": text, "via": "email", "seen": "0", "do": "send"} | given)


def offered(page: Any) -> dict[str, str]:
    """Return what a browser sends back of the panel with found promises, when nothing in it is changed."""
    offer = page.context["offered"]
    back = {"offered": offer.mark, "token": str(page.context["answer"]["token"].value())}
    for form in offer.forms:
        back |= {form.add_prefix(name): str(form[name].value() or "") for name in ("words", "kind", "day", "at")}
        back |= {form.add_prefix("record"): "on"} if form["record"].value() else {}
    return back


class TestPromises:
    def test_a_promise_in_the_words_is_offered_before_they_leave(self, client: Client, held: Question) -> None:
        page = send(client, held, promised_text())
        assert page.status_code == 200
        assert says(page, "1 belofte gevonden in uw tekst")
        assert says(page, promised_text())
        assert not ContactMoment.objects.filter(direction="out").exists()

    def test_what_is_ticked_is_recorded_with_the_answer(self, client: Client, held: Question) -> None:
        page = send(client, held, promised_text())
        assert send(client, held, promised_text(), **offered(page)).status_code == 302
        promise = Promise.objects.get()
        assert promise.question == held.id
        assert promise.due_at.astimezone(clock.AMSTERDAM).date() == clock.today() + timedelta(days=9)
        assert ContactMoment.objects.filter(direction="out").count() == 1

    def test_what_is_not_ticked_is_left_however_wrong(self, client: Client, held: Question) -> None:
        back = offered(send(client, held, promised_text()))
        left = {key: value for key, value in back.items() if not key.endswith("record")} | {"belofte-0-day": "x"}
        assert send(client, held, promised_text(), **left).status_code == 302
        assert not Promise.objects.exists()

    def test_a_wrong_date_sends_nothing_and_says_so(self, client: Client, held: Question) -> None:
        back = offered(send(client, held, promised_text())) | {"belofte-0-day": ""}
        page = send(client, held, promised_text(), **back)
        assert page.status_code == 422
        assert says(page, "Kies een datum.")
        assert not ContactMoment.objects.filter(direction="out").exists()

    def test_one_without_a_date_is_shown_and_can_be_left(self, client: Client, held: Question) -> None:
        text = "U krijgt de brief van mij opnieuw toegestuurd."
        back = offered(send(client, held, text))
        assert back["belofte-0-day"] == ""
        assert send(client, held, text, **back).status_code == 302

    def test_other_words_are_read_anew(self, client: Client, held: Question) -> None:
        back = offered(send(client, held, promised_text()))
        page = send(client, held, promised_text() + " Wij sturen u morgen de foto's.", **back)
        assert says(page, "2 beloften gevonden in uw tekst")

    def test_the_answer_and_its_promise_come_together_or_not_at_all(self, client: Client, held: Question) -> None:
        back = offered(send(client, held, promised_text())) | {"belofte-0-day": "2001-01-01"}
        page = send(client, held, promised_text(), **back)
        assert says(page, "Deze datum is al voorbij.")
        assert not ContactMoment.objects.filter(direction="out").exists()


class TestFiles:
    def test_a_file_goes_along_by_mail_and_stands_in_the_thread(self, client: Client, held: Question) -> None:
        plan = SimpleUploadedFile("plan.pdf", PDF)
        assert send(client, held, "Zie het plan.", token=_token(client, held), documents=plan).status_code == 302
        transport = MemoryTransport()
        while send_due(transport):
            pass
        mail = next(
            mail for _, mail in transport.sent if mail.is_attachment() is False and list(mail.iter_attachments())
        )
        assert [part.get_filename() for part in mail.iter_attachments()] == ["plan.pdf"]
        moment = ContactMoment.objects.get(direction="out")
        assert [one.content for one in files.of_moment(moment.id)] == [PDF]

    def test_what_was_chosen_survives_a_refusal(self, client: Client, held: Question) -> None:
        token = _token(client, held)
        page = send(client, held, "", token=token, documents=SimpleUploadedFile("plan.pdf", PDF))
        assert says(page, "plan.pdf")
        assert send(client, held, "Zie het plan.", token=token).status_code == 302
        assert files.of_moment(ContactMoment.objects.get(direction="out").id)

    def test_a_file_that_we_cannot_open_is_told(self, client: Client, held: Question) -> None:
        page = send(client, held, "Zie.", token=_token(client, held), documents=SimpleUploadedFile("x.pdf", b"MZ\x90"))
        assert page.status_code == 422
        assert says(page, "Wij kunnen “x.pdf” niet openen.")


def _token(client: Client, held: Question) -> str:
    return str(client.get(path_of(held)).context["answer"]["token"].value())
