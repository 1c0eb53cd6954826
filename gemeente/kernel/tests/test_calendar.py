from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gemeente.kernel.calendar import add_workdays, end_of_workday, is_workday
from gemeente.kernel.clock import AMSTERDAM

DAYS = st.dates(date(2020, 1, 1), date(2040, 12, 31))


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 11, 24), True),
        (date(2026, 11, 28), False),
        (date(2026, 8, 28), False),  # Gronings Ontzet
        (date(2026, 4, 3), True),  # Good Friday
        (date(2026, 4, 6), False),  # Easter Monday
        (date(2026, 4, 27), False),  # King's Day
        (date(2025, 5, 5), False),  # liberation, a lustrum
        (date(2026, 5, 5), True),  # liberation, another year
        (date(2026, 5, 14), False),  # Ascension
        (date(2026, 12, 25), False),
    ],
)
def test_working_days_of_the_municipality(day: date, works: bool) -> None:
    assert is_workday(day) is works


def test_ten_working_days_pass_over_weekends_and_holidays() -> None:
    assert add_workdays(date(2026, 12, 18), 10) == date(2027, 1, 5)


@given(DAYS, st.integers(1, 60))
def test_the_answer_day_is_a_working_day_and_no_earlier_than_counted(day: date, count: int) -> None:
    due = add_workdays(day, count)
    assert is_workday(due)
    assert (due - day).days >= count
    assert add_workdays(due, 1) > due


def test_the_office_closes_at_five_local_time_also_in_summer() -> None:
    assert end_of_workday(date(2026, 7, 1)) == datetime(2026, 7, 1, 17, tzinfo=AMSTERDAM)
    assert end_of_workday(date(2026, 7, 1)).utcoffset() != end_of_workday(date(2026, 1, 2)).utcoffset()
