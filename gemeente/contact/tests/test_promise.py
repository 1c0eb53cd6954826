"""A promise has words, a date and somebody who keeps it; a broken one is told before the resident asks (V30)."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gemeente.access.types import Actor, Role, system
from gemeente.channels.commands import receive_message
from gemeente.channels.models import OutgoingMessage
from gemeente.channels.types import Channel, NewMessage, Sender
from gemeente.config.tests.people import employee_with, register_resident
from gemeente.contact import commands
from gemeente.contact.models import HistoryEntry, Promise, Question
from gemeente.contact.promise_rules import REMIND_BEFORE, remind_at
from gemeente.contact.queries.portal import question_page
from gemeente.contact.queries.promises import open_promises_to, promises_of
from gemeente.contact.types import NewPromise, PromiseKind
from gemeente.kernel import clock
from gemeente.kernel.calendar import is_workday
from gemeente.kernel.errors import Conflict, DomainError, NotAllowed

TUESDAY = datetime(2026, 11, 24, 9, tzinfo=UTC)
THURSDAY_EVENING = datetime(2026, 11, 26, 22, 59, 59, tzinfo=UTC)
WATCH = system("Wacht")


def call_back(due: datetime = THURSDAY_EVENING, words: str = "Ik bel u donderdag") -> NewPromise:
    return NewPromise(words=words, kind=PromiseKind.CALL_BACK, due_at=due)


@given(st.datetimes(TUESDAY.replace(tzinfo=None), datetime(2027, 11, 1)), st.integers(1, 60 * 24 * 90))
def test_a_reminder_comes_before_the_promise_falls_due_and_not_before_it_was_made(made: datetime, minutes: int) -> None:
    now = made.replace(tzinfo=UTC)
    due = now + timedelta(minutes=minutes)
    remind = remind_at(due_at=due, now=now)
    assert now <= remind <= due
    assert remind == now or is_workday(remind.astimezone(clock.AMSTERDAM).date()) or due - remind >= REMIND_BEFORE


@pytest.mark.django_db
class TestPromise:
    @pytest.fixture(autouse=True)
    def on_a_tuesday(self) -> Iterator[None]:
        with clock.told_at(TUESDAY):
            yield

    @pytest.fixture
    def hiltje(self) -> Actor:
        return register_resident(email="hiltje@voorbeeld.nl")

    @pytest.fixture
    def jan(self) -> Actor:
        return employee_with(Role.KCC, teams=("kcc",), username="jan")

    @pytest.fixture
    def question(self, hiltje: Actor) -> UUID:
        sender = Sender(party=hiltje.id, name=hiltje.name)
        asked = NewMessage(
            channel=Channel.WEB, channel_id=str(uuid4()), text="Wanneer belt u mij?", sender=sender, team="kcc"
        )
        _, message = receive_message(actor=hiltje, message=asked)
        taken = commands.take_in_message(actor=system("Test"), message=message)
        assert taken.question is not None
        return taken.question

    def test_it_works(self, question: UUID, jan: Actor, hiltje: Actor) -> None:
        promise = commands.make_promise(actor=jan, question=question, promise=call_back())
        (card,) = promises_of(question)
        assert (card.words, card.who, card.due_at, card.open) == (
            "Ik bel u donderdag",
            jan.name,
            THURSDAY_EVENING,
            True,
        )
        assert open_promises_to(hiltje.key) == [(question, card)]
        commands.keep_promise(actor=jan, promise=promise)
        assert not promises_of(question)[0].open
        assert open_promises_to(hiltje.key) == []

    @pytest.mark.parametrize(
        ("promise", "why"),
        [
            (call_back(TUESDAY - timedelta(minutes=1)), "al voorbij"),
            (call_back(words="  "), "Schrijf op"),
            (call_back(TUESDAY + timedelta(days=400)), "meer dan een jaar"),
        ],
    )
    def test_what_nobody_can_mean_is_refused(self, question: UUID, jan: Actor, promise: NewPromise, why: str) -> None:
        with pytest.raises(DomainError, match=why):
            commands.make_promise(actor=jan, question=question, promise=promise)
        assert not Promise.objects.exists()

    def test_another_team_promises_nothing_here(self, question: UUID) -> None:
        stranger = employee_with(Role.SPECIALIST, teams=("sport",), username="tess")
        with pytest.raises(NotAllowed):
            commands.make_promise(actor=stranger, question=question, promise=call_back())

    def test_it_is_kept_once(self, question: UUID, jan: Actor) -> None:
        promise = commands.make_promise(actor=jan, question=question, promise=call_back())
        commands.keep_promise(actor=jan, promise=promise)
        with pytest.raises(Conflict):
            commands.keep_promise(actor=jan, promise=promise)

    def test_the_promiser_is_reminded_once_before(self, question: UUID, jan: Actor) -> None:
        commands.make_promise(actor=jan, question=question, promise=call_back())
        assert commands.remind_of_promises(actor=WATCH) == 0
        with clock.told_at(datetime(2026, 11, 26, 8, 1, tzinfo=UTC)):
            assert commands.remind_of_promises(actor=WATCH) == 1
            assert commands.remind_of_promises(actor=WATCH) == 0

    def test_V30_a_missed_call_back_is_told_with_an_apology_escalates_and_counts(
        self, question: UUID, jan: Actor, hiltje: Actor
    ) -> None:
        promise = commands.make_promise(actor=jan, question=question, promise=call_back())
        sent = set(OutgoingMessage.objects.values_list("id", flat=True))
        with clock.told_at(THURSDAY_EVENING + timedelta(seconds=1)):
            assert commands.note_broken_promises(actor=WATCH) == 1
            assert commands.note_broken_promises(actor=WATCH) == 0
        apology = OutgoingMessage.objects.exclude(id__in=sent).get()
        assert apology.subject.startswith("Sorry")
        assert "Ik bel u donderdag" in apology.text
        number = question_page(hiltje.key, _number(question)).tile.number
        assert "promise_broken" in [item.kind for item in question_page(hiltje.key, number).timeline]
        commands.keep_promise(actor=jan, promise=promise)
        kept = Promise.objects.get(id=promise)
        assert kept.broken_at is not None
        assert kept.kept_at is not None

    def test_what_was_kept_or_taken_back_is_never_broken(self, question: UUID, jan: Actor) -> None:
        kept = commands.make_promise(actor=jan, question=question, promise=call_back())
        taken = commands.make_promise(actor=jan, question=question, promise=call_back(words="Ik kom langs"))
        commands.keep_promise(actor=jan, promise=kept)
        commands.take_back_promise(actor=jan, promise=taken, reason="De monteur is ziek")
        with clock.told_at(THURSDAY_EVENING + timedelta(days=1)):
            assert commands.note_broken_promises(actor=WATCH) == 0
        assert "De monteur is ziek" in HistoryEntry.objects.get(kind="promise_taken_back").words

    def test_taking_back_needs_a_reason(self, question: UUID, jan: Actor) -> None:
        promise = commands.make_promise(actor=jan, question=question, promise=call_back())
        with pytest.raises(DomainError, match="waarom"):
            commands.take_back_promise(actor=jan, promise=promise, reason=" ")


def _number(question: UUID) -> str:
    return Question.objects.values_list("number", flat=True).get(id=question)
