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


@dataclass(frozen=True, kw_only=True)
class Colleague:
    """A colleague who has the same question open; `writing_since` is when they last kept what they write, if they do."""

    name: str
    writing_since: datetime | None


_company = msgspec.json.Decoder(tuple[Colleague, ...])


def look_in(
    employee: UUID, question: UUID, *, before: datetime | None
) -> tuple[tuple[Colleague, ...], tuple[TimelineItem, ...], datetime | None]:
    """Return who else has a question open, with a page of its thread as `timeline` does; and note that this employee has.

    Noting is not a command: it says nothing of a resident, and lives two minutes. Raises nothing: ask first who may. One statement.
    """
    now = clock.now()
    values: dict[str, Any] = timeline_values(question, for_resident=False, before=before) | {
        "employee": employee,
        "now": now,
        "seen_since": now - SEEN_WITHIN,
        "written_since": now - WRITTEN_WITHIN,
    }
    # Both parts are files of ours; what somebody typed is in the values.
    both = f"{statement('gemeente.contact.sql', 'look_in')}({statement('gemeente.contact.sql', 'timeline')}) AS thread"
    with connection.cursor() as cursor:
        cursor.execute(both, values)
        _, company, thread = cursor.fetchone()
    return _company.decode(company), *page_of(thread)
