"""What an employee reads: a conversation and the resident beside it. Filtered by team and purpose."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from gemeente.access.types import Actor
from gemeente.contact import rules
from gemeente.contact.models import ContactMoment, Draft, Follow, HistoryEntry, Question
from gemeente.contact.queries.company import Colleague, look_in
from gemeente.contact.queries.facts import facts_along, facts_from
from gemeente.contact.queries.hand_overs import HandOverCard, hand_over_from, open_hand_over_along
from gemeente.contact.queries.mentions import mentions_of
from gemeente.contact.queries.merge import STANDS, other_parties_along, surviving
from gemeente.contact.queries.promises import promises_along, promises_from
from gemeente.contact.queries.tasks import TaskCard, asked_teams, cards_of, tasks_along, tasks_from
from gemeente.contact.queries.tiles import tile_of
from gemeente.contact.types import FactCard, PromiseCard, QuestionTile, TimelineItem
from gemeente.kernel.errors import NotFound


@dataclass(frozen=True, kw_only=True)
class Conversation:
    """One question as its handler sees it, with what they were writing. Who only has a task in it may not handle it."""

    tile: QuestionTile
    party: UUID | None
    asker_name: str
    asker_email: str
    asker_phone: str
    asker_post: str
    wish: str
    language: str
    product: str
    product_reason: str
    urgency_code: str
    urgency_reason: str
    reply_channel: str
    channel: str
    handler: UUID | None
    outcome: str
    version: int
    timeline: tuple[TimelineItem, ...]
    more_before: datetime | None
    draft: str
    promises: list[PromiseCard]
    handed: HandOverCard | None
    company: tuple[Colleague, ...]
    followed: bool
    mentioned: bool
    tasks: list[TaskCard]
    may_handle: bool
    facts: tuple[FactCard, ...]
    split_from: UUID | None
    also_of: tuple[UUID, ...]


# What a conversation shows just as the question keeps it.
_AS_KEPT = (
    "party", "asker_name", "asker_email", "asker_phone", "asker_post", "wish", "language", "product", "product_reason",
    "urgency_code", "urgency_reason", "reply_channel", "channel", "handler", "outcome", "version", "followed", "mentioned",
    "split_from",
)  # fmt: skip


def conversation(actor: Actor, number: str, *, before: datetime | None = None) -> Conversation:
    """Return a question with its thread, promises, tasks and the employee's own draft. Two statements, however long the thread.

    The number of one that went into another leads there. Colleagues see from then on that this employee has it open. Raises
    NotFound when there is none, NotAllowed when it is another team's and nobody called this employee in.
    """
    row = _row_of(actor, number)
    tasks = tasks_from(row.tasks)
    handles = rules.may_open(actor, team=row.team, handler=row.handler)
    company, items, more = look_in(actor.key, row.id, before=before)
    return Conversation(
        tile=tile_of(row),
        **{name: getattr(row, name) for name in _AS_KEPT},
        timeline=items,
        more_before=more,
        draft=row.draft or "",
        promises=promises_from(row.promises),
        handed=hand_over_from(actor, row.handed),
        company=company,
        tasks=cards_of(actor, tasks, handles=handles),
        may_handle=handles,
        facts=facts_from(row.facts),
        also_of=tuple(row.also_of),
    )


def _row_of(actor: Actor, number: str) -> Any:
    """Return a question with all that is read along with it, when this employee may read it."""
    draft = Draft.objects.filter(question=OuterRef("id"), employee=actor.key).values("text")
    row = (
        Question.objects.filter(id=surviving(number))
        .annotate(draft=Subquery(draft), promises=promises_along(), handed=open_hand_over_along())
        .annotate(tasks=tasks_along(), facts=facts_along(), also_of=other_parties_along())
        .annotate(mentioned=Exists(mentions_of(actor, OuterRef("id"))), followed=Exists(_followed(actor)))
        .first()
    )
    return _readable(actor, row)


def _readable(actor: Actor, row: Any) -> Any:
    if row is None:
        raise NotFound("Deze vraag is er niet.")
    if not row.mentioned:
        asked = asked_teams(tasks_from(row.tasks))
        rules.require_open(actor, team=row.team, handler=row.handler, asked_teams=asked)
    return row


def _followed(actor: Actor) -> QuerySet[Follow]:
    return Follow.objects.filter(employee=actor.key, question=OuterRef("id"))


def questions_of(party: UUID, *, limit: int = 10) -> list[QuestionTile]:
    """Return a resident's newest questions, closed ones too: what stands beside a conversation. One statement."""
    return [tile_of(row) for row in Question.objects.filter(STANDS, party=party).order_by("-asked_at")[:limit]]


def open_to(actor: Actor, number: str) -> tuple[UUID, int]:
    """Return the id and version of a question that this employee may read. One statement. Raises as `conversation` does."""
    mentioned = Exists(mentions_of(actor, OuterRef("id")))
    row = Question.objects.filter(number=number).annotate(mentioned=mentioned, tasks=tasks_along()).first()
    found = _readable(actor, row)
    return found.id, found.version


def is_question_of(party: UUID, question: UUID) -> bool:
    """Tell whether a question is this resident's. One statement."""
    return Question.objects.filter(id=question, party=party).exists()


def version_of(question: UUID) -> int:
    """Return the version of a question: what a deed says it has seen. One statement."""
    return Question.objects.values_list("version", flat=True).get(id=question)


def number_of(question: UUID) -> str:
    """Return the number of a question. One statement."""
    return Question.objects.values_list("number", flat=True).get(id=question)


def may_open(actor: Actor, question: UUID) -> bool:
    """Tell whether this employee may read and handle a question. One statement."""
    team, handler = Question.objects.values_list("team", "handler").get(id=question)
    return rules.may_open(actor, team=team, handler=handler)


def is_moment_in(question: UUID, moment: UUID) -> bool:
    """Tell whether a moment of contact belongs to a question. One statement."""
    return ContactMoment.objects.filter(id=moment, question=question).exists()


def told(actor: Actor, number: str) -> QuestionTile:
    """Return what the one who took a question in may tell at once. One statement.

    Raises NotFound when this employee did not take in anything for it: the rest of it may be none of their business.
    """
    row = Question.objects.filter(id=surviving(number)).first()
    if row is None or not HistoryEntry.objects.filter(question=row.id, kind="noted", actor=actor.id).exists():
        raise NotFound("Deze vraag is er niet.")
    return tile_of(row)
