"""How residents say that it went: by department and channel, for steering. Never by team or employee, never from a few answers.

The figures are those of the municipal benchmark: satisfaction (the mean grade), effort (who had to tell it again), and
first-contact resolution.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection

from gemeente.access.types import Actor, Right
from gemeente.kernel.errors import NotAllowed
from gemeente.kernel.sql import statement

# From fewer answers than this one could tell who said what, and it would mean nothing.
ANSWERS_AT_LEAST = 5
# A question on the same subject within two weeks is a repeat: the first contact did not solve it.
REPEAT_WITHIN = timedelta(days=14)


@dataclass(frozen=True, kw_only=True)
class Experience:
    """One department and channel: shares from 0 to 1, the grade from 1 to 10; each None when too few answered."""

    department: str
    channel: str
    asked: int
    response: float | None
    grade: float | None
    solved: float | None
    told_again: float | None


@dataclass(frozen=True, kw_only=True)
class FirstContact:
    """The share, from 0 to 1, of the questions of one department and channel that the first contact solved; None for too few."""

    department: str
    channel: str
    closed: int
    at_once: float | None


def experience(actor: Actor, *, begins: datetime, ends: datetime) -> list[Experience]:
    """Return how it went, over what we asked about from `begins` up to `ends`. One statement.

    Raises NotAllowed for anybody but steering.
    """
    _require_steering(actor)
    return [
        Experience(department=department, channel=channel, asked=asked, **_figures(asked, answered, figures))
        for department, channel, asked, answered, *figures in _rows("experience", begins=begins, ends=ends)
    ]


def _figures(asked: int, answered: int, figures: list[float | None]) -> dict[str, float | None]:
    enough = answered >= ANSWERS_AT_LEAST
    shown = [answered / asked, *figures] if enough else [None] * 4
    return dict(zip(("response", "grade", "solved", "told_again"), shown, strict=True))


def first_contact(actor: Actor, *, begins: datetime, ends: datetime) -> list[FirstContact]:
    """Return which share of what closed from `begins` up to `ends` the first contact solved. One statement.

    Raises NotAllowed for anybody but steering.
    """
    _require_steering(actor)
    return [
        FirstContact(
            department=department,
            channel=channel,
            closed=closed,
            at_once=at_once if closed >= ANSWERS_AT_LEAST else None,
        )
        for department, channel, closed, at_once in _rows(
            "first_contact", begins=begins, ends=ends, repeat=REPEAT_WITHIN
        )
    ]


def _require_steering(actor: Actor) -> None:
    if not actor.may(Right.STEER):
        raise NotAllowed("Deze cijfers zijn voor de sturing.")


def _rows(name: str, **values: Any) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(statement("gemeente.contact.sql", name), values)
        return list(cursor.fetchall())
