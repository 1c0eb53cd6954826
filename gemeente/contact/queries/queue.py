"""The work of an employee: which questions wait, the most pressing first."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from django.db import connection

from gemeente.access.types import Actor
from gemeente.contact.queries.asker import AskerRow
from gemeente.contact.queries.tasks import TaskLines, task_line_values, task_lines_from, with_task_lines
from gemeente.contact.types import QuestionState, QueueItem, Urgency
from gemeente.kernel.sql import statement

AT_MOST = 50


@dataclass(frozen=True, kw_only=True)
class Queue:
    """A page of a row, whether there is more, how many questions stand in "mine" and in "team"; and the tasks above it."""

    items: tuple[QueueItem, ...]
    more: bool
    counts: dict[str, int]
    tasks: TaskLines


class _Row(AskerRow):
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


_rows = msgspec.json.Decoder(list[_Row])


def queue_of(actor: Actor, *, row: str, page: int = 0) -> Queue:
    """Return the open questions of this employee ("mine") or their teams ("team"): danger first, then by answer date.

    At most 50 a page. One statement.
    """
    values: dict[str, Any] = task_line_values(actor) | {
        "employee": actor.id,
        "teams": list(actor.teams),
        "own": row == "mine",
        "limit": AT_MOST + 1,
        "offset": page * AT_MOST,
    }
    with connection.cursor() as cursor:
        cursor.execute(with_task_lines(statement("gemeente.contact.sql", "queue")), values)
        mine, team, found, lines, lines_found = cursor.fetchone()
    rows = _rows.decode(found)
    items = tuple(map(_item, rows[:AT_MOST]))
    tasks = task_lines_from(lines, lines_found)
    return Queue(items=items, more=len(rows) > AT_MOST, counts={"mine": mine, "team": team}, tasks=tasks)


def _item(row: _Row) -> QueueItem:
    return QueueItem(
        id=row.id,
        number=row.number,
        title=row.title,
        who=row.who,
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
