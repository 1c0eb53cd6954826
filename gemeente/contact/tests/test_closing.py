"""A question ends with an outcome in words, and the resident can say that it is not solved (V28)."""

from datetime import UTC, datetime, timedelta

import pytest

from gemeente.access.types import Actor, Role
from gemeente.channels.types import Channel, OutgoingKind
from gemeente.config.tests.people import employee_with, register_resident
from gemeente.contact.commands import close_question, reopen_question
from gemeente.contact.models import ContactMoment, Question
from gemeente.contact.queries.workspace import version_of
from gemeente.contact.rules import answer_due
from gemeente.contact.tests.talk import answer, ask, close, history_of, moment_of, question_of, say, sent_about
from gemeente.contact.types import Outcome, QuestionState, Urgency
from gemeente.kernel import clock
from gemeente.kernel.errors import Conflict, DomainError, NotAllowed, NotFound
from gemeente.kernel.models import Event
from gemeente.products.queries import catalogue

pytestmark = pytest.mark.django_db
TUESDAY = datetime(2026, 11, 24, 9, tzinfo=UTC)


@pytest.fixture
def kcc() -> Actor:
    return employee_with(Role.KCC)


@pytest.fixture
def hiltje() -> Actor:
    return register_resident(email="hiltje@voorbeeld.nl")


@pytest.fixture
def held(hiltje: Actor) -> Question:
    return ask(by=hiltje)


class TestClose:
    def test_it_works(self, kcc: Actor, held: Question) -> None:
        close(kcc, held.id)
        held.refresh_from_db()
        assert (held.state, held.outcome, held.outcome_text) == ("closed", "solved", "De stoep is gemaakt.")
        assert held.closed_at is not None
        assert history_of(held.id)[-1] == "closed"
        assert sent_about(held.id)[-1].kind == OutgoingKind.CLOSING
        assert Event.objects.get(name="contact.question-closed.v1").payload["outcome"] == "solved"

    def test_its_words_are_the_last_message_in_the_thread(self, kcc: Actor, held: Question) -> None:
        close(kcc, held.id)
        assert ContactMoment.objects.get(direction="out").text == "De stoep is gemaakt."

    def test_closing_without_an_answer_before_is_the_answer(self, kcc: Actor, held: Question) -> None:
        close(kcc, held.id)
        assert Question.objects.get(id=held.id).first_answered_at is not None

    def test_it_no_longer_asks_anything_of_the_resident(self, kcc: Actor, held: Question) -> None:
        Question.objects.filter(id=held.id).update(needs_from_resident="Een foto", state=QuestionState.WAITING)
        close(kcc, held.id)
        assert Question.objects.get(id=held.id).needs_from_resident == ""

    @pytest.mark.parametrize(("outcome", "words"), [(None, "De stoep is gemaakt."), (Outcome.SOLVED, "Klaar.")])
    def test_without_outcome_or_words_it_stays_open(
        self, kcc: Actor, held: Question, outcome: Outcome | None, words: str
    ) -> None:
        with pytest.raises(DomainError):
            close_question(actor=kcc, question=held.id, outcome=outcome, words=words, via=Channel.WEB, seen_version=0)
        assert Question.objects.get(id=held.id).state == QuestionState.NEW
        assert not ContactMoment.objects.filter(direction="out").exists()

    def test_a_second_time_is_a_conflict(self, kcc: Actor, held: Question) -> None:
        close(kcc, held.id)
        with pytest.raises(Conflict):
            close(kcc, held.id)

    def test_a_message_that_came_in_between_is_a_conflict(self, kcc: Actor, hiltje: Actor, held: Question) -> None:
        seen = version_of(held.id)
        say("Wacht, er is nog iets.", by=hiltje, question=held.id)
        with pytest.raises(Conflict):
            close_question(
                actor=kcc,
                question=held.id,
                outcome=Outcome.SOLVED,
                words="De stoep is gemaakt.",
                via=Channel.WEB,
                seen_version=seen,
            )

    def test_another_teams_question_is_refused(self, held: Question) -> None:
        with pytest.raises(NotAllowed):
            close(employee_with(Role.SPECIALIST, teams=("wegen",)), held.id)


class TestNotSolved:
    def test_it_runs_again_with_its_whole_history_and_a_new_date(self, kcc: Actor, hiltje: Actor) -> None:
        with clock.told_at(TUESDAY):
            held = ask(by=hiltje)
            answer(kcc, held.id)
            close(kcc, held.id)
        later = TUESDAY + timedelta(days=30)
        with clock.told_at(later):
            reopen_question(actor=hiltje, question=held.id, words=" Het is weer los. ")
        held.refresh_from_db()
        assert (held.state, held.closed_at, held.times_reopened) == (QuestionState.WORKING, None, 1)
        assert held.answer_due == answer_due(
            asked_at=later, norm_workdays=catalogue()[held.product].norm_workdays, urgency=Urgency(held.urgency)
        )
        assert held.handler == kcc.id
        assert history_of(held.id) == ["asked", "closed", "reopened"]
        said = ContactMoment.objects.filter(question=held.id, direction="in").latest("at")
        assert said.text == "Het is weer los."
        assert Event.objects.filter(name="contact.question-reopened.v1").exists()

    def test_it_may_be_said_without_words(self, kcc: Actor, hiltje: Actor, held: Question) -> None:
        close(kcc, held.id)
        reopen_question(actor=hiltje, question=held.id, words="")
        assert ContactMoment.objects.filter(direction="in").latest("at").text == "Mijn vraag is niet opgelost."

    def test_what_runs_cannot_be_reopened(self, hiltje: Actor, held: Question) -> None:
        with pytest.raises(DomainError):
            reopen_question(actor=hiltje, question=held.id, words="")

    def test_only_the_asker_says_it(self, kcc: Actor, held: Question) -> None:
        close(kcc, held.id)
        for other in (register_resident(given="Jelle"), kcc):
            with pytest.raises(NotFound):
                reopen_question(actor=other, question=held.id, words="")
        assert Question.objects.get(id=held.id).state == QuestionState.CLOSED

    def test_it_can_end_and_return_more_than_once(self, kcc: Actor, hiltje: Actor, held: Question) -> None:
        for _ in range(3):
            close(kcc, held.id)
            reopen_question(actor=hiltje, question=held.id, words="")
        assert Question.objects.get(id=held.id).times_reopened == 3


def test_a_question_of_somebody_we_do_not_know_returns_by_their_own_words(kcc: Actor) -> None:
    held = ask(channel=Channel.PHONE, phone="06 12345678")
    close(kcc, held.id, via=Channel.PHONE)
    taken = say("Belt terug: het is weer los.", channel=Channel.PHONE, question=held.id)
    assert question_of(taken).state == QuestionState.WORKING
    assert moment_of(taken).question == held.id
