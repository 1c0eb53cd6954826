"""What a merge decides, for all ways in which two questions can stand."""

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gemeente.contact.merge_rules import Across, Side, across, require_merge, together
from gemeente.contact.types import QuestionState, Urgency
from gemeente.kernel.errors import DomainError

MONDAY = datetime(2026, 11, 23, 9, tzinfo=UTC)
HILTJE, JELLE, HOUSE, OTHER_HOUSE = (UUID(int=nth) for nth in range(1, 5))
moments = st.integers(0, 60).map(lambda days: MONDAY + timedelta(days=days))


@st.composite
def sides(draw: st.DrawFn) -> Side:
    return Side(
        id=uuid4(),
        number="2026-10001",
        party=draw(st.sampled_from([None, HILTJE, JELLE])),
        household=draw(st.sampled_from([None, HOUSE, OTHER_HOUSE])),
        email=draw(st.sampled_from(["", "een@voorbeeld.nl", "Een@voorbeeld.nl", "twee@voorbeeld.nl"])),
        state=draw(st.sampled_from(QuestionState)),
        urgency=draw(st.sampled_from(Urgency)),
        answer_due=draw(moments),
        answered_at=draw(st.none() | moments),
        merged=draw(st.booleans()),
        open_with=draw(st.sampled_from(["", "Schuldhulp"])),
        owed=draw(st.booleans()),
    )


@given(survivor=sides(), other=sides())
def test_the_higher_urgency_and_the_earliest_open_date_stay(survivor: Side, other: Side) -> None:
    both = {side.id: side for side in (survivor, other)}
    after = together(survivor, other)
    assert both[after.urgency_of].urgency.rank == max(side.urgency.rank for side in both.values())
    owed = [side.answer_due for side in both.values() if side.waits_for_answer]
    assert both[after.date_of].answer_due == min(owed or [side.answer_due for side in both.values()])
    assert (after.answered_at is None) == bool(owed) or survivor.answered_at is None


@given(survivor=sides(), other=sides())
def test_it_runs_as_long_as_one_of_them_runs(survivor: Side, other: Side) -> None:
    closed = together(survivor, other).state == QuestionState.CLOSED
    assert closed == (survivor.closed and other.closed)


@given(survivor=sides(), other=sides(), agreed=st.booleans())
def test_nobodys_words_go_to_another_without_a_yes(survivor: Side, other: Side, agreed: bool) -> None:
    try:
        apart = require_merge(survivor, other, agreed=agreed)
    except DomainError:
        return
    assert apart == across(survivor, other) != Across.OTHERS
    assert agreed or apart == Across.ONE
    assert survivor.party is not None or other.party is None
    assert not any((survivor.merged, other.merged, survivor.open_with, other.open_with))
    assert other.closed or not survivor.closed


@pytest.mark.parametrize(
    ("mine", "theirs", "apart"),
    [
        ({"party": HILTJE}, {"party": HILTJE}, Across.ONE),
        ({"party": HILTJE}, {"party": None}, Across.UNKNOWN),
        ({"party": None, "email": "een@voorbeeld.nl"}, {"party": None, "email": "EEN@voorbeeld.nl"}, Across.ONE),
        ({"party": None, "email": ""}, {"party": None, "email": ""}, Across.UNKNOWN),
        ({"party": HILTJE, "household": HOUSE}, {"party": JELLE, "household": HOUSE}, Across.HOUSEHOLD),
        ({"party": HILTJE, "household": None}, {"party": JELLE, "household": None}, Across.OTHERS),
        ({"party": HILTJE, "household": HOUSE}, {"party": JELLE, "household": OTHER_HOUSE}, Across.OTHERS),
    ],
)
def test_how_far_apart_two_askers_are(mine: dict[str, object], theirs: dict[str, object], apart: Across) -> None:
    assert across(_side(mine), _side(theirs)) == apart


def _side(given: dict[str, object]) -> Side:
    plain = {
        "id": uuid4(),
        "number": "2026-10001",
        "household": None,
        "email": "",
        "state": QuestionState.NEW,
        "urgency": Urgency.NORMAL,
        "answer_due": MONDAY,
        "answered_at": None,
        "merged": False,
        "open_with": "",
        "owed": False,
    }
    return Side(**plain | given)  # type: ignore[arg-type]  # as each row gives
