"""Saying how it went, without logging in: opening answers nothing, and no page tells what it was about (V36, V72)."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client

from gemeente.access.types import Actor, Role, system
from gemeente.channels.models import OutgoingMessage
from gemeente.config.tests.people import employee_with, log_in, register_resident
from gemeente.contact import commands
from gemeente.contact.follow_up_rules import code_of
from gemeente.contact.models import FollowUp, Question
from gemeente.contact.queries.follow_ups import follow_up_key
from gemeente.contact.tests.talk import ask, close
from gemeente.contact.types import QuestionState
from gemeente.portal.tests.pages import says

pytestmark = pytest.mark.django_db
TUESDAY = datetime(2026, 11, 24, 9, tzinfo=UTC)
FRIDAY = TUESDAY + timedelta(days=3)
GOOD = {"solved": "ja", "grade": "8", "again": "nee", "text": "Snel geholpen."}


@pytest.fixture(autouse=True)
def on_a_friday(db: None) -> Iterator[time_machine.Traveller]:
    with time_machine.travel(TUESDAY, tick=False) as clock:
        yield clock


@pytest.fixture
def noor() -> Actor:
    return employee_with(Role.SPECIALIST, teams=("schuldhulp",), username="noor")


@pytest.fixture
def hiltje() -> Actor:
    return register_resident(email="hiltje@voorbeeld.nl")


@pytest.fixture
def held(noor: Actor, hiltje: Actor, on_a_friday: time_machine.Traveller) -> Question:
    held = ask("Ik kan de huur niet betalen.", by=hiltje, team="schuldhulp", subject="Huurschuld")
    commands.take_up_question(actor=noor, question=held.id)
    close(noor, held.id)
    on_a_friday.move_to(FRIDAY)
    assert commands.ask_how_questions_went(actor=system("Vraagt hoe het ging")) == 1
    return held


def path() -> str:
    return f"/hoe-ging-het/{code_of(FollowUp.objects.get().id, follow_up_key())}/"


def test_it_works(client: Client, held: Question) -> None:
    assert says(client.get(path()), "Is uw vraag opgelost?")
    done = client.post(path(), GOOD, follow=True)
    assert says(done, "Dank u wel")
    asked = FollowUp.objects.get()
    assert (asked.grade, asked.solved, asked.told_again, asked.words) == (8, True, False, "Snel geholpen.")


def test_the_link_in_the_mail_is_the_page(client: Client, held: Question) -> None:
    assert path() in OutgoingMessage.objects.get(kind="follow_up").text


def test_opening_answers_nothing_however_often_and_with_whatever(client: Client, held: Question) -> None:
    for method in (client.get, client.head):
        for query in ("", "?solved=nee&grade=1&text=x"):
            assert method(path() + query).status_code == 200
    assert FollowUp.objects.get().answered_at is None
    assert Question.objects.get(id=held.id).state == QuestionState.CLOSED


def test_no_page_tells_what_it_was_about(client: Client, held: Question, noor: Actor) -> None:
    pages = [client.get(path()), client.post(path(), {}), client.post(path(), GOOD, follow=True), client.get(path())]
    for page in pages:
        for told in (held.number, str(held.id), "Huurschuld", "huur", "schuldhulp", "Vries", noor.name, GOOD["text"]):
            assert not says(page, told)


def test_what_is_wrong_is_said_and_nothing_is_kept(client: Client, held: Question) -> None:
    for given in ({}, GOOD | {"grade": "11"}, GOOD | {"solved": "x"}, GOOD | {"text": "x" * 2001}):
        page = client.post(path(), given)
        assert page.status_code == 422
        assert says(page, "Uw antwoord is nog niet verstuurd")
    assert FollowUp.objects.get().answered_at is None


def test_a_second_time_it_says_so_and_one_may_change_it_for_a_week(
    client: Client, held: Question, on_a_friday: time_machine.Traveller
) -> None:
    client.post(path(), GOOD)
    page = client.get(path())
    assert says(page, "U heeft al geantwoord")
    assert says(page, "tot en met vrijdag 4 december")
    client.post(path(), GOOD | {"grade": "5", "text": ""})
    assert (FollowUp.objects.get().grade, FollowUp.objects.get().words) == (5, "Snel geholpen.")
    on_a_friday.move_to(FRIDAY + timedelta(days=8))
    page = client.post(path(), GOOD | {"grade": "1"})
    assert page.status_code == 200
    assert says(page, "U kunt hier niets meer veranderen")
    assert FollowUp.objects.get().grade == 5


def test_not_solved_runs_again_and_the_page_says_what_it_says_to_everybody(client: Client, held: Question) -> None:
    solved = client.post(path(), GOOD, follow=True).content
    not_solved = client.post(path(), GOOD | {"solved": "nee"}, follow=True).content
    token = re.compile(rb'name="csrfmiddlewaretoken" value="\w+"')
    assert token.sub(b"", solved) == token.sub(b"", not_solved)
    assert Question.objects.get(id=held.id).state == QuestionState.WORKING


def test_one_that_never_was_and_one_that_expired_are_the_same_calm_page(
    client: Client, held: Question, on_a_friday: time_machine.Traveller
) -> None:
    on_a_friday.move_to(FRIDAY + timedelta(days=31))
    pages = [client.get(one) for one in (path(), "/hoe-ging-het/2222-3333-4444-5555/", f"/hoe-ging-het/{'x' * 300}/")]
    pages += [client.post(path(), GOOD)]
    for page in pages:
        assert page.status_code == 404
        assert says(page, "Deze link werkt niet meer.")
        assert says(page, "Liever een mens?")
    assert FollowUp.objects.get().answered_at is None


def test_a_code_from_a_letter_is_typed_in_any_way(client: Client, held: Question) -> None:
    code = path().split("/")[-2]
    for typed in (code, code.upper(), f" {code.replace('-', ' ')} "):
        page = client.get("/hoe-ging-het/", {"code": typed}, follow=True)
        assert says(page, "Is uw vraag opgelost?")
    assert says(client.get("/hoe-ging-het/"), "Vul die hier in")
    assert client.get("/hoe-ging-het/", {"code": "onzin/../x"}, follow=True).status_code == 404


def test_who_is_logged_in_finds_it_on_the_page_of_the_question(client: Client, hiltje: Actor, held: Question) -> None:
    log_in(client, hiltje)
    assert says(client.get(f"/vragen/{held.number}/"), path())
    client.post(path(), GOOD)
    page = client.get(f"/vragen/{held.number}/")
    assert not says(page, path())
    assert says(page, "U zei hoe het ging")


def test_not_solved_by_the_button_in_mijngroningen_is_told_by_mail_with_a_name(
    client: Client, noor: Actor, hiltje: Actor, held: Question
) -> None:
    log_in(client, hiltje)
    client.post(f"/vragen/{held.number}/niet-opgelost/", {"text": "Nog niet."})
    told = OutgoingMessage.objects.filter(question=held.id, subject__startswith="Wij gaan verder").get()
    assert noor.name in told.text
    assert says(client.get(f"/vragen/{held.number}/"), noor.name)
