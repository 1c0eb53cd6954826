"""Taking up, noting for colleagues, changing the haste, and the resident reading what came."""

from datetime import UTC, datetime, timedelta

import pytest

from gemeente.access.types import Actor, Role
from gemeente.config.tests.people import employee_with, register_resident
from gemeente.contact.commands import add_note, change_urgency, read_messages, take_up_question
from gemeente.contact.models import ContactMoment, HistoryEntry, Question
from gemeente.contact.queries.portal import messages_page, question_page, unread_count
from gemeente.contact.queries.workspace import conversation, version_of
from gemeente.contact.tests.talk import answer, ask, close, history_of
from gemeente.contact.types import QuestionState, Urgency
from gemeente.kernel import clock
from gemeente.kernel.errors import DomainError, NotAllowed, NotFound
from gemeente.kernel.ids import new_id
from gemeente.kernel.models import Event

pytestmark = pytest.mark.django_db
TUESDAY = datetime(2026, 11, 24, 9, tzinfo=UTC)


@pytest.fixture
def kcc() -> Actor:
    return employee_with(Role.KCC)


@pytest.fixture
def hiltje() -> Actor:
    return register_resident()


@pytest.fixture
def held(hiltje: Actor) -> Question:
    with clock.told_at(TUESDAY):
        return ask(by=hiltje)


class TestTakeUp:
    def test_the_resident_has_somebody_with_a_name(self, kcc: Actor, held: Question) -> None:
        take_up_question(actor=kcc, question=held.id)
        held.refresh_from_db()
        assert (held.handler, held.state, held.version) == (kcc.id, QuestionState.WORKING, 1)
        assert history_of(held.id)[-1] == "taken_up"

    def test_what_waits_for_the_resident_goes_on_waiting(self, kcc: Actor, held: Question) -> None:
        Question.objects.filter(id=held.id).update(state=QuestionState.WAITING)
        take_up_question(actor=kcc, question=held.id)
        assert Question.objects.get(id=held.id).state == QuestionState.WAITING

    def test_another_teams_question_is_refused(self, held: Question) -> None:
        with pytest.raises(NotAllowed):
            take_up_question(actor=employee_with(Role.SPECIALIST, teams=("wegen",)), question=held.id)

    def test_a_question_that_never_was_is_not_found(self, kcc: Actor) -> None:
        with pytest.raises(NotFound):
            take_up_question(actor=kcc, question=new_id())


class TestNote:
    def test_colleagues_see_it_and_the_resident_never_does(self, kcc: Actor, hiltje: Actor, held: Question) -> None:
        add_note(actor=kcc, question=held.id, text="Mevrouw is slecht ter been.")
        item = conversation(kcc, held.number).timeline[0]
        assert (item.internal, item.text) == (True, "Mevrouw is slecht ter been.")
        assert "slecht ter been" not in str(question_page(hiltje.key, held.number))
        assert "slecht ter been" not in str(messages_page(hiltje.key))
        assert unread_count(hiltje.key) == 0

    def test_it_is_no_moment_of_contact(self, kcc: Actor, held: Question) -> None:
        add_note(actor=kcc, question=held.id, text="Gebeld, geen gehoor.")
        assert Question.objects.get(id=held.id).last_moment_at == held.last_moment_at

    def test_an_empty_one_is_refused(self, kcc: Actor, held: Question) -> None:
        with pytest.raises(DomainError):
            add_note(actor=kcc, question=held.id, text=" \n")


class TestUrgency:
    def test_a_raise_brings_the_date_forward(self, kcc: Actor, held: Question) -> None:
        with clock.told_at(TUESDAY + timedelta(hours=1)):
            change_urgency(actor=kcc, question=held.id, to=Urgency.NOW, reason="")
        raised = Question.objects.get(id=held.id)
        assert (raised.urgency, raised.urgency_rank) == (Urgency.NOW, 2)
        assert raised.answer_due == TUESDAY.replace(hour=16)
        assert raised.answer_due < held.answer_due

    def test_a_lowering_never_moves_the_promise_back(self, kcc: Actor, held: Question) -> None:
        change_urgency(actor=kcc, question=held.id, to=Urgency.NOW, reason="")
        promised = Question.objects.get(id=held.id).answer_due
        change_urgency(actor=kcc, question=held.id, to=Urgency.NORMAL, reason="Het gevaar is voorbij")
        lowered = Question.objects.get(id=held.id)
        assert (lowered.urgency, lowered.answer_due) == (Urgency.NORMAL, promised)
        assert lowered.urgency_reason == "Het gevaar is voorbij"

    def test_a_raise_does_not_excuse_what_is_late_already(self, kcc: Actor, held: Question) -> None:
        with clock.told_at(TUESDAY + timedelta(days=60)):
            change_urgency(actor=kcc, question=held.id, to=Urgency.NOW, reason="")
        assert Question.objects.get(id=held.id).answer_due == held.answer_due

    def test_lowering_without_a_reason_changes_nothing(self, kcc: Actor, held: Question) -> None:
        change_urgency(actor=kcc, question=held.id, to=Urgency.TODAY, reason="Er is iemand gevallen")
        with pytest.raises(DomainError):
            change_urgency(actor=kcc, question=held.id, to=Urgency.NORMAL, reason=" ")
        assert Question.objects.get(id=held.id).urgency == Urgency.TODAY

    def test_V91_who_has_to_hurry_does_not_lower_it_and_a_colleague_does(self, kcc: Actor, held: Question) -> None:
        take_up_question(actor=kcc, question=held.id)
        change_urgency(actor=kcc, question=held.id, to=Urgency.NOW, reason="Zij is gevallen")
        with pytest.raises(NotAllowed, match="alleen een collega"):
            change_urgency(actor=kcc, question=held.id, to=Urgency.TODAY, reason="Ik heb het druk")
        assert Question.objects.get(id=held.id).urgency == Urgency.NOW
        colleague = employee_with(Role.KCC, username="jan")
        change_urgency(actor=colleague, question=held.id, to=Urgency.TODAY, reason="De buurvrouw is bij haar")
        seen = conversation(kcc, held.number)
        assert (seen.tile.urgency, seen.urgency_reason) == (Urgency.TODAY, "De buurvrouw is bij haar")
        assert "De buurvrouw is bij haar" in [item.text for item in seen.timeline]

    def test_who_changed_it_from_what_and_why_stays_to_be_read(self, kcc: Actor, held: Question) -> None:
        change_urgency(actor=kcc, question=held.id, to=Urgency.TODAY, reason="Er is iemand gevallen")
        line = HistoryEntry.objects.get(question=held.id, kind="urgency")
        assert (line.actor, line.words) == (kcc.id, "Er is iemand gevallen")
        assert line.data == {"to": "vandaag", "before": "normaal"}
        assert Event.objects.get(name="contact.urgency-changed.v1").payload["before"] == "normaal"

    def test_anybody_who_handles_questions_may_raise_another_teams(self, held: Question) -> None:
        other = employee_with(Role.SPECIALIST, teams=("wegen",))
        change_urgency(actor=other, question=held.id, to=Urgency.NOW, reason="Ik hoorde glas breken")
        assert Question.objects.get(id=held.id).urgency == Urgency.NOW

    def test_another_teams_is_not_lowered(self, kcc: Actor, held: Question) -> None:
        change_urgency(actor=kcc, question=held.id, to=Urgency.NOW, reason="")
        other = employee_with(Role.SPECIALIST, teams=("wegen",))
        with pytest.raises(NotAllowed):
            change_urgency(actor=other, question=held.id, to=Urgency.NORMAL, reason="Valt mee")


class TestReading:
    def test_what_we_wrote_is_new_until_the_resident_opens_it(self, kcc: Actor, hiltje: Actor, held: Question) -> None:
        for text in ("Eerste.", "Tweede."):
            answer(kcc, held.id, text)
        add_note(actor=kcc, question=held.id, text="Voor collega’s.")
        assert unread_count(hiltje.key) == 2
        assert read_messages(actor=hiltje, question=held.id) == 2
        assert unread_count(hiltje.key) == 0
        assert ContactMoment.objects.get(internal=True).read_at is None

    def test_reading_again_keeps_the_first_moment(self, kcc: Actor, hiltje: Actor, held: Question) -> None:
        answer(kcc, held.id)
        with clock.told_at(TUESDAY):
            read_messages(actor=hiltje, question=held.id)
        assert read_messages(actor=hiltje, question=held.id) == 0
        assert ContactMoment.objects.get(direction="out").read_at == TUESDAY

    def test_reading_is_no_change_that_a_colleague_must_see(self, kcc: Actor, hiltje: Actor, held: Question) -> None:
        answer(kcc, held.id)
        seen = version_of(held.id)
        read_messages(actor=hiltje, question=held.id)
        assert version_of(held.id) == seen

    def test_nobody_reads_for_another(self, kcc: Actor, hiltje: Actor, held: Question) -> None:
        answer(kcc, held.id)
        for other in (register_resident(given="Jelle"), kcc):
            with pytest.raises(NotFound):
                read_messages(actor=other, question=held.id)
        assert unread_count(hiltje.key) == 1


def test_a_note_on_what_is_closed_does_not_open_it(kcc: Actor, held: Question) -> None:
    close(kcc, held.id)
    add_note(actor=kcc, question=held.id, text="Dossier bijgewerkt.")
    assert Question.objects.get(id=held.id).state == QuestionState.CLOSED
