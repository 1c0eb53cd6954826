"""One question becomes two: each with its own number, team and urgency, and no clock begins later (V67)."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest

from gemeente.access.types import Actor, Role
from gemeente.config.tests.people import employee_with, register_resident
from gemeente.contact import commands
from gemeente.contact.models import ContactMoment, Question
from gemeente.contact.queries.portal import question_page
from gemeente.contact.queries.workspace import version_of
from gemeente.contact.tests.talk import answer, ask, close, moment_of, say, sent_about
from gemeente.contact.types import Urgency
from gemeente.contact.understanding import understand
from gemeente.kernel import clock
from gemeente.kernel.errors import Conflict, DomainError, NotAllowed

pytestmark = pytest.mark.django_db
TUESDAY = datetime(2026, 11, 24, 9, tzinfo=UTC)
PASSPORT = "Ik wil ook mijn paspoort verlengen. Hoe doe ik dat?"


@pytest.fixture(autouse=True)
def on_a_tuesday() -> Iterator[None]:
    with clock.told_at(TUESDAY):
        yield


@pytest.fixture
def hiltje() -> Actor:
    return register_resident(email="hiltje@voorbeeld.nl")


@pytest.fixture
def jan() -> Actor:
    return employee_with(Role.KCC, username="jan")


@pytest.fixture
def held(hiltje: Actor) -> Question:
    return ask("Mijn stoep is stuk.", by=hiltje)


@pytest.fixture
def passport(hiltje: Actor, held: Question) -> ContactMoment:
    with clock.told_at(TUESDAY + timedelta(hours=1)):
        return moment_of(say(PASSPORT, by=hiltje, question=held.id))


def split(by: Actor, question: Question, *moments: ContactMoment) -> Question:
    new = commands.split_question(
        actor=by, question=question.id, moments=[one.id for one in moments], seen_version=version_of(question.id)
    )
    return Question.objects.get(id=new)


class TestSplit:
    def test_it_works(self, hiltje: Actor, jan: Actor, held: Question, passport: ContactMoment) -> None:
        new = split(jan, held, passport)
        understood = understand(PASSPORT)
        assert (new.party, new.team, new.product, new.urgency) == (
            hiltje.id,
            understood.team,
            understood.product,
            understood.urgency.urgency,
        )
        assert ContactMoment.objects.get(question=new.id).id == passport.id
        assert new.number != held.number

    def test_V67_the_clock_counts_from_when_it_was_asked(
        self, jan: Actor, held: Question, passport: ContactMoment
    ) -> None:
        with clock.told_at(TUESDAY + timedelta(days=7)):
            new = split(jan, held, passport)
        assert new.asked_at == passport.at
        assert new.answer_due <= held.answer_due

    def test_urgency_is_understood_from_the_chosen_words(self, hiltje: Actor, jan: Actor, held: Question) -> None:
        gas = moment_of(say("Ik ruik gas in huis!", by=hiltje, question=held.id))
        new = split(jan, held, gas)
        assert (new.urgency, bool(new.urgency_reason)) == (Urgency.NOW, True)

    def test_an_answer_that_goes_along_stays_an_answer(
        self, jan: Actor, held: Question, passport: ContactMoment
    ) -> None:
        with clock.told_at(TUESDAY + timedelta(hours=2)):
            said = ContactMoment.objects.get(id=answer(jan, held.id, "Maak een afspraak."))
        assert split(jan, held, passport, said).first_answered_at == said.at

    def test_what_was_asked_in_a_closed_question_can_run_by_itself(
        self, jan: Actor, held: Question, passport: ContactMoment
    ) -> None:
        close(jan, held.id)
        assert split(jan, held, passport).closed_at is None
        assert Question.objects.get(id=held.id).closed_at is not None

    def test_the_resident_hears_the_new_number_team_and_date(
        self, hiltje: Actor, jan: Actor, held: Question, passport: ContactMoment
    ) -> None:
        new = split(jan, held, passport)
        (letter,) = sent_about(new.id)
        assert f"Daarom is “{new.title}” nu een eigen vraag: {new.number}." in letter.text
        assert "U hoort van ons vóór" in letter.text
        assert [item.text for item in question_page(hiltje.key, new.number).timeline if item.kind == "split_from"]

    def test_a_click_twice_is_one_question(self, jan: Actor, held: Question, passport: ContactMoment) -> None:
        seen = version_of(held.id)
        made = {
            commands.split_question(actor=jan, question=held.id, moments=[passport.id], seen_version=seen)
            for _ in range(2)
        }
        assert len(made) == 1


class TestWhatIsRefused:
    def test_nothing_chosen(self, jan: Actor, held: Question) -> None:
        with pytest.raises(DomainError, match="Kies eerst"):
            split(jan, held)

    def test_only_our_own_words(self, jan: Actor, held: Question, passport: ContactMoment) -> None:
        said = ContactMoment.objects.get(id=answer(jan, held.id))
        with pytest.raises(DomainError, match="bericht van de inwoner"):
            split(jan, held, said)

    def test_everything_that_was_asked(self, jan: Actor, held: Question, passport: ContactMoment) -> None:
        first = ContactMoment.objects.filter(question=held.id).order_by("at")[0]
        with pytest.raises(DomainError, match="Laat minstens één"):
            split(jan, held, first, passport)

    def test_a_message_of_another_thread(self, hiltje: Actor, jan: Actor, held: Question) -> None:
        other = ContactMoment.objects.get(question=ask(by=hiltje).id)
        with pytest.raises(Conflict, match="niet meer in dit gesprek"):
            split(jan, held, other)

    def test_after_a_colleague_changed_it(self, jan: Actor, held: Question, passport: ContactMoment) -> None:
        with pytest.raises(Conflict, match="net veranderd"):
            commands.split_question(actor=jan, question=held.id, moments=[passport.id], seen_version=0)

    def test_another_teams_question(self, held: Question, passport: ContactMoment) -> None:
        noor = employee_with(Role.SPECIALIST, teams=("schuldhulp",), username="noor")
        with pytest.raises(NotAllowed):
            split(noor, held, passport)


class TestUndo:
    def undo(self, by: Actor, new: Question) -> UUID:
        return commands.undo_split(actor=by, question=new.id, seen_version=version_of(new.id))

    def test_it_works(self, jan: Actor, held: Question, passport: ContactMoment) -> None:
        new = split(jan, held, passport)
        assert self.undo(jan, new) == held.id
        assert ContactMoment.objects.filter(question=held.id).count() == 2
        assert Question.objects.get(id=new.id).merged_into == held.id

    def test_all_that_was_said_since_comes_along(
        self, hiltje: Actor, jan: Actor, held: Question, passport: ContactMoment
    ) -> None:
        new = split(jan, held, passport)
        say("Mag het ook digitaal?", by=hiltje, question=new.id)
        self.undo(jan, new)
        assert ContactMoment.objects.filter(question=held.id).count() == 3

    def test_it_goes_to_where_the_old_question_went(
        self, hiltje: Actor, jan: Actor, held: Question, passport: ContactMoment
    ) -> None:
        new, third = split(jan, held, passport), ask(by=hiltje)
        commands.merge_questions(
            actor=jan,
            question=third.id,
            other=held.id,
            seen_version=version_of(third.id),
            other_seen_version=version_of(held.id),
        )
        assert self.undo(jan, new) == third.id

    def test_not_for_a_question_that_was_never_split_off(self, jan: Actor, held: Question) -> None:
        with pytest.raises(Conflict, match="nooit afgesplitst"):
            self.undo(jan, held)

    def test_not_for_one_that_is_not_there(self, jan: Actor) -> None:
        with pytest.raises(Conflict, match="nooit afgesplitst"):
            commands.undo_split(actor=jan, question=uuid4(), seen_version=0)
