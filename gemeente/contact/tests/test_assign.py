"""Giving questions to somebody: one goes wrong and the others go on; steering says why, and that stays (V34, V52)."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from gemeente.access.types import Actor, Role
from gemeente.audit.models import Entry
from gemeente.config.tests.people import employee_with, register_resident
from gemeente.contact import commands
from gemeente.contact.commands import Chosen, Divided
from gemeente.contact.models import HandOver, HistoryEntry, Promise, Question
from gemeente.contact.queries.portal import question_page
from gemeente.contact.queries.workspace import version_of
from gemeente.contact.tests.talk import ask, close, history_of
from gemeente.contact.types import NewPromise, PromiseKind
from gemeente.kernel import clock
from gemeente.kernel.errors import DomainError, NotAllowed
from gemeente.kernel.ids import new_id

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 23, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def on_a_monday() -> Iterator[None]:
    with clock.told_at(MONDAY):
        yield


@pytest.fixture
def sanne() -> Actor:
    return employee_with(Role.TEAM_LEAD, teams=("wegen", "riool"), username="sanne")


@pytest.fixture
def piet() -> Actor:
    return employee_with(Role.SPECIALIST, teams=("wegen",), username="piet")


@pytest.fixture
def greet() -> Actor:
    return employee_with(Role.SPECIALIST, teams=("groen",), username="greet")


@pytest.fixture
def ali() -> Actor:
    return employee_with(Role.STEERING, teams=("bezwaar",), username="ali")


@pytest.fixture
def hiltje() -> Actor:
    return register_resident()


@pytest.fixture
def held(hiltje: Actor) -> Question:
    return ask(by=hiltje, team="wegen")


def row(question: Question) -> Question:
    return Question.objects.get(id=question.id)


def give(
    by: Actor,
    *questions: Question,
    team: str = "wegen",
    to: Actor | None = None,
    reason: str = "",
    seen: int | None = None,
) -> Divided:
    chosen = [Chosen(question=one.id, seen_version=version_of(one.id) if seen is None else seen) for one in questions]
    return commands.assign_questions(actor=by, chosen=chosen, team=team, employee=to.key if to else None, reason=reason)


class TestWithinATeam:
    def test_it_works(self, sanne: Actor, piet: Actor, hiltje: Actor, held: Question) -> None:
        other = ask(team="wegen")
        assert give(sanne, held, other, to=piet) == Divided(given=2, refused=())
        assert {row(held).handler, row(other).handler} == {piet.id}
        assert (row(held).answer_due, row(held).urgency) == (held.answer_due, held.urgency)
        assert question_page(hiltje.key, held.number).person == piet.id
        line = HistoryEntry.objects.get(question=held.id, kind="assigned")
        assert (line.actor, line.words) == (sanne.id, f"{piet.name} helpt nu.")

    def test_each_has_its_own_audit_line_about_its_own_resident(
        self, sanne: Actor, piet: Actor, hiltje: Actor, held: Question
    ) -> None:
        give(sanne, held, ask(team="wegen"), to=piet)
        subjects = Entry.objects.filter(action="assign_question").order_by("id").values_list("subject", flat=True)
        assert list(subjects) == [hiltje.id, None]

    def test_twice_is_once(self, sanne: Actor, piet: Actor, held: Question) -> None:
        give(sanne, held, to=piet)
        assert give(sanne, held, held, to=piet, seen=0) == Divided(given=1, refused=())
        assert history_of(held.id).count("assigned") == 1

    def test_the_new_handler_keeps_what_was_promised(self, sanne: Actor, piet: Actor, held: Question) -> None:
        new = NewPromise(words="Ik bel", kind=PromiseKind.CALL_BACK, due_at=MONDAY + timedelta(hours=4))
        commands.make_promise(actor=piet, question=held.id, promise=new)
        commands.make_promise(
            actor=piet,
            question=held.id,
            promise=NewPromise(words="Komt", kind=PromiseKind.VISIT, due_at=new.due_at, who="De stratenmaker"),
        )
        commands.take_up_question(actor=sanne, question=held.id)
        give(sanne, held, to=sanne)
        kept = Promise.objects.order_by("words")
        assert [(one.employee, one.who) for one in kept] == [(sanne.id, sanne.name), (sanne.id, "De stratenmaker")]

    def test_giving_what_waits_to_be_accepted_accepts_it(self, sanne: Actor, piet: Actor, greet: Actor) -> None:
        held = ask(team="groen")
        give_away = {"reason": "Dit is een stoep", "seen_version": version_of(held.id)}
        commands.hand_over_question(actor=greet, question=held.id, to="wegen", **give_away)  # type: ignore[arg-type]  # two kinds in one dict
        give(sanne, held, to=piet)
        waiting = HandOver.objects.get()
        assert (waiting.accepted_at, waiting.ended_by_name, row(held).handler) == (MONDAY, sanne.name, piet.id)


class TestWhatGoesWrong:
    def test_one_is_told_and_the_others_go_on(self, sanne: Actor, piet: Actor, held: Question) -> None:
        closed, changed, fine = held, ask(team="wegen"), ask(team="wegen")
        close(piet, closed.id)
        chosen = [
            Chosen(question=closed.id, seen_version=version_of(closed.id)),
            Chosen(question=changed.id, seen_version=7),
            Chosen(question=new_id(), seen_version=0),
            Chosen(question=fine.id, seen_version=0),
        ]
        done = commands.assign_questions(actor=sanne, chosen=chosen, team="wegen", employee=piet.key, reason="Weg")
        assert done.given == 1
        assert row(fine).handler == piet.id
        assert [number for number, _ in done.refused] == [closed.number, changed.number, ""]
        assert ["afgerond" in done.refused[0][1], "collega" in done.refused[1][1]] == [True, True]
        assert row(changed).handler is None

    def test_another_teams_question_stays_where_it_is(self, sanne: Actor, greet: Actor) -> None:
        held = ask(team="groen")
        done = give(sanne, held, team="groen", to=greet)
        assert (done.given, row(held).handler) == (0, None)
        assert "ander team" in done.refused[0][1]

    def test_somebody_of_another_team_does_not_get_it(self, sanne: Actor, greet: Actor, held: Question) -> None:
        assert "werkt niet in dit team" in give(sanne, held, to=greet).refused[0][1]

    @pytest.mark.parametrize("role", [Role.SPECIALIST, Role.KCC])
    def test_who_leads_nobody_gives_nothing(self, piet: Actor, held: Question, role: Role) -> None:
        assert give(employee_with(role, teams=("wegen",), username="wim"), held, to=piet).given == 0
        assert row(held).handler is None
        assert Entry.objects.get(action="assign_question").refused


class TestToAnotherTeam:
    def test_a_lead_hands_over_with_a_reason(self, sanne: Actor, held: Question) -> None:
        assert give(sanne, held, team="groen", reason="Het is een boomwortel").given == 1
        assert (row(held).team, row(held).hand_overs, row(held).answer_due) == ("groen", 1, held.answer_due)
        assert HandOver.objects.get().reason == "Het is een boomwortel"

    def test_not_without_one(self, sanne: Actor, held: Question) -> None:
        assert "waarom" in give(sanne, held, team="groen").refused[0][1]
        assert row(held).team == "wegen"


class TestSteering:
    def test_V52_steering_takes_a_question_to_another_department_with_a_reason_that_stays(
        self, ali: Actor, hiltje: Actor, held: Question
    ) -> None:
        assert give(ali, held, team="wmo", reason="Zij kan de deur niet uit").given == 1
        assert (row(held).team, row(held).answer_due, row(held).urgency) == ("wmo", held.answer_due, held.urgency)
        line = HistoryEntry.objects.get(question=held.id, kind="reassigned")
        assert (line.words, line.data) == ("Zij kan de deur niet uit", {"to": "wmo", "of": "wegen"})
        audited = Entry.objects.get(action="reassign_question")
        assert (audited.subject, audited.what) == (hiltje.id, ["Anders verdeeld: Zij kan de deur niet uit"])

    def test_to_somebody_in_the_team_that_has_it(self, ali: Actor, piet: Actor, held: Question) -> None:
        assert give(ali, held, to=piet, reason="Piet kent de straat").given == 1
        assert row(held).handler == piet.id
        assert "Piet kent de straat" in HistoryEntry.objects.get(kind="reassigned").words

    def test_what_waits_in_vain_moves_on(self, ali: Actor, piet: Actor, held: Question) -> None:
        give_away = {"reason": "Boom", "seen_version": version_of(held.id)}
        commands.hand_over_question(actor=piet, question=held.id, to="groen", **give_away)  # type: ignore[arg-type]  # two kinds in one dict
        assert give(ali, held, team="riool", reason="Groen heeft niemand").given == 1
        first, second = HandOver.objects.order_by("nth")
        assert (first.given_back_at, first.give_back_reason) == (MONDAY, "Groen heeft niemand")
        assert (second.from_team, second.to_team, second.given_back_at) == ("groen", "riool", None)

    def test_never_without_a_reason(self, ali: Actor, piet: Actor, held: Question) -> None:
        assert "waarom" in give(ali, held, to=piet, reason=" ").refused[0][1]
        with pytest.raises(DomainError):
            reassign(ali, held.id, reason="")
        assert row(held).handler is None

    @pytest.mark.parametrize("role", [role for role in Role if role != Role.STEERING])
    def test_only_steering_reassigns(self, held: Question, role: Role) -> None:
        with pytest.raises(NotAllowed):
            reassign(employee_with(role, teams=("wegen",)), held.id, reason="Omdat ik het wil")
        assert Entry.objects.get(action="reassign_question").refused

    def test_a_refused_move_leaves_the_waiting_hand_over(self, ali: Actor, piet: Actor, held: Question) -> None:
        give_away = {"reason": "Boom", "seen_version": version_of(held.id)}
        commands.hand_over_question(actor=piet, question=held.id, to="groen", **give_away)  # type: ignore[arg-type]  # two kinds in one dict
        assert give(ali, held, team="groen", reason="Nog eens").given == 0
        assert HandOver.objects.get().given_back_at is None
        assert "reassigned" not in history_of(held.id)


def reassign(by: Actor, question: UUID, *, reason: str) -> None:
    commands.reassign_question(
        actor=by, question=question, team="riool", employee=None, reason=reason, seen_version=version_of(question)
    )
