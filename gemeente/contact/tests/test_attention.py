"""What a lead finds: late, broken, promised by who is away, not accepted, stuck, moved, nobody's (V31, V34, V76)."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from gemeente.access.commands import plan_leave
from gemeente.access.types import Actor, Role, system
from gemeente.config.tests.people import employee_with, register_resident
from gemeente.contact import commands
from gemeente.contact.commands.watch import note_late_questions
from gemeente.contact.models import Question
from gemeente.contact.queries.attention import (
    AT_MOST,
    Attention,
    AttentionItem,
    Kind,
    attention,
    colleagues,
    silent_since,
)
from gemeente.contact.queries.workspace import version_of
from gemeente.contact.tests.talk import answer, ask, close, say
from gemeente.contact.types import NewPromise, PromiseKind, QuestionState, Urgency
from gemeente.kernel import clock
from gemeente.kernel.calendar import add_workdays
from gemeente.kernel.errors import NotAllowed

MONDAY = datetime(2026, 11, 23, 9, tzinfo=UTC)
TUESDAY = MONDAY + timedelta(days=1)
MACHINE = system("Wacht")


@pytest.fixture(autouse=True)
def on_a_monday() -> Iterator[None]:
    with clock.told_at(MONDAY):
        yield


@pytest.fixture
def sanne(db: None) -> Actor:
    return employee_with(Role.TEAM_LEAD, teams=("wegen", "riool"), username="sanne")


@pytest.fixture
def piet(db: None) -> Actor:
    return employee_with(Role.SPECIALIST, teams=("wegen",), username="piet")


@pytest.fixture
def ali(db: None) -> Actor:
    return employee_with(Role.STEERING, teams=("bezwaar",), username="ali")


@pytest.fixture
def held(db: None) -> Question:
    return ask(by=register_resident(), team="wegen", subject="Losse stoep")


def seen_by(actor: Actor, kind: Kind, *, teams: list[str] | None = None, at: datetime = MONDAY) -> Attention:
    with clock.told_at(at):
        return attention(actor, teams=teams or sorted(actor.teams), kind=kind)


def only(actor: Actor, kind: Kind, *, at: datetime = MONDAY) -> AttentionItem:
    found = seen_by(actor, kind, at=at)
    assert found.counts[kind] == 1
    (item,) = found.items
    return item


def promise(by: Actor, question: Question, due: datetime, words: str = "Ik bel u") -> None:
    new = NewPromise(words=words, kind=PromiseKind.CALL_BACK, due_at=due)
    commands.make_promise(actor=by, question=question.id, promise=new)


def hand_over(by: Actor, question: Question, to: str) -> None:
    commands.hand_over_question(
        actor=by, question=question.id, to=to, reason="Dit is van u", seen_version=version_of(question.id)
    )


class TestLate:
    def test_it_works(self, sanne: Actor, held: Question) -> None:
        assert seen_by(sanne, Kind.LATE).items == ()
        item = only(sanne, Kind.LATE, at=held.answer_due + timedelta(minutes=1))
        assert (item.number, item.title, item.who, item.since) == (
            held.number,
            "Losse stoep",
            "H. Vries",
            held.answer_due,
        )
        assert item.opens

    @pytest.mark.parametrize("state", [QuestionState.WAITING, QuestionState.CLOSED])
    def test_what_waits_for_the_resident_or_is_done_is_not_late(
        self, sanne: Actor, piet: Actor, held: Question, state: QuestionState
    ) -> None:
        if state == QuestionState.CLOSED:
            close(piet, held.id)
        Question.objects.filter(id=held.id).update(state=state)
        assert seen_by(sanne, Kind.LATE, at=held.answer_due + timedelta(days=1)).counts[Kind.LATE] == 0

    def test_what_was_answered_is_not_late(self, sanne: Actor, piet: Actor, held: Question) -> None:
        answer(piet, held.id)
        assert seen_by(sanne, Kind.LATE, at=held.answer_due + timedelta(days=1)).counts[Kind.LATE] == 0


class TestPromises:
    def test_a_broken_one_until_it_is_kept(self, sanne: Actor, piet: Actor, held: Question) -> None:
        promise(piet, held, MONDAY + timedelta(hours=2))
        at = MONDAY + timedelta(hours=3)
        with clock.told_at(at):
            assert commands.note_broken_promises(actor=MACHINE) == 1
        item = only(sanne, Kind.BROKEN, at=at)
        assert (item.words, item.employee, item.since) == ("Ik bel u", piet.name, MONDAY + timedelta(hours=2))

    def test_V42_promised_for_today_by_who_is_away_today(self, sanne: Actor, piet: Actor, held: Question) -> None:
        promise(piet, held, TUESDAY + timedelta(hours=4))
        plan_leave(actor=sanne, employee=piet.key, begins=date(2026, 11, 24), ends=date(2026, 11, 27), cover=sanne.key)
        assert seen_by(sanne, Kind.AWAY).items == ()
        item = only(sanne, Kind.AWAY, at=TUESDAY)
        assert (item.words, item.employee, item.cover) == ("Ik bel u", piet.name, sanne.name)
        assert item.away_until == date(2026, 11, 27)

    def test_the_answer_date_is_a_promise_too(self, sanne: Actor, piet: Actor, held: Question) -> None:
        commands.take_up_question(actor=piet, question=held.id)
        day = held.answer_due.astimezone(clock.AMSTERDAM).date()
        plan_leave(actor=sanne, employee=piet.key, begins=day, ends=day, cover=None)
        item = only(sanne, Kind.AWAY, at=held.answer_due - timedelta(hours=4))
        assert (item.employee, item.words, item.since) == (piet.name, "", held.answer_due)

    def test_a_question_with_two_broken_promises_stands_there_once(
        self, sanne: Actor, piet: Actor, held: Question
    ) -> None:
        promise(piet, held, MONDAY + timedelta(hours=2), "Later")
        promise(piet, held, MONDAY + timedelta(hours=1), "Eerst")
        with clock.told_at(MONDAY + timedelta(hours=3)):
            commands.note_broken_promises(actor=MACHINE)
        assert only(sanne, Kind.BROKEN, at=MONDAY + timedelta(hours=3)).words == "Eerst"


class TestHandOvers:
    def test_both_leads_see_what_nobody_accepted_in_time(self, sanne: Actor, piet: Actor, held: Question) -> None:
        other = employee_with(Role.TEAM_LEAD, teams=("groen",), username="greet")
        hand_over(piet, held, "groen")
        assert seen_by(sanne, Kind.UNACCEPTED).items == seen_by(other, Kind.UNACCEPTED).items == ()
        ours, theirs = (only(lead, Kind.UNACCEPTED, at=TUESDAY) for lead in (sanne, other))
        assert (ours.words, ours.team) == (theirs.words, theirs.team) == ("wegen", "groen")
        assert (ours.opens, theirs.opens) == (False, True)

    def test_V76_what_moved_twice(self, sanne: Actor, piet: Actor, held: Question) -> None:
        greet = employee_with(Role.SPECIALIST, teams=("groen",), username="greet")
        hand_over(piet, held, "groen")
        commands.accept_hand_over(actor=greet, question=held.id)
        hand_over(greet, held, "wegen")
        assert only(sanne, Kind.MOVED).words == "2"


class TestStuck:
    def test_V31_a_question_without_a_sign_of_life_for_more_than_three_working_days(
        self, sanne: Actor, held: Question
    ) -> None:
        thursday = MONDAY + timedelta(days=3)
        assert seen_by(sanne, Kind.STUCK, at=thursday).items == ()
        assert only(sanne, Kind.STUCK, at=thursday + timedelta(days=1)).since == MONDAY

    @pytest.mark.parametrize("sign", ["note", "take_up", "resident"])
    def test_a_sign_of_life_of_a_person_counts(self, sanne: Actor, piet: Actor, held: Question, sign: str) -> None:
        with clock.told_at(MONDAY + timedelta(days=2)):
            if sign == "note":
                commands.add_note(actor=piet, question=held.id, text="Gebeld, geen gehoor.")
            elif sign == "take_up":
                commands.take_up_question(actor=piet, question=held.id)
            else:
                say("Hoe staat het ermee?", question=held.id)
        assert seen_by(sanne, Kind.STUCK, at=MONDAY + timedelta(days=4)).items == ()

    def test_what_the_machine_notes_does_not_hide_it(self, sanne: Actor, held: Question) -> None:
        friday = MONDAY + timedelta(days=4)
        Question.objects.filter(id=held.id).update(answer_due=MONDAY)
        with clock.told_at(friday - timedelta(hours=1)):
            assert note_late_questions(actor=MACHINE) == 1
        assert only(sanne, Kind.STUCK, at=friday).since == MONDAY

    def test_what_waits_for_the_resident_is_not_stuck(self, sanne: Actor, held: Question) -> None:
        Question.objects.filter(id=held.id).update(state=QuestionState.WAITING)
        assert seen_by(sanne, Kind.STUCK, at=MONDAY + timedelta(days=30)).items == ()

    @given(st.dates(date(2026, 1, 1), date(2028, 12, 31)), st.dates(date(2026, 1, 1), date(2028, 12, 31)))
    def test_the_days_are_working_days(self, last: date, today: date) -> None:
        silent = datetime.combine(last, datetime.min.time(), clock.AMSTERDAM) < silent_since(today, workdays=3)
        assert silent == (add_workdays(last, 3) < today)


class TestNobody:
    def test_until_somebody_takes_it(self, sanne: Actor, piet: Actor, held: Question) -> None:
        assert only(sanne, Kind.NOBODY).employee == ""
        commands.take_up_question(actor=piet, question=held.id)
        assert seen_by(sanne, Kind.NOBODY).counts[Kind.NOBODY] == 0


class TestWhoSeesWhat:
    def test_a_lead_sees_their_own_teams_and_one_of_them(self, sanne: Actor, held: Question) -> None:
        ask(team="riool")
        ask(team="groen")
        assert seen_by(sanne, Kind.NOBODY).counts[Kind.NOBODY] == 2
        assert [item.team for item in seen_by(sanne, Kind.NOBODY, teams=["riool"]).items] == ["riool"]

    @pytest.mark.parametrize("teams", [None, ["groen"], ["wegen", "groen"]])
    def test_a_lead_sees_no_other_teams(self, sanne: Actor, teams: list[str] | None) -> None:
        with pytest.raises(NotAllowed):
            attention(sanne, teams=teams, kind=Kind.LATE)

    @pytest.mark.parametrize("role", [Role.SPECIALIST, Role.KCC])
    def test_who_leads_nobody_sees_nothing(self, db: None, role: Role) -> None:
        with pytest.raises(NotAllowed):
            attention(employee_with(role, teams=("wegen",)), teams=["wegen"], kind=Kind.LATE)

    def test_V52_steering_sees_the_whole_house(self, ali: Actor, held: Question) -> None:
        ask(team="groen")
        found = attention(ali, teams=None, kind=Kind.NOBODY)
        assert {item.team for item in found.items} == {"wegen", "groen"}


class TestOrderAndPages:
    def test_danger_first_then_what_waits_longest(self, sanne: Actor, held: Question) -> None:
        with clock.told_at(MONDAY + timedelta(hours=1)):
            later, danger = ask(team="wegen"), ask(team="riool")
        commands.change_urgency(actor=sanne, question=danger.id, to=Urgency.NOW, reason="Gas")
        numbers = [item.number for item in seen_by(sanne, Kind.NOBODY).items]
        assert numbers == [danger.number, held.number, later.number]

    def test_fifty_a_page_in_one_statement(self, sanne: Actor) -> None:
        numbers = {ask(team="wegen").number for _ in range(AT_MOST + 2)}
        with CaptureQueriesContext(connection) as captured:
            first = attention(sanne, teams=["wegen"], kind=Kind.NOBODY)
        second = attention(sanne, teams=["wegen"], kind=Kind.NOBODY, page=1)
        assert len(captured) == 1
        assert (len(first.items), first.more, len(second.items), second.more) == (AT_MOST, True, 2, False)
        assert {item.number for item in first.items + second.items} == numbers


def test_colleagues_stand_by_team_with_what_runs_and_who_is_away(sanne: Actor, piet: Actor, held: Question) -> None:
    commands.take_up_question(actor=piet, question=held.id)
    plan_leave(actor=sanne, employee=sanne.key, begins=MONDAY.date(), ends=TUESDAY.date(), cover=piet.key)
    assert [(one.team, one.name, one.running, one.away_until) for one in colleagues(["riool", "wegen"])] == [
        ("riool", sanne.name, 0, TUESDAY.date()),
        ("wegen", piet.name, 1, None),
        ("wegen", sanne.name, 0, TUESDAY.date()),
    ]


class TestNotSolved:
    def test_it_works(self, sanne: Actor, piet: Actor) -> None:
        hiltje = register_resident(given="Hiltje")
        held = ask(by=hiltje, team="wegen")
        close(piet, held.id)
        assert seen_by(sanne, Kind.NOT_SOLVED).counts[Kind.NOT_SOLVED] == 0
        commands.reopen_question(actor=hiltje, question=held.id, words="De stoep ligt weer los.")
        item = only(sanne, Kind.NOT_SOLVED)
        assert (item.number, item.words, item.employee) == (held.number, "De stoep ligt weer los.", piet.name)

    def test_until_we_speak_to_them_again_whatever_they_write_after_that(self, sanne: Actor, piet: Actor) -> None:
        hiltje = register_resident(given="Hiltje")
        held = ask(by=hiltje, team="wegen")
        close(piet, held.id)
        commands.reopen_question(actor=hiltje, question=held.id, words="")
        later = MONDAY + timedelta(hours=1)
        with clock.told_at(later):
            answer(piet, held.id)
            say("Dank u wel!", by=hiltje, question=held.id)
        assert seen_by(sanne, Kind.NOT_SOLVED, at=later).counts[Kind.NOT_SOLVED] == 0

    def test_a_new_message_in_what_was_closed_is_no_such_word(self, sanne: Actor, piet: Actor) -> None:
        hiltje = register_resident(given="Hiltje")
        held = ask(by=hiltje, team="wegen")
        close(piet, held.id)
        say("Dank u wel!", by=hiltje, question=held.id)
        assert seen_by(sanne, Kind.NOT_SOLVED).counts[Kind.NOT_SOLVED] == 0
