"""The steps that a resident sees: three, one of them now (R8, R10)."""

from datetime import UTC, datetime, timedelta

from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from gemeente.contact.steps import steps_of
from gemeente.contact.types import QuestionState, Step
from gemeente.kernel import clock

ASKED = datetime(2026, 11, 24, 9, tzinfo=UTC)
DUE = ASKED + timedelta(days=7)
LATER = ASKED + timedelta(days=2)


def steps(state: QuestionState, *, answered: bool = False, needs: str = "") -> tuple[Step, ...]:
    closed_at = LATER if state == QuestionState.CLOSED else None
    with translation.override("nl"), clock.told_at(ASKED):
        return steps_of(
            state=state,
            asked_at=ASKED,
            answer_due=DUE,
            answered_at=LATER if answered else None,
            closed_at=closed_at,
            needs=needs,
        )


@given(st.sampled_from(QuestionState), st.booleans(), st.sampled_from(["", "Een foto"]))
def test_three_steps_of_which_one_is_now_until_it_is_closed(state: QuestionState, answered: bool, needs: str) -> None:
    order = [step.state for step in steps(state, answered=answered, needs=needs)]
    assert order in (["done", "now", "later"], ["done", "done", "now"], ["done", "done", "done"])
    assert (order == ["done"] * 3) == (state == QuestionState.CLOSED)


def test_a_new_question_says_by_when() -> None:
    asked, looking, answer = steps(QuestionState.NEW)
    assert (asked.label, asked.when) == ("U stelde uw vraag", "dinsdag 24 november")
    assert looking.label == "Wij zoeken het uit"
    assert answer.when == "Vóór woensdag 2 december"


def test_it_says_who_is_to_move() -> None:
    assert steps(QuestionState.WAITING, needs="Een foto")[1].label == "Wij wachten op u"
    assert steps(QuestionState.WAITING, answered=True, needs="Een foto")[1].label == "Wij wachten op u"


def test_an_answered_question_says_when() -> None:
    assert steps(QuestionState.WORKING, answered=True)[2] == Step(
        label="U kreeg antwoord", when="donderdag 26 november", state="now"
    )
