"""The work of an employee: which questions wait, the most pressing first."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from django.db import connection

from gemeente.access.types import Actor, Right
from gemeente.contact.queries.asker import AskerRow
from gemeente.contact.queries.choice import QueueFilter, chosen
from gemeente.contact.queries.tasks import TaskLines, task_line_values, task_lines_from, with_task_lines
from gemeente.contact.types import QuestionState, QueueItem, Urgency
from gemeente.kernel.sql import statement

AT_MOST = 50


@dataclass(frozen=True, kw_only=True)
class Queue:
    """A page of a row, whether there is more, how many stand in "mine", "team" and "followed"; and the tasks above it."""

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


def queue_of(actor: Actor, *, row: str, page: int = 0, choice: QueueFilter | None = None) -> Queue:
    """Return the open questions of this employee ("mine"), their teams ("team") or what they follow ("followed").

    Danger first, then by answer date, at most 50 a page. One statement; one more with a choice from "mine" or "team".
    """
    if choice and choice.chooses and row != "followed":
        begin = page * AT_MOST
        found = chosen(actor, choice, row=row, begin=begin, end=begin + AT_MOST + 1)
        rows, counts, tasks = _read(actor, row="chosen", among=list(found))
        in_order = sorted(rows, key=lambda one: list(found).index(one.id))
        rows = [msgspec.structs.replace(one, due=found[one.id]) for one in in_order]
    else:
        rows, counts, tasks = _read(actor, row=row, page=page)
    return Queue(items=tuple(map(_item, rows[:AT_MOST])), more=len(rows) > AT_MOST, counts=counts, tasks=tasks)


def _read(
    actor: Actor, *, row: str, page: int = 0, among: list[UUID] | None = None
) -> tuple[list[_Row], dict[str, int], TaskLines]:
    values: dict[str, Any] = task_line_values(actor) | {
        "employee": actor.id,
        "teams": list(actor.teams),
        "sees_all": actor.may(Right.SEE_ALL_QUESTIONS),
        "row": row,
        "chosen": among or [],
        "limit": AT_MOST + 1,
        "offset": page * AT_MOST,
    }
    with connection.cursor() as cursor:
        cursor.execute(with_task_lines(statement("gemeente.contact.sql", "queue")), values)
        mine, team, followed, found, lines, lines_found = cursor.fetchone()
    counts = {"mine": mine, "team": team, "followed": followed}
    return _rows.decode(found), counts, task_lines_from(lines, lines_found)


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
