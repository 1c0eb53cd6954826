"""A choice from the queue: what an employee wants to see of it, kept under a name if they wish."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import F, Min, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from gemeente.access.types import Actor
from gemeente.contact.models import Promise, Question
from gemeente.contact.promise_rules import end_of_day
from gemeente.kernel import clock

KEPT_AT_MOST = 20


@dataclass(frozen=True, kw_only=True)
class QueueFilter:
    """What to show of a row; what is empty does not choose. `by_promise` puts the question that is promised first on top."""

    team: str = ""
    product: str = ""
    urgency: str = ""
    channel: str = ""
    state: str = ""
    promised_today: bool = False
    by_promise: bool = False

    @property
    def chooses(self) -> bool:
        """Tell whether it shows anything else than the whole row in its usual order."""
        return self != QueueFilter()


@dataclass(frozen=True, kw_only=True)
class KeptFilter:
    """A choice that an employee kept under a name."""

    id: int
    name: str
    choice: QueueFilter


def chosen(actor: Actor, choice: QueueFilter, *, row: str, begin: int, end: int) -> dict[UUID, datetime]:
    """Return which open questions of a row fit a choice, in order, each with the date that counts. One statement.

    That date is the answer date; with `by_promise` it is that of what was promised first, if anything is.
    """
    found = _row(actor, row).filter(**_fits(choice))
    promises = Promise.objects.filter(question=OuterRef("id"), kept_at=None, taken_back_at=None)
    if choice.promised_today:
        # Today's and what is late already: both are to be kept today.
        found = found.filter(id__in=promises.filter(due_at__lte=end_of_day(clock.now())).values("question"))
    if choice.by_promise:
        first = promises.values("question").annotate(first=Min("due_at")).values("first")
        found = found.annotate(by=Coalesce(Subquery(first), F("answer_due"))).order_by("by", "id")
    else:
        found = found.annotate(by=F("answer_due")).order_by("-urgency_rank", "answer_due", "id")
    return dict(found.values_list("id", "by")[begin:end])


def _row(actor: Actor, row: str) -> QuerySet[Question]:
    whose = Q(handler=actor.id) if row == "mine" else Q(team__in=actor.teams)
    return Question.objects.filter(whose, closed_at=None)


def _fits(choice: QueueFilter) -> dict[str, str]:
    fields = ("team", "product", "urgency", "channel", "state")
    return {name: value for name in fields if (value := getattr(choice, name))}
