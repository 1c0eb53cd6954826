"""An answer date that passes is noted once, shown, and counted (V8)."""

from datetime import UTC, datetime, timedelta

import pytest

from gemeente.access.types import ANONYMOUS, Role, system
from gemeente.channels.types import Channel
from gemeente.config.tests.people import employee_with, register_resident
from gemeente.contact.commands import reopen_question
from gemeente.contact.commands.watch import note_late_questions
from gemeente.contact.models import HistoryEntry, Question
from gemeente.contact.tests.talk import answer, ask, close, history_of
from gemeente.kernel import clock
from gemeente.kernel.errors import NotAllowed
from gemeente.kernel.models import Event

pytestmark = pytest.mark.django_db
TUESDAY = datetime(2026, 11, 24, 9, tzinfo=UTC)
MONTHS_LATER = TUESDAY + timedelta(days=90)
WATCH = system("Bewaakt de antwoorddatum")


def note_late(at: datetime = MONTHS_LATER) -> int:
    with clock.told_at(at):
        return note_late_questions(actor=WATCH)


def test_it_works() -> None:
    with clock.told_at(TUESDAY):
        held = ask()
    assert note_late() == 1
    late = Question.objects.get(id=held.id)
    assert (late.late_at, late.answer_due) == (MONTHS_LATER, held.answer_due)
    assert history_of(held.id) == ["asked", "late"]
    event = Event.objects.get(name="contact.answer-date-passed.v1")
    assert event.payload["team"] == held.team


def test_each_broken_promise_is_noted_once() -> None:
    with clock.told_at(TUESDAY):
        ask()
    assert [note_late(), note_late(MONTHS_LATER + timedelta(days=1))] == [1, 0]
    assert HistoryEntry.objects.filter(kind="late").count() == 1


def test_before_its_moment_nothing_is_late() -> None:
    with clock.told_at(TUESDAY):
        held = ask()
    assert note_late(held.answer_due) == 0
    assert note_late(held.answer_due + timedelta(seconds=1)) == 1


def test_what_is_answered_or_closed_is_not_late() -> None:
    kcc = employee_with(Role.KCC)
    with clock.told_at(TUESDAY):
        answer(kcc, ask(by=register_resident()).id)
        close(kcc, ask(channel=Channel.PHONE).id, via=Channel.PHONE)
    assert note_late() == 0


def test_what_runs_again_unanswered_can_be_late_again() -> None:
    kcc, hiltje = employee_with(Role.KCC), register_resident()
    with clock.told_at(TUESDAY):
        held = ask(by=hiltje)
    note_late()
    with clock.told_at(MONTHS_LATER):
        close(kcc, held.id)
        reopen_question(actor=hiltje, question=held.id, words="")
    assert note_late(MONTHS_LATER + timedelta(days=90)) == 1


def test_only_the_system_watches() -> None:
    for who in (ANONYMOUS, employee_with(Role.TEAM_LEAD)):
        with pytest.raises(NotAllowed):
            note_late_questions(actor=who)
