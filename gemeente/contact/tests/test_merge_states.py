"""No sequence of steps loses a word, restarts a clock or leaves a question without an owner."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gemeente.access.queries import teams
from gemeente.access.types import Actor, Role
from gemeente.config.tests.people import employee_with, register_resident
from gemeente.contact import commands
from gemeente.contact.models import ContactMoment, HistoryEntry, Merge, Question
from gemeente.contact.queries.workspace import version_of
from gemeente.contact.tests.talk import answer, ask, close, say
from gemeente.contact.types import Urgency
from gemeente.kernel import clock
from gemeente.kernel.errors import DomainError

pytestmark = pytest.mark.django_db
TUESDAY = datetime(2026, 11, 24, 9, tzinfo=UTC)
DEEDS = (
    "merge",
    "undo_merge",
    "split",
    "undo_split",
    "close",
    "reopen",
    "hand_over",
    "accept",
    "answer",
    "write",
    "haste",
)
steps = st.lists(st.tuples(st.sampled_from(DEEDS), st.integers(0, 5), st.integers(0, 5)), max_size=14)


@pytest.fixture
def hiltje() -> Actor:
    return register_resident(email="hiltje@voorbeeld.nl")


@pytest.fixture
def jan() -> Actor:
    return employee_with(Role.KCC, Role.STEERING, username="jan", teams=("kcc", "wmo"))


class Town:
    """Three questions of one resident, and the deeds that can be done to them."""

    def __init__(self, resident: Actor, employee: Actor) -> None:
        self.resident, self.employee = resident, employee
        for nth in range(3):
            held = ask(f"Vraag {nth}", by=resident)
            say(f"En nog iets over {nth}.", by=resident, question=held.id)
        self.written = self.moments()

    @staticmethod
    def moments() -> set[UUID]:
        return set(ContactMoment.objects.values_list("id", flat=True))

    @staticmethod
    def questions() -> list[Question]:
        return list(Question.objects.order_by("id"))

    def owed(self) -> dict[UUID, datetime]:
        """Return by when each question that is still to be answered hears from us, wherever it went."""
        owed = {}
        for row in self.questions():
            stands = Question.objects.get(id=row.merged_into) if row.merged_into else row
            if stands.closed_at is None and stands.first_answered_at is None:
                owed[row.id] = stands.answer_due
        return owed

    def do(self, deed: str, one: int, two: int) -> None:
        """Do something to the nth question; what is refused changes nothing."""
        rows = self.questions()
        held, other = rows[one % len(rows)], rows[two % len(rows)]
        try:
            getattr(self, f"_{deed}")(held, other)
        except DomainError:
            return

    def _merge(self, held: Question, other: Question) -> None:
        seen, other_seen = version_of(held.id), version_of(other.id)
        commands.merge_questions(
            actor=self.employee, question=held.id, other=other.id, seen_version=seen, other_seen_version=other_seen
        )

    def _undo_merge(self, held: Question, other: Question) -> None:
        commands.undo_merge(actor=self.employee, question=held.id, merged=other.id)

    def _split(self, held: Question, other: Question) -> None:
        last = ContactMoment.objects.filter(question=held.id, direction="in").order_by("-at", "-id")[:1]
        commands.split_question(
            actor=self.employee, question=held.id, moments=[one.id for one in last], seen_version=version_of(held.id)
        )

    def _undo_split(self, held: Question, other: Question) -> None:
        commands.undo_split(actor=self.employee, question=held.id, seen_version=version_of(held.id))

    def _close(self, held: Question, other: Question) -> None:
        close(self.employee, held.id)

    def _reopen(self, held: Question, other: Question) -> None:
        commands.reopen_question(actor=self.resident, question=held.id, words="Nee.")

    def _hand_over(self, held: Question, other: Question) -> None:
        to = "wmo" if held.team == "kcc" else "kcc"
        seen = version_of(held.id)
        commands.hand_over_question(actor=self.employee, question=held.id, to=to, reason="Daar", seen_version=seen)

    def _accept(self, held: Question, other: Question) -> None:
        commands.accept_hand_over(actor=self.employee, question=held.id)

    def _answer(self, held: Question, other: Question) -> None:
        answer(self.employee, held.id, "Dit is ons antwoord.")

    def _write(self, held: Question, other: Question) -> None:
        say("Nog iets.", by=self.resident, question=held.id)

    def _haste(self, held: Question, other: Question) -> None:
        commands.change_urgency(actor=self.employee, question=held.id, to=Urgency.TODAY, reason="Haast")


@given(steps=steps)
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_sequence_loses_a_word_restarts_a_clock_or_leaves_nobody_in_charge(
    hiltje: Actor, jan: Actor, steps: list[tuple[str, int, int]]
) -> None:
    for table in (ContactMoment, Question, HistoryEntry, Merge):
        table.objects.all().delete()
    with clock.told_at(TUESDAY):
        town = Town(hiltje, jan)
    for nth, (deed, one, two) in enumerate(steps, start=1):
        with clock.told_at(TUESDAY + timedelta(hours=nth)):
            before, said = town.owed(), town.moments()
            town.do(deed, one, two)
            assert town.moments() >= said >= town.written
            for question, due in town.owed().items():
                assert due <= before.get(question, due), (deed, "a promise moved to later")
            _stands(town)


def _stands(town: Town) -> None:
    rows = {row.id: row for row in town.questions()}
    for row in rows.values():
        assert row.team in teams()
        if row.merged_into:
            assert rows[row.merged_into].merged_into is None, "a number leads to the last in one step"
            assert row.closed_at is not None
    places = ContactMoment.objects.values_list("question", flat=True).distinct()
    assert all(rows[place].merged_into is None for place in places), "a message stands where nobody looks"
