"""Colleagues who were called in by name."""

from uuid import UUID

from django.db.models import OuterRef, QuerySet

from gemeente.access.types import Actor
from gemeente.contact.models import Mention


def mentions_of(actor: Actor, question: UUID | OuterRef) -> QuerySet[Mention]:
    """Return the times that this employee was called in to a question. No statement yet."""
    return Mention.objects.filter(employee=actor.key, question=question)
