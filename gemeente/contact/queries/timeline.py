"""One timeline over all channels (V80): moments of contact and our own steps, newest first."""

from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from django.db import connection

from gemeente.contact.types import TimelineItem
from gemeente.kernel.sql import statement

PAGE = 40
# Who looks along, without a word of what was asked; employees see the task itself in their place.
RESIDENT_ONLY = ["team_looks", "partner_looks", "looked", "looks_no_more"]
# What a resident sees of our own steps; routing inside the house is not their burden (V67).
RESIDENT_SEES = [
    "taken_up",
    "closed",
    "reopened",
    "urgency",
    "asked_resident",
    "contact_person",
    "promise_broken",
    "promise_taken_back",
    "merged",
    "unmerged",
    "split",
    "split_from",
    *RESIDENT_ONLY,
    "follow_up",
    "follow_up_answered",
]

_items = msgspec.json.Decoder(list[TimelineItem])


def timeline(
    question: UUID,
    *,
    for_resident: bool,
    before: datetime | None = None,
    party: UUID | None = None,
    steps_of: UUID | None = None,
) -> tuple[tuple[TimelineItem, ...], datetime | None]:
    """Return at most 40 items, and the moment before which there are more. One statement, however long the thread.

    With `party`, only moments of that resident; `steps_of` is the question whose steps stand along, when that is another one.
    """
    values = timeline_values(question, for_resident=for_resident, before=before, party=party, steps_of=steps_of)
    with connection.cursor() as cursor:
        cursor.execute(statement("gemeente.contact.sql", "timeline"), values)
        return page_of(cursor.fetchone()[0])


def timeline_values(
    question: UUID,
    *,
    for_resident: bool,
    before: datetime | None,
    party: UUID | None = None,
    steps_of: UUID | None = None,
) -> dict[str, Any]:
    """Return what the statement `timeline` asks for."""
    return {
        "question": question,
        "steps_of": steps_of or question,
        "party": party,
        "before": before,
        "internal": not for_resident,
        "kinds": RESIDENT_SEES if for_resident else RESIDENT_ONLY,
        "limit": PAGE + 1,
    }


def page_of(read: str) -> tuple[tuple[TimelineItem, ...], datetime | None]:
    """Return what the statement `timeline` found: at most 40 items, and the moment before which there are more."""
    items = _items.decode(read)
    if len(items) <= PAGE:
        return tuple(items), None
    # The next page begins before the last moment of this one, so what happened at one moment stays on one page.
    shown = tuple(item for item in items[:PAGE] if item.at > items[PAGE].at) or tuple(items[:PAGE])
    return shown, shown[-1].at
