"""Two questions become one: nothing is lost, no promise moves to later, and nobody reads what another wrote (V25, V67, V78)."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.conf import settings

from gemeente.access.types import Actor, Role
from gemeente.channels.mail.reply_address import make_reply_address
from gemeente.channels.mail.tests.samples import mail
from gemeente.channels.sender import reply_key
from gemeente.channels.types import Channel
from gemeente.config.tests.people import employee_with, register_resident
from gemeente.contact import commands
from gemeente.contact.commands.watch import note_late_questions
from gemeente.contact.models import ContactMoment, Draft, HandOver, Merge, Promise, Question
from gemeente.contact.queries.home import home_of
from gemeente.contact.queries.portal import question_of, question_page, questions_page
from gemeente.contact.queries.queue import queue_of
from gemeente.contact.queries.workspace import conversation, questions_of, version_of
from gemeente.contact.tests.talk import MACHINE, answer, arrive, ask, close, moment_of, say, sent_about
from gemeente.contact.types import NewPromise, PromiseKind, QuestionState, Urgency
from gemeente.kernel import clock
from gemeente.kernel.errors import Conflict, DomainError, NotAllowed, NotFound

pytestmark = pytest.mark.django_db
TUESDAY = datetime(2026, 11, 24, 9, tzinfo=UTC)
HILTJE = "hiltje@voorbeeld.nl"


@pytest.fixture(autouse=True)
def on_a_tuesday() -> Iterator[None]:
    with clock.told_at(TUESDAY):
        yield


@pytest.fixture
def hiltje() -> Actor:
    return register_resident(email=HILTJE)


@pytest.fixture
def jan() -> Actor:
    return employee_with(Role.KCC, username="jan")


def row(question: Question) -> Question:
    return Question.objects.get(id=question.id)


def merge(by: Actor, question: Question, other: Question, *, agreed: bool = False) -> None:
    commands.merge_questions(
        actor=by,
        question=question.id,
        other=other.id,
        seen_version=version_of(question.id),
        other_seen_version=version_of(other.id),
        agreed=agreed,
    )


def words_in(question: Question) -> list[str]:
    thread = ContactMoment.objects.filter(question=question.id)
    return list(thread.order_by("at", "id").values_list("text", flat=True))


class TestMerge:
    def test_it_works(self, hiltje: Actor, jan: Actor) -> None:
        first, second = ask("Mijn stoep is stuk.", by=hiltje), ask("De stoep, alweer.", by=hiltje)
        answer(jan, second.id, "Wij kijken er morgen naar.")
        merge(jan, first, second)
        assert words_in(first) == ["Mijn stoep is stuk.", "De stoep, alweer.", "Wij kijken er morgen naar."]
        assert (row(second).merged_into, words_in(second)) == (first.id, [])

    def test_the_higher_urgency_stays_with_its_reason(self, hiltje: Actor, jan: Actor) -> None:
        calm, urgent = ask(by=hiltje), ask(by=hiltje)
        commands.change_urgency(actor=jan, question=urgent.id, to=Urgency.TODAY, reason="Zij kan er niet in")
        merge(jan, calm, urgent)
        assert (row(calm).urgency, row(calm).urgency_rank, row(calm).urgency_reason) == (
            "vandaag",
            1,
            "Zij kan er niet in",
        )

    def test_V67_the_earliest_date_stays_and_the_clock_runs_from_the_first_time_asked(
        self, hiltje: Actor, jan: Actor
    ) -> None:
        early = ask(by=hiltje)
        with clock.told_at(TUESDAY + timedelta(days=1)):
            late = ask(by=hiltje)
            merge(jan, late, early)
        assert (row(late).answer_due, row(late).asked_at) == (early.answer_due, early.asked_at)

    def test_an_answered_question_that_takes_in_an_open_one_still_owes_an_answer(
        self, hiltje: Actor, jan: Actor
    ) -> None:
        answered, waiting = ask(by=hiltje), ask(by=hiltje)
        answer(jan, answered.id)
        merge(jan, answered, waiting)
        assert row(answered).first_answered_at is None
        with clock.told_at(waiting.answer_due + timedelta(minutes=1)):
            assert note_late_questions(actor=MACHINE) == 1

    def test_a_date_that_was_kept_makes_nothing_late(self, hiltje: Actor, jan: Actor) -> None:
        old = ask(by=hiltje)
        answer(jan, old.id)
        with clock.told_at(TUESDAY + timedelta(days=14)):
            new = ask(by=hiltje)
            merge(jan, new, old)
            assert row(new).answer_due == new.answer_due
            assert note_late_questions(actor=MACHINE) == 0

    def test_promises_and_hand_overs_and_drafts_go_along(self, hiltje: Actor, jan: Actor) -> None:
        first, second = ask(by=hiltje), ask(by=hiltje)
        call = NewPromise(words="Ik bel u", kind=PromiseKind.CALL_BACK, due_at=TUESDAY + timedelta(days=2))
        promise = commands.make_promise(actor=jan, question=second.id, promise=call)
        hand_over(jan, second)
        for one, text in ((first, "Begin."), (second, "Vervolg.")):
            commands.save_draft(actor=jan, question=one.id, text=text)
        merge(jan, first, second)
        assert Promise.objects.get(id=promise).question == first.id
        assert HandOver.objects.filter(question=first.id).count() == row(first).hand_overs == 1
        assert Draft.objects.get(employee=jan.key).text == "Begin.\n\nVervolg."
        with clock.told_at(TUESDAY + timedelta(days=3)):
            assert commands.note_broken_promises(actor=MACHINE) == 1

    def test_what_we_asked_of_the_resident_stays_asked(self, hiltje: Actor, jan: Actor) -> None:
        first, second = ask(by=hiltje), ask(by=hiltje)
        commands.ask_resident(
            actor=jan, question=second.id, text="Graag een foto.", needs="Een foto", via=Channel.WEB, seen_version=0
        )
        merge(jan, first, second)
        assert (row(first).needs_from_resident, row(first).state) == ("Een foto", QuestionState.WORKING)

    def test_a_merged_question_is_not_open_not_late_and_not_counted_twice(self, hiltje: Actor, jan: Actor) -> None:
        first, second = ask(by=hiltje), ask(by=hiltje)
        merge(jan, first, second)
        assert [item.number for item in queue_of(jan, row="team").items] == [first.number]
        assert queue_of(jan, row="team").counts["team"] == 1
        assert [tile.number for tile in home_of(hiltje.key).tiles] == [first.number]
        assert questions_page(hiltje.key, closed=True, page=0) == ([], False)
        assert [tile.number for tile in questions_of(hiltje.key)] == [first.number]
        with clock.told_at(TUESDAY + timedelta(days=30)):
            assert note_late_questions(actor=MACHINE) == 1

    def test_the_resident_hears_it_in_plain_words(self, hiltje: Actor, jan: Actor) -> None:
        first, second = ask(by=hiltje, subject="Mijn stoep"), ask(by=hiltje)
        merge(jan, first, second)
        (letter,) = [one for one in sent_about(first.id) if "samengevoegd" in one.subject]
        assert (
            f"Wij hebben uw twee vragen over “Mijn stoep” samengevoegd.\nU vindt alles bij vraag {first.number}."
            in (letter.text)
        )
        page = question_page(hiltje.key, second.number)
        assert page.tile.number == first.number
        assert "merged" in {item.kind for item in page.timeline}

    def test_the_old_number_leads_everybody_to_the_surviving_question(self, hiltje: Actor, jan: Actor) -> None:
        first, second = ask(by=hiltje), ask(by=hiltje)
        merge(jan, first, second)
        assert conversation(jan, second.number).tile.number == first.number
        assert question_of(hiltje.key, second.number) == first.id

    def test_a_click_twice_is_one_merge(self, hiltje: Actor, jan: Actor) -> None:
        first, second = ask(by=hiltje), ask(by=hiltje)
        merge(jan, first, second)
        merge(jan, first, second)
        assert Merge.objects.count() == 1

    def test_a_merge_of_a_merge_leads_from_every_number_to_the_last(self, hiltje: Actor, jan: Actor) -> None:
        first, second, third = (ask(text, by=hiltje) for text in ("Een.", "Twee.", "Drie."))
        merge(jan, second, third)
        merge(jan, first, second)
        assert {conversation(jan, one.number).tile.number for one in (first, second, third)} == {first.number}
        assert words_in(first) == ["Een.", "Twee.", "Drie."]


def hand_over(by: Actor, question: Question) -> None:
    """Hand a question over within the house and let it be accepted."""
    commands.hand_over_question(
        actor=by, question=question.id, to="wmo", reason="Voor zorg", seen_version=version_of(question.id)
    )
    fenna = employee_with(Role.SPECIALIST, teams=("wmo",), username="fenna")
    commands.accept_hand_over(actor=fenna, question=question.id)


class TestWhatIsRefused:
    def test_one_question_with_itself(self, hiltje: Actor, jan: Actor) -> None:
        held = ask(by=hiltje)
        with pytest.raises(DomainError, match="dezelfde vraag"):
            merge(jan, held, held)

    def test_what_is_merged_already(self, hiltje: Actor, jan: Actor) -> None:
        first, second, third = (ask(by=hiltje) for _ in range(3))
        merge(jan, first, second)
        with pytest.raises(Conflict, match="al samengevoegd"):
            merge(jan, third, second)

    def test_in_a_circle(self, hiltje: Actor, jan: Actor) -> None:
        first, second = ask(by=hiltje), ask(by=hiltje)
        merge(jan, first, second)
        with pytest.raises(Conflict, match="al samengevoegd"):
            merge(jan, second, first)

    def test_when_a_colleague_changed_one_meanwhile(self, hiltje: Actor, jan: Actor) -> None:
        first, second = ask(by=hiltje), ask(by=hiltje)
        seen = version_of(second.id)
        close(jan, second.id)
        with pytest.raises(Conflict, match="net veranderd"):
            commands.merge_questions(
                actor=jan,
                question=first.id,
                other=second.id,
                seen_version=version_of(first.id),
                other_seen_version=seen,
            )
        assert words_in(second)

    def test_a_page_of_before_the_merge_changes_nothing_unseen(self, hiltje: Actor, jan: Actor) -> None:
        first, second = ask(by=hiltje), ask(by=hiltje)
        seen = [version_of(first.id), version_of(second.id)]
        merge(jan, first, second)
        for version in seen:
            with pytest.raises(Conflict, match="net veranderd"):
                commands.answer_question(
                    actor=jan, question=first.id, text="Ja.", via=Channel.WEB, seen_version=version
                )
        with pytest.raises(Conflict, match="net samengevoegd"):
            answer(jan, second.id)

    def test_while_one_waits_for_another_team(self, hiltje: Actor, jan: Actor) -> None:
        first, second = ask(by=hiltje), ask(by=hiltje)
        commands.hand_over_question(actor=jan, question=second.id, to="wmo", reason="Zorg", seen_version=0)
        with pytest.raises(Conflict, match=f"Vraag {second.number} wacht nog op"):
            merge(jan, first, second)

    def test_an_open_question_into_a_closed_one(self, hiltje: Actor, jan: Actor) -> None:
        first, second = ask(by=hiltje), ask(by=hiltje)
        close(jan, first.id)
        with pytest.raises(DomainError, match="al afgerond"):
            merge(jan, first, second)
        merge(jan, second, first)
        assert row(second).state == QuestionState.NEW

    def test_what_is_of_another_team(self, hiltje: Actor) -> None:
        noor = employee_with(Role.SPECIALIST, teams=("schuldhulp",), username="noor")
        mine, theirs = ask(by=hiltje, team="schuldhulp"), ask(by=hiltje)
        with pytest.raises(NotAllowed):
            merge(noor, mine, theirs)

    def test_a_number_that_is_not_there(self, hiltje: Actor, jan: Actor) -> None:
        with pytest.raises(NotFound):
            commands.merge_questions(
                actor=jan, question=ask(by=hiltje).id, other=uuid4(), seen_version=0, other_seen_version=0
            )


class TestNewMailOnAnOldAddress:
    def test_it_lands_in_the_surviving_question(self, hiltje: Actor, jan: Actor) -> None:
        first, second, third = (ask(by=hiltje) for _ in range(3))
        merge(jan, second, third)
        merge(jan, first, second)
        old = make_reply_address(settings.MAIL_ADDRESS, third.id, reply_key())
        taken = arrive(mail("Nog iets.", message_id="<2@voorbeeld.nl>", to=old))
        assert (taken.question, moment_of(taken).party) == (first.id, hiltje.id)

    def test_a_tampered_address_leads_nowhere(self, hiltje: Actor, jan: Actor) -> None:
        first, second = ask(by=hiltje), ask(by=hiltje)
        merge(jan, first, second)
        old = make_reply_address(settings.MAIL_ADDRESS, second.id, reply_key())
        name, _, domain = old.partition("@")
        taken = arrive(mail("Nog iets.", message_id="<2@voorbeeld.nl>", to=f"{name[:-1]}x@{domain}"))
        assert taken.new_question

    def test_a_reply_below_an_answer_of_before_lands_there_too(self, hiltje: Actor, jan: Actor) -> None:
        first, second = ask(by=hiltje), ask(by=hiltje)
        answer(jan, second.id, via=Channel.EMAIL)
        ours = sent_about(second.id)[-1].message_id
        merge(jan, first, second)
        taken = arrive(mail("Dank u.", message_id="<2@voorbeeld.nl>", in_reply_to=ours))
        assert taken.question == first.id

    def test_it_opens_a_closed_one_again(self, hiltje: Actor, jan: Actor) -> None:
        first, second = ask(by=hiltje), ask(by=hiltje)
        merge(jan, first, second)
        close(jan, first.id)
        say("Het is niet opgelost.", by=hiltje, question=second.id)
        assert row(first).state == QuestionState.WORKING
        assert row(second).merged_into == first.id


class TestUndo:
    def test_it_works(self, hiltje: Actor, jan: Actor) -> None:
        first, second = ask("Een.", by=hiltje), ask("Twee.", by=hiltje)
        before = row(second)
        merge(jan, first, second)
        assert commands.undo_merge(actor=jan, question=first.id, merged=second.id) == 0
        after = row(second)
        assert (words_in(first), words_in(second)) == (["Een."], ["Twee."])
        assert (after.state, after.closed_at, after.merged_into) == (before.state, None, None)
        assert (after.answer_due, after.asked_at, after.urgency) == (before.answer_due, before.asked_at, before.urgency)

    def test_what_came_after_stays_where_it_was_written(self, hiltje: Actor, jan: Actor) -> None:
        first, second = ask("Een.", by=hiltje), ask("Twee.", by=hiltje)
        merge(jan, first, second)
        with clock.told_at(TUESDAY + timedelta(hours=1)):
            say("Nog iets.", by=hiltje, question=second.id)
            assert commands.undo_merge(actor=jan, question=first.id, merged=second.id) == 1
        assert words_in(first) == ["Een.", "Nog iets."]
        said = [item.text for item in question_page(hiltje.key, first.number).timeline if item.kind == "unmerged"]
        assert said == [
            f"Vraag {second.number} over “{second.title}” staat weer apart. Eén bericht kwam daarna. Dat staat hier."
        ]

    def test_the_survivor_keeps_its_urgency_and_its_date(self, hiltje: Actor, jan: Actor) -> None:
        calm, urgent = ask(by=hiltje), ask(by=hiltje)
        commands.change_urgency(actor=jan, question=urgent.id, to=Urgency.NOW, reason="Gevaar")
        merge(jan, calm, urgent)
        commands.undo_merge(actor=jan, question=calm.id, merged=urgent.id)
        assert (row(calm).urgency, row(calm).answer_due) == ("nu", row(urgent).answer_due)

    def test_an_answered_survivor_is_answered_again(self, hiltje: Actor, jan: Actor) -> None:
        answered, waiting = ask(by=hiltje), ask(by=hiltje)
        answer(jan, answered.id)
        merge(jan, answered, waiting)
        commands.undo_merge(actor=jan, question=answered.id, merged=waiting.id)
        assert row(answered).first_answered_at == TUESDAY
        assert row(waiting).first_answered_at is None

    def test_only_the_last_one_first(self, hiltje: Actor, jan: Actor) -> None:
        first, second, third = (ask(by=hiltje) for _ in range(3))
        merge(jan, first, second)
        with clock.told_at(TUESDAY + timedelta(minutes=1)):
            merge(jan, first, third)
        with pytest.raises(Conflict, match=f"Haal eerst vraag {third.number} weer los"):
            commands.undo_merge(actor=jan, question=first.id, merged=second.id)

    def test_a_merge_of_a_merge_comes_apart_in_two_steps(self, hiltje: Actor, jan: Actor) -> None:
        first, second, third = (ask(text, by=hiltje) for text in ("Een.", "Twee.", "Drie."))
        merge(jan, second, third)
        merge(jan, first, second)
        commands.undo_merge(actor=jan, question=first.id, merged=second.id)
        assert (row(third).merged_into, words_in(second)) == (second.id, ["Twee.", "Drie."])
        commands.undo_merge(actor=jan, question=second.id, merged=third.id)
        assert [words_in(one) for one in (first, second, third)] == [["Een."], ["Twee."], ["Drie."]]

    def test_twice_is_said(self, hiltje: Actor, jan: Actor) -> None:
        first, second = ask(by=hiltje), ask(by=hiltje)
        merge(jan, first, second)
        commands.undo_merge(actor=jan, question=first.id, merged=second.id)
        with pytest.raises(Conflict, match="al uit elkaar"):
            commands.undo_merge(actor=jan, question=first.id, merged=second.id)

    def test_a_closed_one_that_was_merged_is_closed_again(self, hiltje: Actor, jan: Actor) -> None:
        first, second = ask(by=hiltje), ask(by=hiltje)
        close(jan, second.id)
        before = row(second)
        merge(jan, first, second)
        commands.undo_merge(actor=jan, question=first.id, merged=second.id)
        after = row(second)
        assert (after.state, after.closed_at, after.outcome, after.outcome_text) == (
            before.state,
            before.closed_at,
            before.outcome,
            before.outcome_text,
        )

    def test_the_resident_hears_that_they_stand_apart(self, hiltje: Actor, jan: Actor) -> None:
        first, second = ask(by=hiltje), ask(by=hiltje)
        merge(jan, first, second)
        commands.undo_merge(actor=jan, question=first.id, merged=second.id)
        assert "Die staan nu weer apart." in sent_about(first.id)[-1].text


def test_two_thousand_messages_are_merged_and_come_apart(hiltje: Actor, jan: Actor) -> None:
    first, second = ask(by=hiltje), ask(by=hiltje)
    ContactMoment.objects.bulk_create(
        ContactMoment(
            party=hiltje.id,
            question=second.id,
            at=TUESDAY,
            direction="in",
            channel="web",
            author_name="H",
            text=f"{nth}",
        )
        for nth in range(2000)
    )
    merge(jan, first, second)
    assert ContactMoment.objects.filter(question=first.id).count() == 2002
    commands.undo_merge(actor=jan, question=first.id, merged=second.id)
    assert ContactMoment.objects.filter(question=second.id).count() == 2001
