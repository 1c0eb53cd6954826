"""What each way of saying a date means, seen from the moment of writing: one function for each reading in dates.toml."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta

from gemeente.contact.promises.dates import (
    DAY_ENDS,
    EARLY,
    FRIDAY,
    LATE,
    MIDDLE,
    WEEK_EDGES,
    Groups,
    Reading,
    Unreadable,
    add_months,
    day_of_week,
    easter,
    first_weekday,
    month_ends,
    not_before,
    vocabulary,
)
from gemeente.kernel.calendar import add_workdays, next_workday
from gemeente.kernel.clock import AMSTERDAM

MOST = {"months": 36, "years": 3}
SHIFTS = {"vandaag": 0, "today": 0, "morgen": 1, "tomorrow": 1}
OFFICE_HOUR = 7
EXACT = {"minutes": timedelta(minutes=1), "quarters": timedelta(minutes=15), "hours": timedelta(hours=1)}
DAYS = {"days": 1, "weeks": 7, "fortnights": 14}


def _edge(groups: Groups, otherwise: str = LATE) -> str:
    said = groups.get("edge", otherwise)
    if said.startswith(("begin", "early", "start")):
        return EARLY
    return MIDDLE if said.startswith(("medio", "mid", "half")) else LATE


def _part(groups: Groups) -> time | None:
    said = groups.get("part")
    return vocabulary().parts[said.strip()] if said else None


def _weekday(groups: Groups) -> int:
    return vocabulary().weekdays[groups.get("weekday") or groups["short_weekday"]]


def _shifted(groups: Groups, today: date) -> date:
    return today + timedelta(days=SHIFTS.get(groups["shift"], 2))


def _weeks_on(groups: Groups, now: datetime) -> Reading:
    weeks = vocabulary().count(groups.get("n"))
    return first_weekday(now.date(), _weekday(groups)) + timedelta(weeks=weeks), None, None


def _day_on(groups: Groups, now: datetime) -> Reading:
    return _shifted(groups, now.date()) + timedelta(weeks=vocabulary().count(groups.get("n"))), None, None


def _weekday_next_week(groups: Groups, now: datetime) -> Reading:
    return day_of_week(now.date(), _weekday(groups), 1), _part(groups), None


def _weekday_this_week(groups: Groups, now: datetime) -> Reading:
    return not_before(day_of_week(now.date(), _weekday(groups)), now.date()), _part(groups), None


def _weekday_to_come(groups: Groups, now: datetime) -> Reading:
    return first_weekday(now.date(), _weekday(groups)), _part(groups), None


def _date_of(groups: Groups, today: date) -> date:
    """Return a date without a year as the first to come. Raises Unreadable for a date that does not exist."""
    words = vocabulary()
    month = int(groups["month_number"]) if "month_number" in groups else words.months[groups["month"]]
    day = int(groups["day"].rstrip("abcdefghijklmnopqrstuvwxyz"))
    try:
        if "year" in groups:
            return date(int(groups["year"]), month, day)
        found = date(today.year, month, day)
        return found if found >= today else date(today.year + 1, month, day)
    except ValueError as wrong:
        raise Unreadable from wrong


def _calendar(groups: Groups, now: datetime) -> Reading:
    found = _date_of(groups, now.date())
    if ("weekday" in groups or "short_weekday" in groups) and _weekday(groups) != found.weekday():
        raise Unreadable
    return found, _part(groups), None


def _month_day(groups: Groups, now: datetime) -> Reading:
    day = int(groups["ordinal"].rstrip("abcdefghijklmnopqrstuvwxyz"))
    first = now.date().replace(day=1)
    for ahead in range(3):
        month = add_months(first, ahead)
        found = add_months(month, 1) - timedelta(days=1)
        if found.day >= day and month.replace(day=day) >= now.date():
            if "weekday" in groups and month.replace(day=day).weekday() != _weekday(groups):
                raise Unreadable
            return month.replace(day=day), None, None
    raise Unreadable


def _within(groups: Groups, now: datetime) -> Reading:
    words, today = vocabulary(), now.date()
    unit = "workdays" if "working" in groups else words.units[groups["unit"]]
    count = words.count(groups["n"])
    if unit in EXACT:
        return None, None, (now.astimezone(UTC) + count * EXACT[unit]).astimezone(AMSTERDAM)
    if unit == "workdays":
        return add_workdays(today, count), None, None
    if unit in MOST:
        return add_months(today, min(count, MOST[unit]) * (12 if unit == "years" else 1)), None, None
    return today + timedelta(days=count * DAYS[unit]), None, None


def _half_hour(groups: Groups, now: datetime) -> Reading:
    return None, None, (now.astimezone(UTC) + timedelta(minutes=30)).astimezone(AMSTERDAM)


def _one_of(groups: Groups, now: datetime) -> Reading:
    return _within(groups | {"n": "1"}, now)


def _week_part(groups: Groups, now: datetime) -> Reading:
    today = now.date()
    weekday = WEEK_EDGES[_edge(groups)]
    if "week_number" in groups:
        return _in_week(int(groups["week_number"]), weekday, today), None, None
    if "day" in groups:
        return day_of_week(_date_of(groups, today), FRIDAY), None, None
    if any(word in groups.get("week", "") for word in ("volgende", "komende", "next", "coming")):
        return day_of_week(today, weekday, 1), None, None
    return not_before(day_of_week(today, weekday), today), None, None


def _in_week(number: int, weekday: int, today: date) -> date:
    for year in (today.isocalendar().year, today.isocalendar().year + 1):
        try:
            found = date.fromisocalendar(year, number, weekday + 1)
        except ValueError as wrong:
            raise Unreadable from wrong
        if found >= today:
            return found
    raise Unreadable


def _month_part(groups: Groups, now: datetime) -> Reading:
    today = now.date()
    edge = _edge(groups)
    if "month" in groups:
        month, year = vocabulary().months[groups["month"]], int(groups.get("year", today.year))
        found = _in_month(date(year, month, 1), edge)
        return (found if found >= today or "year" in groups else _in_month(date(year + 1, month, 1), edge)), None, None
    ahead = 1 if "next" in groups else 0
    found = _in_month(add_months(today.replace(day=1), ahead), edge)
    return (found if found >= today else _in_month(add_months(today.replace(day=1), 1), edge)), None, None


def _in_month(first: date, edge: str) -> date:
    return {EARLY: first.replace(day=10), MIDDLE: first.replace(day=15), LATE: month_ends(first)}[edge]


def _year_end(groups: Groups, now: datetime) -> Reading:
    return date(now.year, 12, 31), None, None


def _christmas(groups: Groups, now: datetime) -> Reading:
    eve = date(now.year, 12, 24)
    return (eve if eve >= now.date() else date(now.year + 1, 12, 24)), None, None


def _easter(groups: Groups, now: datetime) -> Reading:
    eves = (easter(year) - timedelta(days=1) for year in (now.year, now.year + 1))
    return next(eve for eve in eves if eve >= now.date()), None, None


def _weekend(groups: Groups, now: datetime) -> Reading:
    return day_of_week(now.date(), 6), None, None


def _next_workday(groups: Groups, now: datetime) -> Reading:
    return next_workday(now.date()), None, None


def _day_shift(groups: Groups, now: datetime) -> Reading:
    return _shifted(groups, now.date()), _part(groups), None


def _part_today(groups: Groups, now: datetime) -> Reading:
    return now.date(), _part(groups), None


def _day_end(groups: Groups, now: datetime) -> Reading:
    return None, DAY_ENDS, None


def _part_of_day(groups: Groups, now: datetime) -> Reading:
    return None, _part(groups), None


def _clock(groups: Groups, now: datetime) -> Reading:
    said = groups.get("hour") or groups["hour_word"]
    hour = vocabulary().count(said)
    minute = int(groups.get("minute", "0"))
    half = groups.get("half", "")[:1]
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    elif hour < OFFICE_HOUR and not said.startswith("0"):
        hour += 12
    return None, DAY_ENDS if hour == 24 else time(hour, minute), None


def _clock_words(groups: Groups, now: datetime) -> Reading:
    words = groups["said"]
    if "bent" in groups:
        hour = vocabulary().bent[groups["bent"]]
        return None, time(hour + 12 if hour < OFFICE_HOUR else hour), None
    if "hour_word" not in groups:
        return None, time(12) if words in ("noon", "midday") else DAY_ENDS, None
    hour = vocabulary().count(groups["hour_word"])
    minutes = hour * 60
    if "half" in words:
        minutes += 30 if "past" in groups else -30
    step = 15 if words.startswith(("kwart", "quarter", "a quarter")) else _few(groups)
    minutes += step if groups.get("to_past") in ("over", "past") else -step
    hour, minute = divmod(minutes % 720, 60)
    return None, time(hour + 12 if hour < OFFICE_HOUR else hour, minute), None


def _few(groups: Groups) -> int:
    return vocabulary().count(groups["minutes"]) if "minutes" in groups else 0


READINGS: dict[str, Callable[[Groups, datetime], Reading]] = {
    "weeks_on": _weeks_on,
    "day_on": _day_on,
    "weekday_next_week": _weekday_next_week,
    "weekday_this_week": _weekday_this_week,
    "calendar": _calendar,
    "month_day": _month_day,
    "weekday": _weekday_to_come,
    "within": _within,
    "half_hour": _half_hour,
    "one_of": _one_of,
    "week_part": _week_part,
    "month_part": _month_part,
    "year_end": _year_end,
    "christmas": _christmas,
    "easter": _easter,
    "weekend": _weekend,
    "next_workday": _next_workday,
    "day_shift": _day_shift,
    "part_today": _part_today,
    "day_end": _day_end,
    "part_of_day": _part_of_day,
    "clock_words": _clock_words,
    "clock": _clock,
}
