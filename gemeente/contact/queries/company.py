"""Who else has a question open, so that two people see each other before they collide."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import msgspec
from django.db import connection

from gemeente.contact.queries.timeline import page_of, timeline_values
from gemeente.contact.types import TimelineItem
from gemeente.kernel import clock
from gemeente.kernel.sql import statement

SEEN_WITHIN = timedelta(minutes=2)
WRITTEN_WITHIN = timedelta(minutes=15)
_SQL = "gemeente.contact.sql"


@dataclass(frozen=True, kw_only=True)
class Colleague:
    """A colleague who has the same question open; `writing_since` is when they last kept what they write, if they do."""

    name: str
    writing_since: datetime | None


_company = msgspec.json.Decoder(tuple[Colleague, ...])


def look_in(
    employee: UUID, question: UUID, *, before: datetime | None
) -> tuple[tuple[Colleague, ...], tuple[TimelineItem, ...], datetime | None]:
    """Return who else has a question open, with a page of its thread as `timeline` does; note as `keep_company` does.

    Ask first who may. One statement.
    """
    values = timeline_values(question, for_resident=False, before=before) | _values(employee, question)
    # Both parts are files of ours; what somebody typed is in the values.
    both = f"{statement(_SQL, 'company')}, ({statement(_SQL, 'timeline')}) AS thread"
    with connection.cursor() as cursor:
        cursor.execute(both, values)
        _, company, thread = cursor.fetchone()
    return _company.decode(company), *page_of(thread)


def keep_company(employee: UUID, question: UUID) -> tuple[Colleague, ...]:
    """Note that an employee has a question open, and so read that they were called in; return who else has it open.

    Not a command: it says nothing of a resident, and lives two minutes. Ask first who may. One statement.
    """
    with connection.cursor() as cursor:
        cursor.execute(statement(_SQL, "company"), _values(employee, question))
        return _company.decode(cursor.fetchone()[1])


def _values(employee: UUID, question: UUID) -> dict[str, Any]:
    now = clock.now()
    return {
        "question": question,
        "employee": employee,
        "now": now,
        "seen_since": now - SEEN_WITHIN,
        "written_since": now - WRITTEN_WITHIN,
    }
