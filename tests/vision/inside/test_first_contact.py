"""P1, the first contact counts: how often it solved the question follows from the events alone (V29).

First contacts that solved it, and no repeat on the subject within four weeks, of all first contacts. No screen shows the
figure yet: these tests prove that the events hold all that it takes.
"""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from fractions import Fraction

import pytest

from gemeente.access.types import Actor, Role
from gemeente.channels.types import Channel
from gemeente.config.tests.people import employee_with, register_resident
from gemeente.contact.commands import reopen_question
from gemeente.contact.models import Question
from gemeente.contact.tests.talk import ask, close, say
from gemeente.kernel import clock
from gemeente.kernel.models import Event

pytestmark = pytest.mark.django_db

MONDAY = datetime(2026, 11, 23, 9, tzinfo=UTC)
DAY = timedelta(days=1)
REPEAT_WITHIN = 28 * DAY
SOLVED = {"solved", "explained", "referred"}


@dataclass
class Told:
    """What the events tell of one question."""

    who: str
    about: str
    asked_at: datetime
    closed_as: str = ""
    came_back: bool = False
    repeated: bool = field(default=False)


def first_contact_resolution() -> Fraction:
    """Return the share of first contacts that solved the question, from the events alone."""
    told: dict[str, Told] = {}
    for event in Event.objects.filter(name__startswith="contact.").order_by("occurred_at", "id"):
        key = event.payload["question"]
        if event.name == "contact.question-asked.v1":
            new = Told(str(event.payload["party"]), event.payload["product"], event.occurred_at)
            for earlier in told.values():
                same = (earlier.who, earlier.about) == (new.who, new.about)
                earlier.repeated |= same and new.asked_at - earlier.asked_at < REPEAT_WITHIN
            told[key] = new
        elif event.name in ("contact.message-added.v1", "contact.question-reopened.v1"):
            told[key].came_back = True
        elif event.name == "contact.question-closed.v1":
            told[key].closed_as = event.payload["outcome"]
    solved = [one for one in told.values() if one.closed_as in SOLVED and not one.came_back and not one.repeated]
    return Fraction(len(solved), len(told))


@pytest.fixture
def kcc() -> Actor:
    return employee_with(Role.KCC)


def asked(by: Actor, *, day: int, product: str = "paspoort") -> Question:
    with clock.told_at(MONDAY + day * DAY):
        return ask("Hoe gaat dat?", by=by, channel=Channel.PHONE, product=product)


def closed(kcc: Actor, held: Question, *, day: int) -> None:
    with clock.told_at(MONDAY + day * DAY + timedelta(hours=1)):
        close(kcc, held.id, via=Channel.PHONE)


def test_V29_solved_at_once_counts(kcc: Actor) -> None:
    closed(kcc, asked(register_resident(), day=0), day=0)
    assert first_contact_resolution() == 1


def test_V29_still_open_having_to_come_back_or_to_ask_again_does_not(kcc: Actor) -> None:
    at_once, wrote_again, not_solved, repeats, waits = (register_resident(given=name) for name in "ABCDE")
    closed(kcc, asked(at_once, day=0), day=0)
    held = asked(wrote_again, day=0)
    with clock.told_at(MONDAY + DAY):
        say("Hoort u mij wel?", by=wrote_again, question=held.id)
    closed(kcc, held, day=2)
    again = asked(not_solved, day=0)
    closed(kcc, again, day=0)
    with clock.told_at(MONDAY + 3 * DAY):
        reopen_question(actor=not_solved, question=again.id, words="Het klopt niet.")
    closed(kcc, asked(repeats, day=0), day=0)
    closed(kcc, asked(repeats, day=7), day=7)
    asked(waits, day=8)
    assert first_contact_resolution() == Fraction(2, 6)


def test_V29_another_subject_or_much_later_is_no_repeat(kcc: Actor) -> None:
    hiltje = register_resident()
    closed(kcc, asked(hiltje, day=0), day=0)
    closed(kcc, asked(hiltje, day=1, product="rijbewijs"), day=1)
    closed(kcc, asked(hiltje, day=60), day=60)
    assert first_contact_resolution() == 1
