"""P3, insight: two questions become one for the resident and for the employee alike, and each sees who did it (V25, V67, V78)."""

import pytest
from django.test import Client

from gemeente.access.types import Purpose, Role
from gemeente.config.tests.people import employee_with, log_in, register_resident
from gemeente.contact.models import Question
from gemeente.contact.tests.talk import ask, sent_about

pytestmark = pytest.mark.django_db
WORDS = ("Mijn stoep ligt los.", "De stoep, nog eens.")


def test_V78_a_merged_question_is_one_record_on_both_sides_and_the_resident_sees_who_did_it(client: Client) -> None:
    hiltje, piet = register_resident(email="hiltje@voorbeeld.nl"), employee_with(Role.KCC)
    first, second = (ask(words, by=hiltje, subject="Stoep") for words in WORDS)
    log_in(client, piet)
    client.post("/werk/doel/", {"purpose": Purpose.HANDLE_QUESTION})
    merged = client.post(f"/werk/vraag/{first.number}/samenvoegen/?met={second.number}", {"seen": 0, "other_seen": 0})
    assert merged.status_code == 302
    ours = client.get(f"/werk/vraag/{second.number}/", follow=True).content.decode()
    log_in(client, hiltje)
    theirs = client.get(f"/vragen/{second.number}/", follow=True).content.decode()
    assert all(words in page for page in (ours, theirs) for words in WORDS)
    assert "Uw vragen samengevoegd" in client.get("/wie-keek/").content.decode()
    assert f"U vindt alles bij vraag {first.number}." in sent_about(first.id)[-1].text


def test_V67_no_date_moves_to_later_when_questions_are_put_together(client: Client) -> None:
    hiltje, piet = register_resident(), employee_with(Role.KCC)
    first, second = (ask(words, by=hiltje) for words in WORDS)
    log_in(client, piet)
    client.post("/werk/doel/", {"purpose": Purpose.HANDLE_QUESTION})
    client.post(f"/werk/vraag/{second.number}/samenvoegen/?met={first.number}", {"seen": 0, "other_seen": 0})
    assert Question.objects.get(id=second.id).answer_due == min(first.answer_due, second.answer_due)
