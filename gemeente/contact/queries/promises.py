"""What we promised in a question."""

from uuid import UUID

import msgspec
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject

from gemeente.contact.models import Promise
from gemeente.contact.types import PromiseCard, PromiseKind

AT_MOST = 30
_FIELDS = tuple(PromiseCard.__dataclass_fields__)


def promises_along() -> ArraySubquery:
    """Return what reads the promises of a question along with its row, as `promises_of` reads them. No statement."""
    rows = Promise.objects.filter(question=OuterRef("id"), taken_back_at=None).order_by("-kept_at", "due_at")
    return ArraySubquery(rows.values(card=JSONObject(**{name: name for name in _FIELDS}))[:AT_MOST])


def promises_from(read: list[dict[str, str]]) -> list[PromiseCard]:
    """Return the promises that were read along."""
    return msgspec.convert(read, list[PromiseCard])


def promises_of(question: UUID) -> list[PromiseCard]:
    """Return the promises of a question that were not taken back, open ones first by date, at most 30. One statement."""
    rows = Promise.objects.filter(question=question, taken_back_at=None).order_by("-kept_at", "due_at")[:AT_MOST]
    return [card_of(row) for row in rows]


def open_promises_to(party: UUID, *, limit: int = 5) -> list[tuple[UUID, PromiseCard]]:
    """Return what we still have to do for a resident, soonest first, each with its question. One statement."""
    rows = Promise.objects.filter(party=party, kept_at=None, taken_back_at=None).order_by("due_at")[:limit]
    return [(row.question, card_of(row)) for row in rows]


def card_of(row: Promise) -> PromiseCard:
    """Return a promise as screens show it."""
    return PromiseCard(
        id=row.id,
        words=row.words,
        kind=PromiseKind(row.kind),
        who=row.who,
        due_at=row.due_at,
        kept_at=row.kept_at,
        broken_at=row.broken_at,
    )
