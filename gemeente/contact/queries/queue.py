"""The work of an employee: which questions wait, the most pressing first."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from django.db import connection

from gemeente.access.types import Actor
from gemeente.contact.types import QuestionState, QueueItem, Urgency
from gemeente.kernel.sql import statement
from gemeente.residents.types import Name, PartyKind

AT_MOST = 50


@dataclass(frozen=True, kw_only=True)
class Queue:
    """A page of a row, whether there is more, and how many questions stand in "mine" and in "team"."""

    items: tuple[QueueItem, ...]
    more: bool
    counts: dict[str, int]


class _Row(msgspec.Struct):
    id: UUID
    number: str
    title: str
    channel: str
    state: QuestionState
    urgency: Urgency
    urgency_reason: str
    team: str
    handler: UUID | None
    due: datetime
    answered: bool
    asker: str
    kind: PartyKind | None
    given: str | None
    prefix: str | None
    family: str | None
    business: str | None


_rows = msgspec.json.Decoder(list[_Row])


def queue_of(actor: Actor, *, row: str, page: int = 0) -> Queue:
    """Return the open questions of this employee ("mine") or their teams ("team"): danger first, then by answer date.

    At most 50 a page. One statement.
    """
    values: dict[str, Any] = {
        "employee": actor.id,
        "teams": list(actor.teams),
        "own": row == "mine",
        "limit": AT_MOST + 1,
        "offset": page * AT_MOST,
    }
    with connection.cursor() as cursor:
        cursor.execute(statement("gemeente.contact.sql", "queue"), values)
        mine, team, found = cursor.fetchone()
    rows = _rows.decode(found)
    items = tuple(map(_item, rows[:AT_MOST]))
    return Queue(items=items, more=len(rows) > AT_MOST, counts={"mine": mine, "team": team})


def _item(row: _Row) -> QueueItem:
    return QueueItem(
        id=row.id,
        number=row.number,
        title=row.title,
        who=_who(row),
        channel=row.channel,
        state=row.state,
        urgency=row.urgency,
        urgency_reason=row.urgency_reason,
        team=row.team,
        handler=row.handler,
        due=row.due,
        waits_on_us=row.state != QuestionState.WAITING,
        answered=row.answered,
    )


def _who(row: _Row) -> str:
    if row.kind is None:
        return row.asker
    name = Name(
        kind=row.kind,
        given=row.given or "",
        prefix=row.prefix or "",
        family=row.family or "",
        business=row.business or "",
    )
    return name.short
