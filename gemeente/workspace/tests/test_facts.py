"""Keeping what the resident told from the thread, and being shown it before asking again (V66)."""

from uuid import UUID

import pytest
from django.test import Client

from gemeente.access.types import Actor, Role
from gemeente.config.tests.people import employee_with, log_in, register_resident
from gemeente.contact.models import ContactMoment, HistoryEntry, Question, ToldFact
from gemeente.contact.tests.talk import ask
from gemeente.workspace.tests.desk import path_of, says, sit_down

pytestmark = pytest.mark.django_db
TOLD = "Ik heb twee kinderen en werk bij de bakker."
ASKING = {"text": "Beste mevrouw,", "via": "web", "needs": "Hoeveel kinderen heeft u?"}


@pytest.fixture
def kcc(client: Client) -> Actor:
    kcc = employee_with(Role.KCC)
    sit_down(client, kcc)
    return kcc


@pytest.fixture
def hiltje() -> Actor:
    return register_resident(email="hiltje@voorbeeld.nl")


@pytest.fixture
def held(hiltje: Actor) -> Question:
    return ask(TOLD, by=hiltje)


def moment_of(question: Question) -> UUID:
    return ContactMoment.objects.get(question=question.id, direction="in").id


def remember(client: Client, question: Question, words: str = TOLD, **given: str) -> None:
    posted = client.post(path_of(question, "onthoud/"), {"moment": moment_of(question), "words": words} | given)
    assert posted.status_code == 302


def test_one_click_keeps_what_stands_in_a_message(client: Client, kcc: Actor, held: Question) -> None:
    page = client.get(path_of(held))
    assert says(page, f'name="moment" value="{moment_of(held)}"')
    remember(client, held, label="Gezin", everywhere="ja")
    assert says(client.get(path_of(held)), f'<strong class="mg-strong">Gezin:</strong> {TOLD}')
    assert ToldFact.objects.get().everywhere


def test_a_later_handler_of_another_question_sees_what_counts_everywhere(
    client: Client, kcc: Actor, hiltje: Actor, held: Question
) -> None:
    remember(client, held, everywhere="ja")
    other = ask("De stoep ligt los.", by=hiltje, team="wegen")
    sit_down(client, employee_with(Role.SPECIALIST, teams=("wegen",)))
    assert says(client.get(path_of(other)), TOLD)


@pytest.mark.parametrize("moment", ["", "x", "019ab000-0000-7000-8000-000000000000"])
def test_nonsense_keeps_nothing(client: Client, kcc: Actor, held: Question, moment: str) -> None:
    assert client.post(path_of(held, "onthoud/"), {"moment": moment, "words": TOLD}).status_code in (404, 422)
    assert not ToldFact.objects.exists()


def test_who_asks_what_was_told_is_shown_it_with_all_that_they_typed(
    client: Client, kcc: Actor, held: Question
) -> None:
    remember(client, held)
    asking = ASKING | {"seen": str(held.version), "do": "ask"}
    page = client.post(path_of(held, "antwoord/"), asking)
    assert page.status_code == 409
    for words in ("Dit heeft de inwoner al verteld", TOLD, ASKING["text"], ASKING["needs"]):
        assert says(page, words)
    assert not ContactMoment.objects.filter(direction="out").exists()


@pytest.mark.parametrize(("do", "counted"), [("ask_again", 1), ("ask_other", 0)])
def test_asking_all_the_same_is_counted_and_something_else_is_not(
    client: Client, kcc: Actor, held: Question, do: str, counted: int
) -> None:
    remember(client, held)
    sent = client.post(path_of(held, "antwoord/"), ASKING | {"seen": str(held.version), "do": do})
    assert sent.status_code == 302
    assert ContactMoment.objects.filter(direction="out").count() == 1
    assert HistoryEntry.objects.filter(kind="told_again").count() == counted


def test_one_click_says_that_it_had_to_be_told_again(client: Client, kcc: Actor, held: Question) -> None:
    remember(client, held)
    fact = ToldFact.objects.get().id
    for _ in range(2):
        assert client.post(path_of(held, f"verteld/{fact}/opnieuw/")).status_code == 302
    assert HistoryEntry.objects.filter(kind="told_again").count() == 1


def test_it_goes_away_with_a_reason(client: Client, kcc: Actor, held: Question) -> None:
    remember(client, held)
    fact = ToldFact.objects.get().id
    assert client.post(path_of(held, f"verteld/{fact}/weg/"), {"reason": " "}).status_code == 422
    assert client.post(path_of(held, f"verteld/{fact}/weg/"), {"reason": "Ging over haar zus"}).status_code == 302
    assert not says(client.get(path_of(held)), f"weg-{fact}")


def test_the_resident_reads_it_puts_it_right_and_the_handler_sees_that_it_is_new(
    client: Client, kcc: Actor, hiltje: Actor, held: Question
) -> None:
    remember(client, held)
    log_in(client, hiltje)
    page = client.get(f"/vragen/{held.number}/")
    assert says(page, "Dit weten wij van u")
    fact = ToldFact.objects.get().id
    right = client.post(f"/vragen/{held.number}/verteld/{fact}/", {"words": "Ik heb drie kinderen."})
    assert right.status_code == 302
    assert says(client.get(f"/vragen/{held.number}/"), "Ik heb drie kinderen.")
    sit_down(client, kcc)
    page = client.get(path_of(held))
    assert says(page, "Ik heb drie kinderen.")
    assert says(page, "Nieuw: verbeterd door de inwoner")


def test_another_residents_fact_stays_theirs(client: Client, kcc: Actor, held: Question) -> None:
    remember(client, held)
    fact = ToldFact.objects.get().id
    jelle = register_resident(given="Jelle")
    log_in(client, jelle)
    assert client.post(f"/vragen/{held.number}/verteld/{fact}/", {"words": "Iets"}).status_code == 404
    assert ToldFact.objects.get().words == TOLD


def test_found_promises_and_what_was_told_are_both_shown_and_then_it_leaves(
    client: Client, kcc: Actor, held: Question
) -> None:
    remember(client, held)
    asking = ASKING | {"text": "Beste mevrouw, ik bel u morgen.", "seen": str(held.version), "do": "ask"}
    mark = client.post(path_of(held, "antwoord/"), asking).context["offered"].mark
    shown = client.post(path_of(held, "antwoord/"), asking | {"offered": mark})
    assert says(shown, "Dit heeft de inwoner al verteld")
    assert says(shown, f'name="offered" value="{mark}"')
    sent = client.post(path_of(held, "antwoord/"), asking | {"offered": mark, "do": "ask_again"})
    assert sent.status_code == 302
    assert HistoryEntry.objects.filter(kind="told_again").count() == 1
