"""The tray: letters wait until somebody posts them, print as PDF with their words, and are seen by whom they concern."""

from io import BytesIO
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from pypdf import PdfReader

from gemeente.access.types import Actor, Role
from gemeente.audit.models import Entry
from gemeente.channels.models import OutgoingMessage
from gemeente.channels.types import Channel
from gemeente.config.tests.people import employee_with, register_resident
from gemeente.contact.commands import answer_question
from gemeente.contact.models import Question
from gemeente.contact.tests.talk import ask
from gemeente.workspace.tests.desk import says, sit_down

pytestmark = pytest.mark.django_db
WORDS = "Wij plaatsen uw traplift. Groet van Şükrü Öztürk."


@pytest.fixture
def kcc(client: Client) -> Actor:
    kcc = employee_with(Role.KCC)
    sit_down(client, kcc)
    return kcc


@pytest.fixture
def letter(kcc: Actor) -> OutgoingMessage:
    held = ask("Wanneer komt mijn traplift?", by=register_resident(), subject="Traplift")
    Question.objects.filter(id=held.id).update(asker_post="Korreweg 214, 9714 AP Groningen")
    answer_question(actor=kcc, question=held.id, text=WORDS, via=Channel.LETTER, seen_version=0)
    return OutgoingMessage.objects.get(channel=Channel.LETTER, kind="answer")


def deal(client: Client, do: str, *letters: object) -> Any:
    return client.post("/werk/post/doe/", {"do": do, "letter": [str(one) for one in letters]})


def test_V82_a_letter_waits_in_the_tray(client: Client, letter: OutgoingMessage) -> None:
    page = client.get("/werk/post/")
    assert says(page, letter.to_name)
    assert says(page, letter.subject)


def test_V82_it_prints_with_its_address_and_words(client: Client, letter: OutgoingMessage) -> None:
    answer = deal(client, "print", letter.id)
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF-")
    read = _words_of(answer.content)
    for words in (letter.to_name, "Groningen", "Şükrü Öztürk"):
        assert words in read
    assert Entry.objects.filter(action="print_letter", object_id=letter.id, subject=letter.party).exists()


def _words_of(pdf: bytes) -> str:
    """Return the text of a PDF as a reader sees it."""
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)


def test_V82_what_is_posted_leaves_the_tray_once(client: Client, letter: OutgoingMessage) -> None:
    assert deal(client, "posted", letter.id).status_code == 302
    letter.refresh_from_db()
    assert letter.state == "sent"
    assert not says(client.get("/werk/post/"), letter.subject)
    assert deal(client, "posted", letter.id).status_code == 422
    assert Entry.objects.filter(action="post_letter", object_id=letter.id).count() == 1


@pytest.mark.parametrize("chosen", [(), (uuid4(),), ("x",)])
def test_nothing_chosen_is_said(client: Client, kcc: Actor, chosen: tuple[object, ...]) -> None:
    assert 400 <= deal(client, "print", *chosen).status_code < 500


def test_only_who_sends_the_post_comes_in(client: Client) -> None:
    sit_down(client, employee_with(Role.SPECIALIST))
    assert client.get("/werk/post/").status_code == 403
