"""What somebody sees before they put questions together or take them apart."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from gemeente.access.queries import teams
from gemeente.access.types import Actor
from gemeente.contact import merge_rules, rules
from gemeente.contact.merge_rules import Across, Side
from gemeente.contact.models import HandOver, Merge, Promise, Question
from gemeente.contact.queries.tiles import tile_of
from gemeente.contact.types import QuestionState, QuestionTile, Urgency
from gemeente.kernel.errors import DomainError, NotFound
from gemeente.residents.queries import households_of

OFFERED_AT_MOST = 10
# A question that was merged stands no more; but who was left their own page of it, across two residents, finds it there.
STANDS = Q(merged_into=None) | ~Q(outcome="")


def surviving(number: str) -> Subquery:
    """Return what finds the question that a number leads to, old numbers too. No statement of its own."""
    return Subquery(Question.objects.filter(number=number).values(found=Coalesce("merged_into", "id"))[:1])


def other_parties_along() -> ArraySubquery:
    """Return what reads along of which other residents' words stand in a question: whose data a look opens. No statement."""
    rows = Question.objects.filter(merged_into=OuterRef("id")).exclude(party=None).exclude(party=OuterRef("party"))
    return ArraySubquery(rows.values("party"))


def sides_of(one: Question, other: Question) -> tuple[Side, Side]:
    """Return what of two questions a merge depends on. Two statements."""
    households = households_of(one.party, other.party)
    waiting = HandOver.objects.filter(question=OuterRef("id"), accepted_at=None, given_back_at=None).values("to_team")
    owed = Promise.objects.filter(question=OuterRef("id"), kept_at=None, taken_back_at=None)
    rows = Question.objects.filter(id__in=(one.id, other.id))
    found = {key: rest for key, *rest in rows.values_list("id", Subquery(waiting[:1]), Exists(owed))}
    return _side(one, households, *found[one.id]), _side(other, households, *found[other.id])


def _side(row: Question, households: dict[UUID, UUID | None], waits_for: str | None, owed: bool) -> Side:
    return Side(
        id=row.id,
        number=row.number,
        party=row.party,
        household=households.get(row.party) if row.party else None,
        email=row.asker_email,
        state=QuestionState(row.state),
        urgency=Urgency(row.urgency),
        answer_due=row.answer_due,
        answered_at=row.first_answered_at,
        merged=row.merged_into is not None,
        open_with=teams()[waits_for].name if waits_for else "",
        owed=owed,
    )


@dataclass(frozen=True, kw_only=True)
class Meeting:
    """Two questions side by side, before `other` goes into `held`: what stands in the way, and how it would stand."""

    held: QuestionTile
    other: QuestionTile
    askers: tuple[str, str]
    parties: tuple[UUID | None, UUID | None]
    versions: tuple[int, int]
    apart: Across
    refused: str
    urgency: Urgency
    answer_due: datetime


def meeting(actor: Actor, number: str, other: str) -> Meeting:
    """Return two questions side by side. Three statements.

    Raises NotFound when there is no question with this number, NotAllowed when one of both is another team's.
    """
    known = Exists(Question.objects.filter(number=other))
    rows = Question.objects.filter(Q(id=surviving(number)) | Q(id=surviving(other)))
    found = list(rows.annotate(first=surviving(number), known=known))
    held = next((row for row in found if row.id == row.first and row.known), None)
    if held is None:
        raise NotFound("Er is geen vraag met dit nummer.")
    beside = next((row for row in found if row is not held), held)
    for row in (held, beside):
        rules.require_open(actor, team=row.team, handler=row.handler)
    return _meeting(held, beside)


def _meeting(held: Question, other: Question) -> Meeting:
    sides = sides_of(held, other)
    together = merge_rules.together(*sides)
    try:
        merge_rules.require_merge(*sides, agreed=True)
        refused = ""
    except DomainError as why:
        refused = why.message
    return Meeting(
        held=tile_of(held),
        other=tile_of(other),
        askers=(held.asker_name or held.asker_email, other.asker_name or other.asker_email),
        parties=(held.party, other.party),
        versions=(held.version, other.version),
        apart=merge_rules.across(*sides),
        refused=refused,
        urgency=next(side.urgency for side in sides if side.id == together.urgency_of),
        answer_due=next(side.answer_due for side in sides if side.id == together.date_of),
    )


@dataclass(frozen=True, kw_only=True)
class Merged:
    """A question that went into another; only the last one can be taken out again."""

    id: UUID
    number: str
    title: str
    last: bool


def merged_into(question: UUID) -> list[Merged]:
    """Return what went into a question, the last first, at most 10. One statement."""
    named = Question.objects.filter(id=OuterRef("merged"))
    rows = Merge.objects.filter(survivor=question, undone_at=None).order_by("-at")
    found = rows.values_list("merged", Subquery(named.values("number")), Subquery(named.values("title")))
    return [
        Merged(id=key, number=number, title=title, last=nth == 0)
        for nth, (key, number, title) in enumerate(found[:OFFERED_AT_MOST])
    ]


def to_merge_with(actor: Actor, party: UUID | None, question: UUID) -> list[QuestionTile]:
    """Return the other questions of this resident that this employee may open, newest first, at most 10. One statement."""
    if party is None:
        return []
    rows = Question.objects.filter(party=party, merged_into=None).exclude(id=question).order_by("-asked_at")
    mine = [row for row in rows[:50] if rules.may_open(actor, team=row.team, handler=row.handler)]
    return [tile_of(row) for row in mine[:OFFERED_AT_MOST]]
