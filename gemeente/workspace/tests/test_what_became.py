"""An employee sees what became of the residents whom they helped; of nobody else's, and without a figure (V25)."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from gemeente.access.types import ANONYMOUS, Actor, Role, system
from gemeente.config.tests.people import employee_with, register_resident
from gemeente.contact import commands
from gemeente.contact.follow_up_rules import HowItWent, code_of
from gemeente.contact.models import FollowUp, Question
from gemeente.contact.queries.follow_ups import follow_up_key
from gemeente.contact.queries.what_became import PAGE, what_became
from gemeente.contact.queries.workspace import version_of
from gemeente.contact.tests.talk import answer, ask, close, say
from gemeente.kernel import clock
from gemeente.workspace.tests.desk import says, sit_down

pytestmark = pytest.mark.django_db
BACK = "/werk/terug/"


@pytest.fixture
def piet() -> Actor:
    return employee_with(Role.SPECIALIST, teams=("wegen",), username="piet")


@pytest.fixture
def fenna() -> Actor:
    return employee_with(Role.SPECIALIST, teams=("wegen",), username="fenna")


@pytest.fixture
def hiltje() -> Actor:
    return register_resident(email="hiltje@voorbeeld.nl")


def told_how_it_went(by: Actor, hiltje: Actor, *, solved: bool = True, words: str = "Snel en aardig.") -> Question:
    with clock.told_at(clock.now() - timedelta(days=10)):
        held = ask(by=hiltje, team="wegen", subject="Losse stoep")
        close(by, held.id)
    commands.ask_how_questions_went(actor=system("Vraagt hoe het ging"))
    code = code_of(FollowUp.objects.get(question=held.id).id, follow_up_key())
    given = HowItWent(grade=9, solved=solved, told_again=True, words=words)
    commands.answer_follow_up(actor=ANONYMOUS, code=code, given=given)
    return held


def test_it_works(client: Client, piet: Actor, hiltje: Actor) -> None:
    held = told_how_it_went(piet, hiltje)
    sit_down(client, piet)
    page = client.get(BACK)
    for words in (
        "Losse stoep",
        held.number,
        "Opgelost",
        "Cijfer 9",
        "Snel en aardig.",
        "De inwoner moest het verhaal opnieuw vertellen.",
    ):
        assert says(page, words)


def test_what_was_not_solved_stands_there_as_come_back(client: Client, piet: Actor, hiltje: Actor) -> None:
    told_how_it_went(piet, hiltje, solved=False, words="Weer los.")
    sit_down(client, piet)
    page = client.get(BACK)
    for words in ("Loopt weer.", "1 keer terug", "Weer los."):
        assert says(page, words)


def test_it_holds_ones_own_and_no_colleagues(piet: Actor, fenna: Actor, hiltje: Actor) -> None:
    told_how_it_went(piet, hiltje)
    assert len(what_became(piet)[0]) == 1
    assert what_became(fenna) == ([], False)


def test_who_listened_or_answered_helped_too(piet: Actor, fenna: Actor) -> None:
    kcc = employee_with(Role.KCC)
    noted = say("De stoep ligt los.", by=register_resident(given="Jelle"), team="wegen", taken_by=kcc.id).question
    assert noted
    answer(piet, noted)
    close(fenna, noted)
    assert [len(what_became(one)[0]) for one in (kcc, piet, fenna)] == [1, 1, 1]


def test_what_went_to_another_team_is_told_without_a_way_in(client: Client, piet: Actor, hiltje: Actor) -> None:
    held = ask(by=hiltje, team="wegen", subject="Losse stoep")
    answer(piet, held.id)
    commands.hand_over_question(
        actor=piet, question=held.id, to="riool", reason="Verzakt", seen_version=version_of(held.id)
    )
    close(employee_with(Role.SPECIALIST, teams=("riool",), username="bea"), held.id)
    sit_down(client, piet)
    page = client.get(BACK)
    assert says(page, "Losse stoep")
    assert not says(page, f"/werk/vraag/{held.number}/")


def test_what_runs_or_is_long_ago_is_not_there(piet: Actor, hiltje: Actor) -> None:
    answer(piet, ask(by=hiltje, team="wegen").id)
    with clock.told_at(clock.now() - timedelta(days=400)):
        close(piet, ask(by=hiltje, team="wegen").id)
    assert what_became(piet) == ([], False)


def test_it_pages_and_asks_one_thing_however_long(client: Client, piet: Actor, hiltje: Actor) -> None:
    for _ in range(PAGE + 2):
        close(piet, ask(by=hiltje, team="wegen").id)
    with CaptureQueriesContext(connection) as asked:
        found, more = what_became(piet)
    assert (len(asked), len(found), more) == (1, PAGE, True)
    assert len(what_became(piet, page=1)[0]) == 2
    sit_down(client, piet)
    assert says(client.get(BACK), "?bladzijde=2")
