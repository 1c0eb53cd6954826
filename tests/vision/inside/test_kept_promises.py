"""P1, good service: each product has its norm, and when we break it that is seen by who can still put it right (V8)."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client

from gemeente.access.types import Actor, Role, system
from gemeente.config.tests.people import employee_with, log_in, register_resident
from gemeente.contact.commands.watch import note_late_questions
from gemeente.contact.tests.talk import ask, history_of
from gemeente.kernel import clock
from gemeente.kernel.models import Event
from gemeente.products.queries import catalogue

pytestmark = pytest.mark.django_db

MONDAY = datetime(2026, 11, 23, 9, tzinfo=UTC)
WATCH = system("Bewaakt de antwoorddatum")


def test_V8_every_product_has_a_norm_that_sets_the_answer_date() -> None:
    assert {product.norm_workdays >= 1 for product in catalogue().values()} == {True}
    quick, slow = (
        min(catalogue().values(), key=lambda one: one.norm_workdays),
        max(catalogue().values(), key=lambda one: one.norm_workdays),
    )
    with clock.told_at(MONDAY):
        due = [ask("Hoe zit het hiermee?", product=one.upl, team="").answer_due for one in (quick, slow)]
    assert due[0] < due[1]


def page(client: Client, who: Actor, path: str, *, at: datetime) -> str:
    """Return a page as somebody sees it at a moment; they log in first."""
    with time_machine.travel(at, tick=False):
        log_in(client, who)
        answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def test_V8_a_broken_norm_is_noted_once_and_stands_on_top_of_the_teams_queue(client: Client) -> None:
    piet = employee_with(Role.SPECIALIST, teams=("wegen",))
    with clock.told_at(MONDAY):
        held = ask("De stoep ligt los.", by=register_resident(), subject="Losse stoep", team="wegen")
    broken = held.answer_due + timedelta(minutes=1)
    for moment, late in ((held.answer_due - timedelta(minutes=1), False), (broken, True)):
        queue = page(client, piet, "/werk/", at=moment)
        assert "Losse stoep" in queue
        assert ("Te laat" in queue) is late
    with clock.told_at(broken):
        assert [note_late_questions(actor=WATCH) for _ in range(3)] == [1, 0, 0]
    assert history_of(held.id).count("late") == 1
    alert = Event.objects.get(name="contact.answer-date-passed.v1")
    assert (alert.payload["question"], alert.payload["team"]) == (str(held.id), "wegen")


def test_V8_the_resident_reads_that_we_are_late_and_that_we_are_sorry(client: Client) -> None:
    hiltje = register_resident()
    with clock.told_at(MONDAY):
        held = ask("De stoep ligt los.", by=hiltje, team="wegen")
    told = page(client, hiltje, f"/vragen/{held.number}/", at=held.answer_due + timedelta(minutes=1))
    assert "Te laat, sorry" in told
    assert "Dat is niet gelukt. Sorry." in told
