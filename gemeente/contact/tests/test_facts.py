"""What the resident told once stands beside the thread, is theirs to put right, and is not asked again unseen (V66)."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from gemeente.access.types import Actor, Role
from gemeente.channels.types import Channel
from gemeente.config.tests.people import employee_with, register_resident
from gemeente.contact import commands
from gemeente.contact.fact_rules import AlreadyTold, Knowing, require_not_told, told_before, words_of_fact
from gemeente.contact.models import ContactMoment, HistoryEntry, Question, ToldFact
from gemeente.contact.queries.facts import facts_of
from gemeente.contact.queries.workspace import conversation, version_of
from gemeente.contact.tests.talk import answer, ask, history_of
from gemeente.contact.types import FactCard, QuestionState
from gemeente.kernel import clock
from gemeente.kernel.errors import DomainError, NotAllowed, NotFound

TUESDAY = datetime(2026, 11, 24, 9, tzinfo=UTC)
TOLD = "Ik heb twee kinderen en werk bij de bakker. Mijn loonstrook is € 1.410."
RENT = "De huur is € 612 per maand."


def card(words: str, label: str = "") -> FactCard:
    return FactCard(
        id=uuid4(),
        label=label,
        words=words,
        everywhere=False,
        by_resident=False,
        told_at=TUESDAY,
        at=TUESDAY,
        noted_by="Noor",
        new=False,
    )


class TestAlike:
    @pytest.mark.parametrize(
        ("asking", "told"),
        [
            ("Stuur een foto van uw laatste loonstrook", "Mijn loonstroken zijn van de bakker"),
            ("Hoeveel kinderen heeft u?", TOLD),
            ("Stuur uw huurcontract", "Het contract van de flat loopt tot mei"),
            ("Wat is uw inkomen?", "U krijgt € 1.100 per maand. Inkomen"),
            ("Please send your payslip", "My payslips are from the bakery"),
        ],
    )
    def test_the_same_word_in_another_form_is_told_before(self, asking: str, told: str) -> None:
        assert len(told_before(asking, [card(told)])) == 1

    @pytest.mark.parametrize(
        ("asking", "told"),
        [
            ("Stuur graag een foto van uw paspoort", "U stuurde een foto van de stoep"),
            ("Wanneer kunnen wij u bellen?", TOLD),
            ("Stuur het document graag opnieuw", "Het document is kwijt"),
        ],
    )
    def test_common_words_alone_are_not(self, asking: str, told: str) -> None:
        assert told_before(asking, [card(told)]) == ()

    def test_its_label_counts_too(self) -> None:
        assert told_before("Wat verdient u, en wat is uw inkomen?", [card("€ 1.410 bij de bakker", "Inkomen")])

    @given(st.text(max_size=200), st.lists(st.text(max_size=100), max_size=5), st.sampled_from(Knowing))
    def test_what_was_told_is_never_asked_again_unseen_and_uncounted(
        self, asking: str, told: list[str], knowing: Knowing
    ) -> None:
        facts = [card(words) for words in told]
        alike = told_before(asking, facts)
        if knowing == Knowing.OTHER:
            assert require_not_told(asking, facts, knowing=knowing) == ()
        elif knowing == Knowing.AGAIN or not alike:
            assert require_not_told(asking, facts, knowing=knowing) == alike
        else:
            with pytest.raises(AlreadyTold) as shown:
                require_not_told(asking, facts, knowing=knowing)
            assert shown.value.facts == alike

    @pytest.mark.parametrize("wrong", ["", " \n ", "x" * 501, "Mijn nummer is 999990019, bel mij"])
    def test_no_words_too_many_and_a_bsn_are_refused(self, wrong: str) -> None:
        with pytest.raises(DomainError) as said:
            words_of_fact(wrong)
        assert "999990019" not in said.value.message


@pytest.fixture(autouse=True)
def on_a_tuesday() -> Iterator[None]:
    with clock.told_at(TUESDAY):
        yield


@pytest.fixture
def hiltje(db: None) -> Actor:
    return register_resident(email="hiltje@voorbeeld.nl")


@pytest.fixture
def noor(db: None) -> Actor:
    return employee_with(Role.SPECIALIST, teams=("schuldhulp",), username="noor")


@pytest.fixture
def bram(db: None) -> Actor:
    return employee_with(Role.SPECIALIST, teams=("belastingen",), username="bram")


@pytest.fixture
def held(hiltje: Actor) -> Question:
    return ask(TOLD, by=hiltje, team="schuldhulp")


def first_moment(question: Question) -> UUID:
    return ContactMoment.objects.filter(question=question.id).earliest("at").id


def note(by: Actor, question: Question, words: str = TOLD, *, everywhere: bool = False) -> UUID:
    moment = first_moment(question)
    return commands.note_fact(actor=by, question=question.id, moment=moment, words=words, everywhere=everywhere)


def ask_for(by: Actor, question: Question, needs: str, knowing: Knowing = Knowing.NOT_SEEN) -> UUID:
    return commands.ask_resident(
        actor=by,
        question=question.id,
        text=f"Beste mevrouw, {needs}",
        needs=needs,
        via=Channel.WEB,
        seen_version=version_of(question.id),
        knowing=knowing,
    )


class TestNote:
    def test_it_works(self, noor: Actor, held: Question) -> None:
        note(noor, held)
        (fact,) = facts_of(held)
        assert (fact.words, fact.noted_by, fact.by_resident, fact.told_at) == (TOLD, noor.name, False, TUESDAY)
        assert history_of(held.id) == ["asked", "fact_noted"]

    def test_a_double_click_is_one_fact(self, noor: Actor, held: Question) -> None:
        assert note(noor, held) == note(noor, held, f"  {TOLD}\n")
        assert len(facts_of(held)) == 1

    def test_a_note_for_colleagues_and_another_thread_give_none(self, noor: Actor, held: Question) -> None:
        commands.add_note(actor=noor, question=held.id, text="Zij durft de post niet te openen.")
        internal = ContactMoment.objects.get(internal=True).id
        for moment in (internal, first_moment(ask(by=register_resident(given="Jelle"))), uuid4()):
            with pytest.raises(NotFound):
                commands.note_fact(actor=noor, question=held.id, moment=moment, words=TOLD)

    def test_another_teams_question_gives_none(self, bram: Actor, held: Question) -> None:
        with pytest.raises(NotAllowed):
            note(bram, held)

    def test_it_counts_in_this_question_alone_unless_somebody_says_everywhere(
        self, noor: Actor, hiltje: Actor, held: Question
    ) -> None:
        other = ask("Nog een vraag.", by=hiltje, team="belastingen")
        note(noor, held)
        assert facts_of(other) == ()
        note(noor, held, RENT, everywhere=True)
        assert [fact.words for fact in facts_of(other)] == [RENT]
        assert facts_of(ask(by=register_resident(given="Jelle"))) == ()

    def test_of_somebody_we_do_not_know_it_stays_in_the_question(self, noor: Actor) -> None:
        unknown = ask(TOLD, channel=Channel.PHONE, phone="06 00000001", team="schuldhulp")
        note(noor, unknown, everywhere=True)
        assert [fact.everywhere for fact in facts_of(unknown)] == [False]
        assert facts_of(ask(channel=Channel.PHONE, team="schuldhulp")) == ()

    def test_it_goes_along_when_the_question_is_handed_over(self, noor: Actor, bram: Actor, held: Question) -> None:
        note(noor, held)
        commands.hand_over_question(
            actor=noor, question=held.id, to="belastingen", reason="Het is een aanslag", seen_version=0
        )
        assert [fact.words for fact in facts_of(held)] == [TOLD]
        commands.note_told_again(actor=bram, question=held.id, fact=facts_of(held)[0].id)


class TestCorrect:
    def test_it_works(self, noor: Actor, hiltje: Actor, held: Question) -> None:
        fact = note(noor, held)
        commands.correct_fact(actor=hiltje, fact=fact, words="Ik heb drie kinderen.")
        (now,) = facts_of(held)
        assert (now.words, now.by_resident, now.new) == ("Ik heb drie kinderen.", True, True)
        before = ToldFact.objects.get(id=fact)
        assert (before.words, before.why_ended) == (TOLD, "verbeterd door de inwoner")
        assert ToldFact.objects.get(id=now.id).replaces == fact

    def test_the_handler_is_shown_it_before_what_they_wrote_leaves(
        self, noor: Actor, hiltje: Actor, held: Question
    ) -> None:
        fact, seen = note(noor, held), version_of(held.id)
        commands.correct_fact(actor=hiltje, fact=fact, words="Ik heb drie kinderen.")
        assert version_of(held.id) == seen + 1
        assert history_of(held.id)[-1] == "fact_corrected"
        with clock.told_at(TUESDAY + timedelta(hours=1)):
            answer(noor, held.id, "Dank u, wij weten het nu.")
        assert [one.new for one in facts_of(held)] == [False]

    def test_without_words_it_goes_away_and_stays_in_the_history(
        self, noor: Actor, hiltje: Actor, held: Question
    ) -> None:
        fact = note(noor, held)
        commands.correct_fact(actor=hiltje, fact=fact, words=" ")
        assert facts_of(held) == ()
        assert ToldFact.objects.get(id=fact).why_ended == "weggehaald door de inwoner"

    def test_the_same_words_change_nothing(self, noor: Actor, hiltje: Actor, held: Question) -> None:
        fact = note(noor, held)
        commands.correct_fact(actor=hiltje, fact=fact, words=TOLD)
        assert [one.id for one in facts_of(held)] == [fact]

    def test_only_whose_it_is_and_only_while_it_stands(self, noor: Actor, hiltje: Actor, held: Question) -> None:
        fact = note(noor, held)
        for other in (register_resident(given="Jelle"), noor):
            with pytest.raises(NotFound):
                commands.correct_fact(actor=other, fact=fact, words="Iets anders")
        commands.correct_fact(actor=hiltje, fact=fact, words="Ik heb drie kinderen.")
        for gone in (fact, uuid4()):
            with pytest.raises(NotFound):
                commands.correct_fact(actor=hiltje, fact=gone, words="Nog iets")


class TestRemove:
    def test_with_a_reason_it_goes_and_its_words_stay_in_the_history(self, noor: Actor, held: Question) -> None:
        fact = note(noor, held)
        with pytest.raises(DomainError):
            commands.remove_fact(actor=noor, question=held.id, fact=fact, reason=" ")
        commands.remove_fact(actor=noor, question=held.id, fact=fact, reason="Ging over haar zus")
        assert facts_of(held) == ()
        assert HistoryEntry.objects.get(kind="fact_removed").words == f"{TOLD} Ging over haar zus"

    def test_a_fact_of_another_thread_stays(self, noor: Actor, held: Question) -> None:
        fact = note(noor, held)
        other = ask(by=register_resident(given="Jelle"), team="schuldhulp")
        with pytest.raises(NotFound):
            commands.remove_fact(actor=noor, question=other.id, fact=fact, reason="Weg ermee")


class TestAskedAgain:
    def test_what_was_told_is_shown_before_it_is_asked(self, noor: Actor, held: Question) -> None:
        note(noor, held)
        with pytest.raises(AlreadyTold) as shown:
            ask_for(noor, held, "Hoeveel kinderen heeft u?")
        assert [fact.words for fact in shown.value.facts] == [TOLD]
        held.refresh_from_db()
        assert (held.state, held.needs_from_resident) == (QuestionState.NEW, "")
        assert not ContactMoment.objects.filter(direction="out").exists()

    def test_who_asks_all_the_same_is_counted(self, noor: Actor, held: Question) -> None:
        fact = note(noor, held)
        ask_for(noor, held, "Hoeveel kinderen heeft u?", Knowing.AGAIN)
        counted = HistoryEntry.objects.get(kind="told_again")
        assert (counted.question, counted.data["facts"]) == (held.id, [str(fact)])

    @pytest.mark.parametrize(
        ("needs", "knowing"),
        [("Hoeveel kinderen heeft u?", Knowing.OTHER), ("Stuur uw paspoort", Knowing.NOT_SEEN)],
    )
    def test_something_else_is_not(self, noor: Actor, held: Question, needs: str, knowing: Knowing) -> None:
        note(noor, held)
        ask_for(noor, held, needs, knowing)
        assert Question.objects.get(id=held.id).state == QuestionState.WAITING
        assert not HistoryEntry.objects.filter(kind="told_again").exists()

    def test_one_click_counts_once_a_day_for_each_fact(self, noor: Actor, held: Question) -> None:
        facts = [note(noor, held), note(noor, held, RENT)]
        for day in range(2):
            with clock.told_at(TUESDAY + timedelta(days=day)):
                for fact in facts * 2:
                    commands.note_told_again(actor=noor, question=held.id, fact=fact)
        assert history_of(held.id).count("told_again") == 4


def test_facts_take_no_statement_of_their_own_beside_a_conversation(noor: Actor, held: Question) -> None:
    note(noor, held)
    with CaptureQueriesContext(connection) as asked:
        assert len(conversation(noor, held.number).facts) == 1
    assert len(asked) == 2
