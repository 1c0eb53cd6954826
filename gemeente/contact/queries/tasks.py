"""Who was asked to do what within a question, for whom it is shown to: its handler, the asked team, the resident."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

import msgspec
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject

from gemeente.access.queries import teams
from gemeente.access.types import Actor
from gemeente.contact.models import FollowUpTask
from gemeente.contact.task_rules import TaskState
from gemeente.contact.types import Urgency
from gemeente.kernel import clock
from gemeente.kernel.sql import statement

AT_MOST = 50


class TaskRow(msgspec.Struct):
    """A task as it is read along with its question."""

    id: UUID
    team: str
    partner: str
    asked: str
    asked_by_name: str
    asked_at: datetime
    due_at: datetime
    why_later: str
    state: TaskState
    ended_at: datetime | None
    ended_by_name: str
    words: str

    @property
    def name(self) -> str:
        """Return who was asked, as people call them."""
        return teams()[self.team].name if self.team else self.partner

    @property
    def open(self) -> bool:
        """Tell whether it is still to be done."""
        return self.state == TaskState.OPEN

    @property
    def late(self) -> bool:
        """Tell whether its day passed."""
        return self.open and self.due_at < clock.now()


@dataclass(frozen=True, kw_only=True)
class TaskCard:
    """A task as a screen shows it. `mine` tells whether the reader may say how it ended."""

    task: TaskRow
    mine: bool


class LineKind(StrEnum):
    """Why it stands in somebody's queue: asked of their team; or in a question that they handle late, all done or come back."""

    ASKED = "asked"
    LATE = "late"
    DONE = "done"
    BACK = "back"


class TaskLine(msgspec.Struct, frozen=True):
    """A line in the queue about tasks. `at` is the day before which, or the moment since which; `name` is who was asked."""

    kind: LineKind
    number: str
    title: str
    urgency: Urgency
    asked: str
    at: datetime
    team: str
    partner: str

    @property
    def name(self) -> str:
        """Return who was asked, as people call them."""
        return teams()[self.team].name if self.team else self.partner


_lines = msgspec.json.Decoder(list[TaskLine])


def tasks_along() -> ArraySubquery:
    """Return what reads the tasks of a question along with its row: open ones first by date, then the newest. No statement."""
    rows = FollowUpTask.objects.filter(question=OuterRef("id")).order_by("-ended_at", "due_at")
    return ArraySubquery(rows.values(card=JSONObject(**{name: name for name in TaskRow.__struct_fields__}))[:AT_MOST])


def tasks_from(read: Iterable[dict[str, Any]]) -> list[TaskRow]:
    """Return the tasks that were read along."""
    return msgspec.convert(list(read), list[TaskRow])


def asked_teams(rows: Iterable[TaskRow]) -> frozenset[str]:
    """Return the teams that read along: those with an open task."""
    return frozenset(row.team for row in rows if row.open and row.team)


def cards_of(actor: Actor, rows: Iterable[TaskRow], *, handles: bool) -> list[TaskCard]:
    """Return the tasks as this employee sees them."""
    return [TaskCard(task=row, mine=row.open and (row.team in actor.teams if row.team else handles)) for row in rows]


@dataclass(frozen=True, kw_only=True)
class TaskLines:
    """What stands above an employee's queue, the most pressing first, at most 50; and how many lines there are in all."""

    shown: list[TaskLine]
    count: int


def with_task_lines(one_row: str) -> str:
    """Return a statement of one row with the lines about tasks as two more columns: a page that shows both asks once."""
    lines = statement("gemeente.contact.sql", "task_lines")
    return f"SELECT * FROM ({one_row}) AS page CROSS JOIN ({lines}) AS tasks"  # noqa: S608  # both are files of ours


def task_line_values(actor: Actor) -> dict[str, Any]:
    """Return the values that the lines about tasks need."""
    return {"employee": actor.id, "teams": list(actor.teams), "now": clock.now(), "lines_at_most": AT_MOST}


def task_lines_from(lines: str, count: int) -> TaskLines:
    """Return the lines that were read along."""
    return TaskLines(shown=_lines.decode(lines), count=count)
