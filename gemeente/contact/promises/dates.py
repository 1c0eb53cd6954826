"""The words in which dates are said (data/promises/dates.toml), and counting with dates."""

import re
import tomllib
from calendar import monthrange
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from gemeente.kernel.clock import AMSTERDAM

DATA = Path(__file__).resolve().parents[1] / "data" / "promises"
DAY_ENDS = time(23, 59, 59)
FRIDAY = 4
EARLY, MIDDLE, LATE = "early", "middle", "late"
WEEK_EDGES = {EARLY: 1, MIDDLE: 2, LATE: FRIDAY}

Groups = dict[str, str]
Reading = tuple[date | None, time | None, datetime | None]


class Unreadable(ValueError):
    """The words look like a date but name none: 31 February, or a weekday that does not fit."""


class Vocabulary:
    """The words of dates.toml and the one expression that finds them all."""

    def __init__(self, table: dict[str, Any]):
        self.weekdays: dict[str, int] = table["weekdays"] | table["short_weekdays"]
        self.months: dict[str, int] = table["months"]
        self.numbers: dict[str, int] = table["numbers"]
        self.bent: dict[str, int] = table["bent"]
        self.units: dict[str, str] = table["units"]
        self.parts = {word: time.fromisoformat(at) for word, at in table["parts"].items()}
        self._places = self._placeholders(table)
        self.readings: list[str] = []
        alternatives = []
        for said in table["said"]:
            for words in said["words"]:
                alternatives.append(self._pattern(words, len(self.readings)))
                self.readings.append(said["as"])
        self.expression = re.compile(rf"(?<![\w.,:/€-])(?=[\w'])(?:{'|'.join(alternatives)})(?!\w)")

    def _placeholders(self, table: dict[str, Any]) -> dict[str, str]:
        number = rf"\d{{1,3}}|{_any(self.numbers)}"
        hours = _any(word for word, count in self.numbers.items() if count <= 12 and len(word) > 2)
        return {
            "weekday": _any(table["weekdays"]),
            "weekday2": _any(table["weekdays"]),
            "short_weekday": _any(table["short_weekdays"]),
            "month": _any(self.months),
            "month_number": r"1[0-2]|0?[1-9]",
            "month_word": "maand|month",
            "day": r"(?:3[01]|[12]\d|0?[1-9])(?:ste|de|e|st|nd|rd|th)?",
            "ordinal": r"(?:3[01]|[12]\d|[1-9])(?:ste|de|e|st|nd|rd|th)",
            "year": r"20\d\d",
            "n": number,
            "n2": number,
            "working": "working |business |werk",
            "unit": _any(self.units),
            "part": rf"(?: ?(?:{_any(self.parts)}))",
            "shift": "vandaag|today|morgen|tomorrow|overmorgen|(?:the )?day after tomorrow",
            "edge": "begin|beginning of|early|start of|medio|mid|half|midden|halverwege|middle of|eind|einde|end of|late|end",
            "week_edge": "eind|einde|end",
            "week": r"(?:deze|this|de|the) week|(?:de |the )?(?:volgende|komende|next|coming) week",
            "week_number": r"[1-5]?\d",
            "next": "volgende|komende|next|coming",
            "hour": r"[01]?\d|2[0-4]",
            "minute": r"[0-5]\d",
            "minutes": "vijf|tien|five|ten|5|10",
            "to_past": "over|voor|past|to",
            "bent": _any(table["bent"]),
            "hour_word": rf"{hours}|1[0-2]|[1-9]",
            "half": r"a\.?m\.?|p\.?m\.?",
        }

    def _pattern(self, words: str, number: int) -> str:
        def named(found: re.Match[str]) -> str:
            name = found.group(1)
            return f"(?P<{name}_{number}>{self._places[name]})"

        pattern = re.sub(r"\{([a-z_]+2?)\}", named, words).replace("{{", "{").replace("}}", "}")
        pattern = pattern.replace("(?P<past>", f"(?P<past_{number}>")
        spaced = pattern.replace(" ?", r"\s*").replace(" ", r"\s+")
        return f"(?P<p_{number}>{spaced})"

    def count(self, word: str | None) -> int:
        """Return a number written in digits or letters; none means one."""
        return 1 if word is None else int(word) if word.isdigit() else self.numbers[word]


def _any(words: Iterable[str]) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


@cache
def vocabulary() -> Vocabulary:
    """Return the words for dates that come with the product."""
    return Vocabulary(tomllib.loads((DATA / "dates.toml").read_text(encoding="utf-8")))


def end_of(day: date, at: time = DAY_ENDS) -> datetime:
    """Return a local time on a date."""
    return datetime.combine(day, at, AMSTERDAM)


def add_months(day: date, count: int) -> date:
    """Return the same day some months later, or the last day of that month."""
    months = day.year * 12 + day.month - 1 + count
    year, month = divmod(months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def month_ends(day: date) -> date:
    """Return the last day of the month of `day`."""
    return day.replace(day=monthrange(day.year, day.month)[1])


def first_weekday(day: date, weekday: int) -> date:
    """Return the first such weekday after `day`: said on that same weekday, it is a week later."""
    return day + timedelta(days=(weekday - day.weekday() - 1) % 7 + 1)


def day_of_week(day: date, weekday: int, weeks: int = 0) -> date:
    """Return a weekday of the ISO week of `day`, or of a week after it."""
    return day + timedelta(days=weekday - day.weekday(), weeks=weeks)


def not_before(day: date, floor: date) -> date:
    """Return the day, or the same weekday of the week after when it has gone by."""
    return day if day >= floor else day + timedelta(weeks=1)


def easter(year: int) -> date:
    """Return Easter Sunday of a year of the Gregorian calendar (Butcher's reckoning)."""
    century, rest = divmod(year, 100)
    moon = (19 * (year % 19) + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    sunday = (32 + 2 * (century % 4) + 2 * (rest // 4) - moon - rest % 4) % 7
    shift = (year % 19 + 11 * moon + 22 * sunday) // 451
    month, day = divmod(moon + sunday - 7 * shift + 114, 31)
    return date(year, month, day + 1)
