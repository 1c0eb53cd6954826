"""Reads the demonstration's people and questions from their files; what is wrong in a file is said with its place."""

import re
from datetime import date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from typing import Literal
from uuid import NAMESPACE_URL, UUID, uuid5

import msgspec
from django.utils import translation

from gemeente.kernel import clock
from gemeente.kernel.calendar import add_workdays, is_workday, next_workday
from gemeente.kernel.words import day

DATA = Path(__file__).parent / "data"
# A day in a text, told in working days from today: {dag 2} is "vrijdag 27 november", {day -1} "Tuesday 24 November".
_DAY_IN_TEXT = re.compile(r"\{(dag|day) (-?[0-9]{1,2})\}")


class Resident(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """Somebody made up who lives here, or a business. `line` is what the log-in page says of them."""

    key: str
    line: str = ""
    badge: str = ""
    badge_kind: str = "info"
    bsn: str | None = None
    given: str = ""
    prefix: str = ""
    family: str = ""
    business: str = ""
    kvk: str = ""
    gender: str = "O"
    born: str = ""
    street: str = ""
    number: str = ""
    postcode: str = ""
    place: str = "Groningen"
    household: str = ""
    email: str = ""
    email_evidence: str = "bevestigd met een link op de eerste dag"
    phone: str = ""
    language: str = "nl"
    large_print: bool = False
    prefers: str = "web"

    @property
    def name(self) -> str:
        """Return the name in full, of a person or a business."""
        return self.business or " ".join(part for part in (self.given, self.prefix, self.family) if part)


class Employee(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """Somebody made up who works here. `line` is what the log-in page says of them."""

    key: str
    name: str
    roles: list[str]
    teams: list[str]
    department: str
    phone: str = "14 050"
    works: str = "Maandag tot en met vrijdag"
    what_for: str = ""
    line: str = ""
    badge: str = ""
    badge_kind: str = "info"


class Asker(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Somebody whom we do not know, as they gave themselves."""

    name: str = ""
    email: str = ""
    phone: str = ""
    post: str = ""


GROUPING_STEPS = ("merge", "split")
TASK_STEPS = ("task", "task_done", "task_back")


class Event(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """Something that happened in a question. Without `by`, the resident did it; with it, they told that employee (`write`).

    A task is asked of `whom` ("team:groen" or "partner:GGD Groningen"), `due` so many working days later, with `why` when that is
    after the answer date.
    """

    do: Literal[
        "write",
        "answer",
        "ask",
        "note",
        "take_up",
        "urgency",
        "close",
        "not_solved",
        "read",
        "task",
        "task_done",
        "task_back",
        "remember",
        "how_it_went",
        "merge",
        "split",
    ]
    days_ago: int
    at: time
    by: str = ""
    via: str = "web"
    text: str = ""
    needs: str = ""
    outcome: str = ""
    to: str = ""
    whom: str = ""
    due: int = 0
    why: str = ""
    label: str = ""
    everywhere: bool = False
    grade: int = 8
    solved: bool = True
    told_again: bool = False


class Story(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """One question, told relative to today, in working days: `days_ago` 0 is today, and a time still to come becomes just now.

    On a day off, the next working day is day 0: what is promised for today is then promised for that day.
    """

    key: str
    text: str
    channel: Literal["web", "email", "phone", "desk", "letter"]
    days_ago: int
    at: time
    who: str = ""
    asker: Asker = Asker()
    by: str = ""
    subject: str = ""
    wish: str = ""
    reply: str = ""
    product: str = ""
    team: str = ""
    urgency: str = ""
    urgency_reason: str = ""
    then: list[Event] = []


class _People(msgspec.Struct, forbid_unknown_fields=True):
    resident: list[Resident]
    employee: list[Employee]


class _Stories(msgspec.Struct, forbid_unknown_fields=True):
    question: list[Story]


def id_of(key: str) -> UUID:
    """Return the id that a made-up person has on every machine."""
    return uuid5(NAMESPACE_URL, f"https://demonstratie.voorbeeld.nl/{key}")


@cache
def people() -> _People:
    """Return everybody of the demonstration."""
    return msgspec.toml.decode((DATA / "people.toml").read_bytes(), type=_People)


def stories() -> list[Story]:
    """Return all questions, from all files in `data/questions`."""
    files = sorted((DATA / "questions").glob("*.toml"))
    return [story for file in files for story in _stories_in(file)]


def _stories_in(file: Path) -> list[Story]:
    told = _DAY_IN_TEXT.sub(_name_day, file.read_text(encoding="utf-8"))
    try:
        return msgspec.toml.decode(told, type=_Stories).question
    except msgspec.DecodeError as wrong:
        raise ValueError(f"{file.name}: {wrong}") from wrong


def _name_day(found: re.Match[str]) -> str:
    with translation.override("en" if found[1] == "day" else "nl"):
        return day(workday(int(found[2])))


def workday(away: int) -> date:
    """Return the date so many working days from today, or before it when negative."""
    found = clock.today() if is_workday(clock.today()) else next_workday(clock.today())
    for _ in range(-away):
        found -= timedelta(days=1)
        while not is_workday(found):
            found -= timedelta(days=1)
    return add_workdays(found, away)


def moments_of(story: Story) -> list[datetime]:
    """Return when a question was asked and when each event in it happened, aware: in order, and all in the past."""
    told = [(story.days_ago, story.at), *((event.days_ago, event.at) for event in story.then)]
    latest = clock.now() - timedelta(minutes=2)
    moments: list[datetime] = []
    for days_ago, at in reversed(told):
        latest = min(datetime.combine(workday(-days_ago), at, clock.AMSTERDAM), latest)
        moments.insert(0, latest)
        latest -= timedelta(minutes=1)
    return moments
