"""The queue by date, as somebody plans a day: danger, late, today, later."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from gemeente.contact.types import QueueItem, Urgency
from gemeente.kernel import clock


def _group(item: QueueItem) -> int:
    if item.urgency == Urgency.NOW:
        return 0
    due = item.due.astimezone(clock.AMSTERDAM).date()
    if item.waits_on_us and item.due < clock.now():
        return 1
    return 2 if due <= clock.today() else 3


def grouped(items: Iterable[QueueItem]) -> list[tuple[str, str, list[QueueItem]]]:
    """Return (kind, heading, items) for each group that has any; within a group the order stays."""
    headings = [
        ("now", _("Nu")),
        ("late", _("Te laat")),
        ("today", _("Vandaag beloofd")),
        ("later", _("Later")),
    ]
    filled: list[list[QueueItem]] = [[], [], [], []]
    for item in items:
        filled[_group(item)].append(item)
    return [(kind, heading, group) for (kind, heading), group in zip(headings, filled, strict=True) if group]
