"""What an employee reads: the queue, a conversation, the resident beside it. Filtered by team and purpose."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from gemeente.access.types import Actor
from gemeente.contact import rules
from gemeente.contact.models import ContactMoment, Draft, HistoryEntry, Question
from gemeente.contact.queries.tiles import tile_of
from gemeente.contact.queries.timeline import timeline
from gemeente.contact.types import QuestionState, QuestionTile, QueueItem, TimelineItem, Urgency
from gemeente.kernel.errors import NotFound
from gemeente.residents.queries import party_cards

QUEUE_AT_MOST = 50


@dataclass(frozen=True, kw_only=True)
class Conversation:
    """One question as its handler sees it, with what they were writing."""

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


def _open_questions(actor: Actor, row: str) -> QuerySet[Question]:
    waiting = Question.objects.filter(closed_at=None)
    if row == "mine":
        return waiting.filter(handler=actor.id)
    return waiting.filter(team__in=actor.teams)


def queue(actor: Actor, *, row: str, page: int = 0) -> tuple[list[QueueItem], bool]:
    """Return the open questions of this employee ("mine") or their teams ("team"): danger first, then by answer date.

    At most 50 a page, and whether there are more. Two statements.
    """
    ordered = _open_questions(actor, row).order_by("-urgency_rank", "answer_due")
    found = list(ordered[page * QUEUE_AT_MOST : (page + 1) * QUEUE_AT_MOST + 1])
    shown = found[:QUEUE_AT_MOST]
    cards = party_cards(one.party for one in shown if one.party)
    items = [
        QueueItem(
            id=one.id,
            number=one.number,
            title=one.title,
            who=cards[one.party].name.short if one.party in cards else one.asker_name or one.asker_email,
            channel=one.channel,
            state=QuestionState(one.state),
            urgency=Urgency(one.urgency),
            urgency_reason=one.urgency_reason,
            team=one.team,
            handler=one.handler,
            due=one.answer_due,
            waits_on_us=one.state != QuestionState.WAITING,
        )
        for one in shown
    ]
    return items, len(found) > QUEUE_AT_MOST


def queue_counts(actor: Actor) -> dict[str, int]:
    """Return how many open questions stand in "mine" and in "team". Two statements, by index."""
    return {row: _open_questions(actor, row).count() for row in ("mine", "team")}


def conversation(actor: Actor, number: str, *, before: datetime | None = None) -> Conversation:
    """Return a question with its thread and the employee's own draft. Five statements, however long the thread.

    Raises NotFound when there is none, NotAllowed when it is another team's.
    """
    row = Question.objects.filter(number=number).first()
    if row is None:
        raise NotFound("Deze vraag is er niet.")
    rules.require_open(actor, team=row.team, handler=row.handler)
    items, more = timeline(row.id, for_resident=False, before=before)
    draft = Draft.objects.filter(question=row.id, employee=actor.key).values_list("text", flat=True).first()
    return Conversation(
        tile=tile_of(row),
        party=row.party,
        asker_name=row.asker_name,
        asker_email=row.asker_email,
        asker_phone=row.asker_phone,
        asker_post=row.asker_post,
        wish=row.wish,
        language=row.language,
        product=row.product,
        product_reason=row.product_reason,
        urgency_code=row.urgency_code,
        urgency_reason=row.urgency_reason,
        reply_channel=row.reply_channel,
        channel=row.channel,
        handler=row.handler,
        outcome=row.outcome,
        version=row.version,
        timeline=items,
        more_before=more,
        draft=draft or "",
    )


def questions_of(party: UUID, *, limit: int = 10) -> list[QuestionTile]:
    """Return a resident's newest questions, closed ones too: what stands beside a conversation. One statement."""
    return [tile_of(row) for row in Question.objects.filter(party=party).order_by("-asked_at")[:limit]]


def version_of(question: UUID) -> int:
    """Return the version of a question: what a deed says it has seen. One statement."""
    return Question.objects.values_list("version", flat=True).get(id=question)


def number_of(question: UUID) -> str:
    """Return the number of a question. One statement."""
    return Question.objects.values_list("number", flat=True).get(id=question)


def may_open(actor: Actor, question: UUID) -> bool:
    """Tell whether this employee may read a question. One statement."""
    team, handler = Question.objects.values_list("team", "handler").get(id=question)
    return rules.may_open(actor, team=team, handler=handler)


def is_moment_in(question: UUID, moment: UUID) -> bool:
    """Tell whether a moment of contact belongs to a question. One statement."""
    return ContactMoment.objects.filter(id=moment, question=question).exists()


def told(actor: Actor, number: str) -> QuestionTile:
    """Return what the one who took a question in may tell at once. One statement.

    Raises NotFound when this employee did not take in anything for it: the rest of it may be none of their business.
    """
    row = Question.objects.filter(number=number).first()
    if row is None or not HistoryEntry.objects.filter(question=row.id, kind="noted", actor=actor.id).exists():
        raise NotFound("Deze vraag is er niet.")
    return tile_of(row)
