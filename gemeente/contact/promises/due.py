"""By when: the last moment at which a promise is kept, read from words such as "vóór dinsdag" (README.md has the table)."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from gemeente.contact.promises.dates import DAY_ENDS, Unreadable, end_of, vocabulary
from gemeente.contact.promises.readings import READINGS
from gemeente.kernel.clock import AMSTERDAM

_BEFORE = re.compile(r"\b(?:voor|before|ahead of|eerder dan)\s+(?:de |het |the |aanstaande |komende )?$")
_PLANNED_FOR = re.compile(
    r"\b(?:afspraak|plan\w*|ingepland|gepland|planning|schedule\w*|agenda|bestemd)\s+(?:het |dit |u )?voor\s+$"
)
_ELSEWHERE = re.compile(
    r"\b(?:van|(?:letter|e-?mail|message|call|report|decision|request|complaint|application|appeal|note|visit) of"
    r"|dated|d\.d\.|dd\.?|sinds|since|vorige|afgelopen|last|previous"
    r"|(?:afspraak|bijeenkomst|zitting|hoorzitting|vergadering|appointment|meeting|hearing|gesprek) (?:van |op |on |of )?)"
    r"\s*$"
)
_KEPT_WHOLE = {"week_part", "month_part", "year_end", "christmas", "easter", "part_today"}
_AFTER = re.compile(r"\b(?:na|after)\s+(?:de |het |the )?$")
# a term that starts with something still to come: "na de hoorzitting binnen twaalf weken", "daarna binnen een week"
_FROM_THEN = re.compile(
    r"\b(?:daarna|na (?:(?:de|het|uw|ons|onze) (?!dag\b|datum\b)[a-z]+|afloop|ontvangst|bezoek)\b(?! van (?:gisteren|vandaag))"
    r"|after (?:that|the hearing|the visit|receiving|receipt)\b)"
)
_MORNING = re.compile(r"^\s*(?:'s (?:ochtends|morgens)|in the morning)")
_EVENING = re.compile(r"^\s*(?:'s avonds|in the evening)")


@dataclass(frozen=True)
class Said:
    """What some words say: a day, a time of day, an exact moment, or nothing that can be kept to (`open`)."""

    start: int
    end: int
    day: date | None = None
    at: time | None = None
    exact: datetime | None = None
    open: bool = False
    reading: str = ""


def said_in(clause: str, written: datetime) -> list[Said]:
    """Return what a plain clause says of time, in order; `written` is local."""
    found = []
    for match in vocabulary().expression.finditer(clause):
        number = (match.lastgroup or "").removeprefix("p_")
        reading = vocabulary().readings[int(number)]
        groups = {
            name.removesuffix(f"_{number}"): words
            for name, words in match.groupdict().items()
            if words is not None and name.endswith(f"_{number}")
        }
        before = clause[max(match.start() - 40, 0) : match.start()]
        if _ELSEWHERE.search(before):
            continue
        found.append(_said(match, reading, groups | {"said": match.group()}, written))
    return found


def _said(match: re.Match[str], reading: str, groups: dict[str, str], written: datetime) -> Said:
    start, end = match.span()
    before = match.string[max(start - 40, 0) : start]
    if _AFTER.search(before):
        clock = reading.startswith("clock")
        return Said(start, end, at=DAY_ENDS if clock else None, open=not clock, reading=reading)
    if reading == "within" and _FROM_THEN.search(f"{match.string[:start]}; {match.string[end:]}"):
        return Said(start, end, open=True, reading=reading)
    try:
        day, at, exact = READINGS[reading](groups, written)
    except (Unreadable, OverflowError):
        return Said(start, end, open=True, reading=reading)
    if reading.startswith("clock") and at:
        at = _half_of_day(at, match.string[end:])
    if day and reading not in _KEPT_WHOLE and _BEFORE.search(before) and not _PLANNED_FOR.search(before):
        return Said(start, end, day - timedelta(days=1), at, exact, reading=f"before {reading}")
    return Said(start, end, day, at, exact, reading=reading)


def _half_of_day(at: time, rest: str) -> time:
    if _MORNING.match(rest) and at.hour >= 12:
        return at.replace(hour=at.hour - 12)
    if _EVENING.match(rest) and at.hour < 12:
        return at.replace(hour=at.hour + 12)
    return at


def last_moment(said: list[Said], written: datetime) -> datetime | None:
    """Return the last moment that fits all that was said; None when it is open, or has gone by."""
    if not said or any(each.open for each in said):
        return None
    exact = [each.exact for each in said if each.exact]
    if exact:
        return max(exact)
    due = _day_and_time(said, written)
    return due if due and due.astimezone(UTC) >= written.astimezone(UTC) else None


def _day_and_time(said: list[Said], written: datetime) -> datetime | None:
    times = [each.at for each in said if each.at]
    days = [each for each in said if each.day]
    if not days:
        due = end_of(written.date(), max(times))
        return due if due >= written else due + timedelta(days=1)
    last = max(days, key=lambda each: each.day or date.min)
    clocks = [each.at for each in said if each.at and each.reading.startswith("clock")]
    at = max(clocks or times, default=DAY_ENDS)
    day = last.day or written.date()
    if clocks and last.reading.startswith("before"):
        day += timedelta(days=1)
    return end_of(day, at)


def local(written_at: str) -> datetime:
    """Return a moment in Amsterdam; without a zone it was local. Raises ValueError for what is no moment."""
    moment = datetime.fromisoformat(written_at)
    return moment.astimezone(AMSTERDAM) if moment.tzinfo else moment.replace(tzinfo=AMSTERDAM)
