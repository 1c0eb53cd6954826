"""By when somebody hears from us: the promise of each question."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gemeente.contact.rules import answer_due
from gemeente.contact.types import Urgency
from gemeente.kernel.calendar import is_workday
from gemeente.kernel.clock import AMSTERDAM

MOMENTS = st.datetimes(datetime(2024, 1, 1), datetime(2036, 1, 1), timezones=st.just(UTC))
NORMS = st.integers(1, 30)


def local(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=AMSTERDAM)


def due(asked_at: datetime, *, norm: int = 5, urgency: Urgency = Urgency.NORMAL) -> datetime:
    return answer_due(asked_at=asked_at, norm_workdays=norm, urgency=urgency).astimezone(AMSTERDAM)


@given(MOMENTS, NORMS)
def test_a_norm_counts_working_days_after_the_local_day_of_asking(asked_at: datetime, norm: int) -> None:
    promised = due(asked_at, norm=norm)
    first, last = asked_at.astimezone(AMSTERDAM).date(), promised.date()
    between = [first + timedelta(days=away) for away in range(1, (last - first).days + 1)]
    assert sum(map(is_workday, between)) == norm
    assert is_workday(last)
    assert (promised.hour, promised.minute) == (17, 0)


@given(MOMENTS, NORMS, st.sampled_from(Urgency))
def test_a_promise_lies_in_the_future(asked_at: datetime, norm: int, urgency: Urgency) -> None:
    assert due(asked_at, norm=norm, urgency=urgency) > asked_at


@given(MOMENTS, NORMS)
def test_more_haste_is_never_later(asked_at: datetime, norm: int) -> None:
    dates = [due(asked_at, norm=norm, urgency=urgency) for urgency in (Urgency.NOW, Urgency.TODAY, Urgency.NORMAL)]
    assert dates == sorted(dates)


@given(MOMENTS)
def test_danger_never_waits_for_another_day_at_the_office(asked_at: datetime) -> None:
    assert due(asked_at, urgency=Urgency.NOW) - asked_at <= timedelta(hours=8)


@pytest.mark.parametrize(
    ("asked", "norm", "promised"),
    [
        ("2026-11-24T10:00", 5, "2026-12-01"),
        ("2026-11-28T10:00", 1, "2026-11-30"),  # a Saturday
        ("2026-11-25T00:30", 1, "2026-11-26"),  # in UTC it is still Tuesday
        ("2026-12-24T12:00", 1, "2026-12-28"),  # over Christmas
        ("2026-08-27T12:00", 1, "2026-08-31"),  # over Gronings Ontzet and a weekend
        ("2026-04-02T12:00", 2, "2026-04-07"),  # Good Friday counts, Easter Monday does not
    ],
)
def test_the_norm_in_days_that_people_know(asked: str, norm: int, promised: str) -> None:
    assert due(local(asked), norm=norm).date() == date.fromisoformat(promised)


def test_a_change_of_the_clock_does_not_move_closing_time() -> None:
    assert due(local("2026-10-23T12:00"), norm=1) == local("2026-10-26T17:00")


@pytest.mark.parametrize(
    ("asked", "promised"),
    [
        ("2026-11-24T09:00", "2026-11-24T17:00"),
        ("2026-11-24T15:59", "2026-11-24T17:00"),
        ("2026-11-24T16:00", "2026-11-24T18:00"),
        ("2026-11-24T23:30", "2026-11-25T01:30"),
        ("2026-11-24T03:00", "2026-11-24T05:00"),  # a working day, but nobody is there yet
        ("2026-11-24T08:59", "2026-11-24T10:59"),
        ("2026-11-28T12:00", "2026-11-28T14:00"),  # Saturday
        ("2026-08-28T12:00", "2026-08-28T14:00"),  # Gronings Ontzet
    ],
)
def test_danger_is_answered_today_and_at_night_within_two_hours(asked: str, promised: str) -> None:
    assert due(local(asked), urgency=Urgency.NOW) == local(promised)


@pytest.mark.parametrize(
    ("asked", "promised"),
    [
        ("2026-11-24T10:00", "2026-11-25T17:00"),
        ("2026-11-27T16:59", "2026-11-30T17:00"),
        ("2026-12-31T10:00", "2027-01-04T17:00"),
    ],
)
@pytest.mark.parametrize("norm", [1, 20])
def test_haste_is_answered_by_the_next_working_day_whatever_the_norm(asked: str, promised: str, norm: int) -> None:
    assert due(local(asked), norm=norm, urgency=Urgency.TODAY) == local(promised)
