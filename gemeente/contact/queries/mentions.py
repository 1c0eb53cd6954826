"""Colleagues who were called in by name."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery

from gemeente.access.types import Actor
from gemeente.contact.models import Mention, Question

UNREAD_AT_MOST = 20


@dataclass(frozen=True, kw_only=True)
class MentionLine:
    """A question to which somebody called this employee in, and that they did not open yet."""

    number: str
    title: str
    by_name: str
    at: datetime


def mentions_of(actor: Actor, question: UUID | OuterRef) -> QuerySet[Mention]:
    """Return the times that this employee was called in to a question. No statement yet."""
    return Mention.objects.filter(employee=actor.key, question=question)


def unread_mentions(actor: Actor) -> list[MentionLine]:
    """Return to what this employee was called in and did not open yet, newest first, at most 20. One statement."""
    question: Any = Question.objects.filter(id=OuterRef("question"))
    rows = Mention.objects.filter(employee=actor.key, read_at=None).annotate(
        number=Subquery(question.values("number")), title=Subquery(question.values("title"))
    )
    return [
        MentionLine(number=row.number, title=row.title, by_name=row.by_name, at=row.at)
        for row in rows.order_by("-at")[:UNREAD_AT_MOST]
    ]
