"""What a team lead or steering looks at: which questions ask for attention today, why, and who could help (V31, V34, V76)."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

import msgspec
from django.db import connection

from gemeente.access.types import Actor, Right
from gemeente.contact import rules
from gemeente.contact.queries.asker import AskerRow
from gemeente.contact.types import Urgency
from gemeente.kernel import clock
from gemeente.kernel.calendar import is_workday
from gemeente.kernel.clock import AMSTERDAM
from gemeente.kernel.errors import NotAllowed
from gemeente.kernel.sql import statement

AT_MOST = 50
PEOPLE_AT_MOST = 200
MOVED_FROM = 2


class Kind(StrEnum):
    """Why a question asks for attention; the most pressing kind first."""

    LATE = "late"
    NOT_SOLVED = "not_solved"
    BROKEN = "broken"
    AWAY = "away"
    UNACCEPTED = "unaccepted"
    TASK = "task"
    STUCK = "stuck"
    MOVED = "moved"
    NOBODY = "nobody"


@dataclass(frozen=True, kw_only=True)
class AttentionItem:
    """A question that asks for attention. `employee` is who has to act, `words` what goes with the kind.

    Of a promise the words are the promise, of a hand-over the team that it came from, of what moved how often, of what was not
    solved what the resident said. Of a late task and of what stands still they say with whom: "team:wegen",
    "partner:GGD Groningen", "hand_over:wegen", or "" for its owner.
    """

    id: UUID
    version: int
    number: str
    title: str
    who: str
    channel: str
    urgency: Urgency
    team: str
    since: datetime
    words: str
    employee: str
    away_until: date | None
    cover: str
    opens: bool


@dataclass(frozen=True, kw_only=True)
class Attention:
    """How many questions of each kind, a page of one kind, and whether there is more of it."""

    counts: dict[Kind, int]
    items: tuple[AttentionItem, ...]
    more: bool


@dataclass(frozen=True, kw_only=True)
class Colleague:
    """Somebody to whom work can be given, in one of their teams. `running` counts their open questions in all teams."""

    team: str
    id: UUID
    name: str
    running: int
    away_until: date | None


class _Row(AskerRow):
    id: UUID
    version: int
    number: str
    title: str
    channel: str
    urgency: Urgency
    team: str
    handler: UUID | None
    asked_teams: list[str]
    since: datetime
    words: str
    employee: str | None
    away_until: date | None
    cover: str | None


_rows = msgspec.json.Decoder(list[_Row])
_counts = msgspec.json.Decoder(dict[Kind, int])


def attention(
    actor: Actor, *, teams: list[str] | None, kind: Kind, page: int = 0, silent_workdays: int = rules.SILENT_WORKDAYS
) -> Attention:
    """Return what asks for attention in these teams, danger first and then what waits longest; 50 a page. One statement.

    Raises NotAllowed unless the actor leads all of these teams; steering may see all, with None.
    """
    require_lead(actor, teams)
    day_begins = datetime.combine(clock.today(), time(), AMSTERDAM)
    values: dict[str, Any] = {
        "teams": teams,
        "kind": kind,
        "now": clock.now(),
        "today": clock.today(),
        "day_begins": day_begins,
        "day_ends": datetime.combine(clock.today() + timedelta(days=1), time(), AMSTERDAM),
        "silent_since": silent_since(clock.today(), workdays=silent_workdays),
        "moved_from": MOVED_FROM,
        "limit": AT_MOST + 1,
        "offset": page * AT_MOST,
    }
    with connection.cursor() as cursor:
        cursor.execute(statement("gemeente.contact.sql", "attention"), values)
        counts, found = cursor.fetchone()
    rows = _rows.decode(found)
    items = tuple(_item(actor, row) for row in rows[:AT_MOST])
    return Attention(counts=dict.fromkeys(Kind, 0) | _counts.decode(counts), items=items, more=len(rows) > AT_MOST)


def require_lead(actor: Actor, teams: list[str] | None) -> None:
    """Raise NotAllowed unless the actor steers, or leads each of these teams."""
    if actor.may(Right.STEER):
        return
    if teams is None or not actor.may(Right.LEAD_TEAM) or not actor.teams.issuperset(teams):
        raise NotAllowed("Dit team is niet van u. Kies een van uw eigen teams.")


def silent_since(today: date, *, workdays: int) -> datetime:
    """Return the moment before which a last sign of life is more than this many working days old."""
    day = today
    while workdays:
        day -= timedelta(days=1)
        workdays -= is_workday(day)
    return datetime.combine(day, time(), AMSTERDAM)


def _item(actor: Actor, row: _Row) -> AttentionItem:
    return AttentionItem(
        id=row.id,
        version=row.version,
        number=row.number,
        title=row.title,
        who=row.who,
        channel=row.channel,
        urgency=row.urgency,
        team=row.team,
        since=row.since,
        words=row.words,
        employee=row.employee or "",
        away_until=row.away_until,
        cover=row.cover or "",
        opens=rules.may_open(actor, team=row.team, handler=row.handler, asked_teams=row.asked_teams),
    )


def colleagues(teams: list[str]) -> list[Colleague]:
    """Return who works in these teams, by team and name, at most 200. One statement."""
    values: dict[str, Any] = {"teams": teams, "today": clock.today(), "limit": PEOPLE_AT_MOST}
    with connection.cursor() as cursor:
        cursor.execute(statement("gemeente.contact.sql", "attention_people"), values)
        found: list[Any] = cursor.fetchall()
    return [
        Colleague(team=team, id=employee, name=name, running=running, away_until=away)
        for team, employee, name, running, away in found
    ]
