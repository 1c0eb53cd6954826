"""Reads of the trail, for the resident whose data it was (V78)."""

from datetime import datetime
from uuid import UUID

from django.db import connection
from django.db.models import Q

from gemeente.audit.models import Entry
from gemeente.audit.types import Look, LookFigures
from gemeente.kernel.sql import statement

PAGE = 20


def looks_at(
    party: UUID, *, begins: datetime | None, ends: datetime | None, department: str, page: int
) -> tuple[list[Look], bool]:
    """Return a page of who saw or changed data of this party, newest first, and whether there are more. One statement.

    Their own lines are left out. `begins` counts, `ends` does not; "" is every department.
    """
    lines = Entry.objects.filter(Q(actor_id=None) | ~Q(actor_id=party), subject=party)
    if begins and ends:
        lines = lines.filter(at__gte=begins, at__lt=ends)
    if department:
        lines = lines.filter(department=department)
    found = list(lines.order_by("-at", "-id")[page * PAGE : (page + 1) * PAGE + 1])
    return [_look(line) for line in found[:PAGE]], len(found) > PAGE


def _look(line: Entry) -> Look:
    return Look(
        at=line.at,
        actor_kind=line.actor_kind,
        actor_name=line.actor_name,
        department=line.department,
        action=line.action,
        purpose=line.purpose,
        what=tuple(line.what),
    )


def look_figures(party: UUID, *, since: datetime) -> LookFigures:
    """Return how often others were in somebody's data since a moment, and over which span and departments. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(statement("gemeente.audit.sql", "look_figures"), {"party": party, "since": since})
        times, people, systems, first, last, departments = cursor.fetchone()
    return LookFigures(
        times=times, people=people, systems=systems, first=first, last=last, departments=tuple(departments)
    )
