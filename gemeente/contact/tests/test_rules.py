"""Who may open a question, how it closes and opens again, and what haste may become. No database."""

from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gemeente.access.types import ANONYMOUS, Actor, ActorKind, Role, system
from gemeente.contact import rules
from gemeente.contact.types import Outcome, QuestionState, Urgency
from gemeente.kernel.errors import Conflict, DomainError, NotAllowed

WORDS = "De stoep is gemaakt."
STATES = st.sampled_from(QuestionState)


def employee(*roles: Role, teams: tuple[str, ...] = ("wegen",)) -> Actor:
    return Actor(kind=ActorKind.EMPLOYEE, id=uuid4(), roles=frozenset(roles), teams=frozenset(teams))


class TestWhoMayOpen:
    def test_the_team_opens_its_own(self) -> None:
        rules.require_open(employee(Role.SPECIALIST), team="wegen", handler=None)

    @pytest.mark.parametrize("role", [Role.KCC, Role.STEERING])
    def test_a_role_that_sees_all_opens_every_teams(self, role: Role) -> None:
        rules.require_open(employee(role), team="wmo", handler=None)

    @pytest.mark.parametrize("role", [Role.SPECIALIST, Role.TEAM_LEAD, Role.ADMINISTRATOR])
    def test_another_teams_is_refused(self, role: Role) -> None:
        with pytest.raises(NotAllowed):
            rules.require_open(employee(role), team="wmo", handler=None)

    def test_who_handles_it_keeps_it_open_after_a_change_of_team(self) -> None:
        specialist = employee(Role.SPECIALIST)
        rules.require_open(specialist, team="wmo", handler=specialist.id)
        with pytest.raises(NotAllowed):
            rules.require_open(specialist, team="wmo", handler=uuid4())

    def test_a_question_without_handler_is_not_nobodys(self) -> None:
        with pytest.raises(NotAllowed):
            rules.require_open(ANONYMOUS, team="wegen", handler=None)

    def test_the_system_opens_all(self) -> None:
        rules.require_open(system("Postverwerking"), team="wmo", handler=None)


class TestUrgency:
    @given(
        st.sampled_from(Urgency), st.sampled_from(Urgency), st.sampled_from(["", "  ", "al opgelost"]), st.booleans()
    )
    def test_V91_anybody_raises_and_only_another_lowers_with_a_reason(
        self, before: Urgency, to: Urgency, reason: str, by_handler: bool
    ) -> None:
        if to.rank < before.rank and (by_handler or not reason.strip()):
            with pytest.raises(NotAllowed if by_handler else DomainError):
                rules.change_urgency(before=before, to=to, reason=reason, by_handler=by_handler)
        else:
            assert rules.change_urgency(before=before, to=to, reason=reason, by_handler=by_handler) == to

    def test_the_ranks_stand_in_order(self) -> None:
        assert [urgency.rank for urgency in (Urgency.NORMAL, Urgency.TODAY, Urgency.NOW)] == [0, 1, 2]


class TestClosing:
    @given(STATES, st.sampled_from([None, *Outcome]), st.text(max_size=30))
    def test_it_closes_once_with_an_outcome_and_words(
        self, state: QuestionState, outcome: Outcome | None, words: str
    ) -> None:
        if state != QuestionState.CLOSED and outcome and len(words.strip()) >= 10:
            assert rules.close(state=state, outcome=outcome, words=words) == outcome
        else:
            with pytest.raises(DomainError):
                rules.close(state=state, outcome=outcome, words=words)

    def test_what_is_closed_already_is_a_conflict(self) -> None:
        with pytest.raises(Conflict):
            rules.close(state=QuestionState.CLOSED, outcome=Outcome.SOLVED, words=WORDS)

    @given(STATES)
    def test_only_what_is_closed_opens_again(self, state: QuestionState) -> None:
        if state == QuestionState.CLOSED:
            rules.reopen(state=state)
        else:
            with pytest.raises(DomainError):
                rules.reopen(state=state)


class TestAskingBack:
    @given(STATES, st.sampled_from(["", " \n", " Een foto van de stoep. "]))
    def test_a_running_question_may_wait_for_something_that_is_named(self, state: QuestionState, needs: str) -> None:
        if state != QuestionState.CLOSED and needs.strip():
            assert rules.ask_back(state=state, needs=needs) == "Een foto van de stoep."
        else:
            with pytest.raises(DomainError):
                rules.ask_back(state=state, needs=needs)


@given(st.integers(0, 50), st.integers(0, 50))
def test_only_who_saw_the_last_version_may_write(seen: int, now: int) -> None:
    if seen == now:
        rules.require_same_version(seen=seen, now=now)
    else:
        with pytest.raises(Conflict):
            rules.require_same_version(seen=seen, now=now)
