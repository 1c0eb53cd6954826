"""What the resident told once, as it stands beside a conversation and on the resident's own page."""

import msgspec
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import JSONObject

from gemeente.contact.models import ContactMoment, Question, ToldFact
from gemeente.contact.types import FactCard

AT_MOST = 30
_FIELDS = ("id", "label", "words", "everywhere", "by_resident", "told_at", "at")


def facts_along() -> ArraySubquery:
    """Return what reads the facts of a question along with its row, newest first, at most 30. No statement.

    Those of the question itself, and those of the same party that count everywhere.
    """
    said = ContactMoment.objects.filter(
        question=OuterRef(OuterRef("id")), direction="out", internal=False, at__gt=OuterRef("at")
    )
    rows = ToldFact.objects.filter(
        Q(question=OuterRef("id")) | Q(party=OuterRef("party"), everywhere=True), ended_at=None
    ).annotate(new=Q(by_resident=True) & ~Exists(said))
    card = JSONObject(**{name: name for name in _FIELDS}, noted_by="noted_by_name", new="new")
    return ArraySubquery(rows.order_by("-at", "-id").values(card=card)[:AT_MOST])


def facts_from(read: list[dict[str, str]]) -> tuple[FactCard, ...]:
    """Return the facts that were read along."""
    return msgspec.convert(read, tuple[FactCard, ...])


def facts_of(held: Question) -> tuple[FactCard, ...]:
    """Return the facts that count in a question. One statement."""
    return facts_from(Question.objects.filter(id=held.id).values_list(facts_along(), flat=True)[0])
