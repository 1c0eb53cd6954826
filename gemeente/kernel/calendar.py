"""Working days of the municipality, and the begin and end of one.

Public holidays of the Netherlands (Bevrijdingsdag in lustrum years only, Good Friday counts as a working day) and
Gronings Ontzet on 28 August, the city's own holiday.
"""

from datetime import date, datetime, time, timedelta
from functools import cache

import holidays

from gemeente.kernel.clock import AMSTERDAM

GRONINGS_ONTZET = (8, 28)
OFFICE_OPENS = time(9, 0)
OFFICE_CLOSES = time(17, 0)


@cache
def _public_holidays(year: int) -> frozenset[date]:
    national = holidays.country_holidays("NL", years=year, language="en_US")
    national.pop_named("Good Friday")  # banks and schools close, the municipality works
    return frozenset(national)


def is_workday(day: date) -> bool:
    """Tell whether the municipality works on this date."""
    if day.weekday() >= 5 or (day.month, day.day) == GRONINGS_ONTZET:
        return False
    return day not in _public_holidays(day.year)


def next_workday(day: date) -> date:
    """Return the first working day after `day`."""
    day += timedelta(days=1)
    while not is_workday(day):
        day += timedelta(days=1)
    return day


def add_workdays(day: date, count: int) -> date:
    """Return the date `count` working days after `day`; `day` itself is day 0 and need not be a working day."""
    for _ in range(count):
        day = next_workday(day)
    return day


def add_office_time(moment: datetime, length: timedelta) -> datetime:
    """Return the moment, aware, at which the office has been open for `length` since `moment`."""
    day = moment.astimezone(AMSTERDAM).date()
    begin = max(moment, start_of_workday(day))
    while not is_workday(day) or begin + length > end_of_workday(day):
        if is_workday(day) and begin < end_of_workday(day):
            length -= end_of_workday(day) - begin
        day = next_workday(day)
        begin = start_of_workday(day)
    return begin + length


def start_of_workday(day: date) -> datetime:
    """Return the moment, aware, at which the office opens on this date."""
    return datetime.combine(day, OFFICE_OPENS, AMSTERDAM)


def end_of_workday(day: date) -> datetime:
    """Return the moment, aware, at which the office closes on this date."""
    return datetime.combine(day, OFFICE_CLOSES, AMSTERDAM)
