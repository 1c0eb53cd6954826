"""One timeline over all channels (V80): moments of contact and our own steps, newest first."""

from datetime import datetime
from uuid import UUID

from gemeente.channels.queries import attachments_of
from gemeente.contact.models import ContactMoment, HistoryEntry
from gemeente.contact.types import TimelineItem

PAGE = 40


def timeline(
    question: UUID, *, for_resident: bool, before: datetime | None = None
) -> tuple[tuple[TimelineItem, ...], datetime | None]:
    """Return at most 40 items, and the moment before which there are more. Three statements, however long the thread."""
    moments = ContactMoment.objects.filter(question=question)
    history = HistoryEntry.objects.filter(question=question)
    if for_resident:
        moments = moments.filter(internal=False)
        history = history.filter(kind__in=RESIDENT_SEES)
    if before:
        moments, history = moments.filter(at__lt=before), history.filter(at__lt=before)
    rows = list(moments.order_by("-at", "-id")[: PAGE + 1])
    files = attachments_of(row.id for row in rows)
    items = [
        TimelineItem(
            at=row.at,
            kind="moment",
            who=row.author_name,
            mine=row.direction == "in",
            channel=row.channel,
            text=row.text,
            subject=row.subject,
            quoted=row.quoted,
            internal=row.internal,
            new=row.direction == "out" and not row.internal and row.read_at is None,
            sender_unknown=row.sender_unknown,
            files=tuple(files.get(row.id, ())),
        )
        for row in rows
    ]
    items += [_step(row) for row in history.order_by("-at")[: PAGE + 1]]
    items.sort(key=lambda item: item.at, reverse=True)
    shown = tuple(items[:PAGE])
    return shown, shown[-1].at if len(items) > PAGE else None


# What a resident sees of our own steps; routing inside the house is not their burden (V67).
RESIDENT_SEES = ("taken_up", "closed", "reopened", "urgency", "asked_resident")


def _step(row: HistoryEntry) -> TimelineItem:
    return TimelineItem(at=row.at, kind=row.kind, who=row.actor_name, mine=False, channel="", text=row.words)
