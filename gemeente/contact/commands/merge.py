"""Put two questions together, and take them apart again."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Model
from django.utils.translation import gettext_noop

from gemeente.access.types import Actor, Purpose, Right
from gemeente.audit.commands import log_look
from gemeente.contact import history_words
from gemeente.contact import merge_rules as rules
from gemeente.contact.commands.records import write_history
from gemeente.contact.events import MergeUndone, QuestionsMerged
from gemeente.contact.letters import tell
from gemeente.contact.merge_rules import Across
from gemeente.contact.models import (
    ContactMoment,
    Draft,
    FollowUpTask,
    HandOver,
    HistoryEntry,
    Mention,
    Merge,
    Promise,
    Question,
    ToldFact,
)
from gemeente.contact.queries.merge import sides_of
from gemeente.contact.rules import require_open, require_same_version
from gemeente.contact.types import Outcome, QuestionState
from gemeente.kernel import clock
from gemeente.kernel.commands import about, command
from gemeente.kernel.errors import NotFound
from gemeente.kernel.events import publish

# What goes along with every question, and what only within one resident: their own steps and promises stay theirs to read.
ALWAYS: tuple[type[Model], ...] = (ContactMoment, HandOver, FollowUpTask, Mention)
WITHIN_ONE: tuple[type[Model], ...] = (HistoryEntry, Promise, ToldFact)
HOUSEMATE = gettext_noop("Wij behandelen uw vraag samen met een vraag van uw huisgenoot. Zo spraken wij het met u af.")


@command(right=Right.HANDLE_QUESTION, purpose=Purpose.HANDLE_QUESTION)
def merge_questions(
    *, actor: Actor, question: UUID, other: UUID, seen_version: int, other_seen_version: int, agreed: bool = False
) -> None:
    """Put `other` into `question` with all that was said, promised and handed over; its number leads here from now on.

    The higher urgency and the earliest open answer date stay. Twice is once. Raises NotAllowed unless this employee may open
    both, Conflict when one changed after it was seen, and else as `require_merge` does.
    """
    held, merged = _both(actor, question, other)
    if merged.merged_into == held.id:
        return
    require_same_version(seen=seen_version, now=held.version)
    require_same_version(seen=other_seen_version, now=merged.version)
    sides = sides_of(held, merged)
    apart = rules.require_merge(*sides, agreed=agreed)
    about(subject=held.party, object_id=held.id)
    record = _record(held, merged, apart)
    _stand_together(held, merged, rules.together(*sides))
    _end(merged, held, apart)
    _tell_merged(actor, held, merged, record)
    publish(QuestionsMerged(question=held.id, merged=merged.id))


def _both(actor: Actor, question: UUID, other: UUID) -> tuple[Question, Question]:
    # Promises before questions, and questions by id, as everybody locks them: no two wait for each other.
    list(Promise.objects.select_for_update().filter(question__in=(question, other)).order_by("id"))
    locked = Question.objects.select_for_update().filter(id__in=(question, other)).order_by("id")
    rows = {row.id: row for row in locked}
    if question not in rows or other not in rows:
        raise NotFound("Deze vraag is er niet.")
    for row in rows.values():
        require_open(actor, team=row.team, handler=row.handler)
    return rows[question], rows[other]


def _record(held: Question, merged: Question, apart: Across) -> Merge:
    along = ALWAYS if apart == Across.HOUSEHOLD else ALWAYS + WITHIN_ONE
    carried = Question.objects.filter(merged_into=merged.id)
    record = Merge(survivor=held.id, merged=merged.id, at=clock.now(), across=apart)
    record.carried = list(carried.values_list("id", flat=True))
    record.moved = {str(model._meta.model_name): _move(model, merged, held, apart) for model in along}
    record.before = _standing(held, merged)
    record.save(force_insert=True)
    carried.update(merged_into=held.id)
    _move_drafts(merged, held)
    return record


def _move(model: type[Model], of: Question, to: Question, apart: Across) -> list[str]:
    rows = model._default_manager.filter(question=of.id)
    if model is ToldFact:
        # What was told in both stands there already, and is one fact.
        known = ToldFact.objects.filter(question=to.id, ended_at=None)
        rows = rows.exclude(ended_at=None, words__in=list(known.values_list("words", flat=True)))
    moved = [str(key) for key in rows.values_list("pk", flat=True)]
    rows.update(question=to.id, **_party(model, to if apart != Across.HOUSEHOLD else None))
    return moved


def _party(model: type[Model], owner: Question | None) -> dict[str, UUID | None]:
    """Return whose the rows become; nothing when they keep who they are of."""
    has_party = any(field.name == "party" for field in model._meta.fields)
    return {"party": owner.party} if owner and has_party else {}


def _move_drafts(of: Question, to: Question) -> None:
    for draft in Draft.objects.filter(question=of.id):
        there = Draft.objects.filter(question=to.id, employee=draft.employee).first()
        if there is None:
            draft.question = to.id
            draft.save()
        else:
            there.text = f"{there.text.rstrip()}\n\n{draft.text}".lstrip()
            there.save()
            draft.delete()


def _standing(held: Question, merged: Question) -> dict[str, Any]:
    """Return how both stood: of the survivor what a merge changes, of the merged one what ends it."""
    return {
        "asked_at": held.asked_at.isoformat(),
        "answered_at": held.first_answered_at.isoformat() if held.first_answered_at else None,
        "needs": held.needs_from_resident,
        "state": merged.state,
        "closed_at": merged.closed_at.isoformat() if merged.closed_at else None,
        "outcome": merged.outcome,
        "outcome_text": merged.outcome_text,
    }


def _stand_together(held: Question, merged: Question, now: rules.Together) -> None:
    urgent, first = (merged if one == merged.id else held for one in (now.urgency_of, now.date_of))
    for field in ("urgency", "urgency_rank", "urgency_code", "urgency_reason"):
        setattr(held, field, getattr(urgent, field))
    held.answer_due, held.late_at = first.answer_due, first.late_at
    held.state, held.first_answered_at = now.state, now.answered_at
    held.asked_at = min(held.asked_at, merged.asked_at)
    held.last_moment_at = max(held.last_moment_at, merged.last_moment_at)
    held.needs_from_resident = _needs(held.needs_from_resident, merged.needs_from_resident)
    held.handler = held.handler or (merged.handler if merged.team == held.team else None)
    held.contact_person = held.contact_person or merged.contact_person
    held.hand_overs += merged.hand_overs
    held.times_reopened += merged.times_reopened
    # Higher than what anybody saw of either, so that a page of before the merge changes nothing unseen.
    held.version = max(held.version, merged.version) + 1
    held.save()


def _needs(one: str, other: str) -> str:
    return "\n".join(dict.fromkeys(filter(None, (one, other))))


def _end(merged: Question, held: Question, apart: Across) -> None:
    merged.merged_into = held.id
    merged.state, merged.closed_at = QuestionState.CLOSED, clock.now()
    # Who keeps their own page reads there how it went on; else there is one page, and this one is no outcome to count.
    theirs = apart == Across.HOUSEHOLD
    merged.outcome, merged.outcome_text = (Outcome.REFERRED.value, HOUSEMATE) if theirs else ("", "")
    merged.version += 1
    merged.save()


def _tell_merged(actor: Actor, held: Question, merged: Question, record: Merge) -> None:
    words = history_words.JOINED % {"number": merged.number, "title": merged.title}
    house = record.across == Across.HOUSEHOLD
    write_history(held.id, "merged_house" if house else "merged", actor, words=words, merged=str(merged.id))
    if house:
        write_history(merged.id, "merged", actor, words=HOUSEMATE)
        log_look(
            actor=actor,
            action="merge_questions",
            purpose=Purpose.HANDLE_QUESTION,
            subject=merged.party,
            object_id=merged.id,
            what=(gettext_noop("Uw vraag"),),
        )
    else:
        tell(held, template="merged", once=f"merged:{record.id}")
    if record.across != Across.ONE:
        tell(merged, template="joined", once=f"joined:{record.id}")


@command(right=Right.HANDLE_QUESTION, purpose=Purpose.HANDLE_QUESTION)
def undo_merge(*, actor: Actor, question: UUID, merged: UUID) -> int:
    """Take the last question that went into this one out again, as it stood; return how many messages stay behind.

    What was written since stays where it was written. The survivor keeps its urgency and its answer date: no promise moves to
    later. Raises Conflict when it was undone before or is not the last, NotAllowed unless this employee may open both.
    """
    held, freed = _both(actor, question, merged)
    record = Merge.objects.filter(survivor=held.id, undone_at=None).order_by("-at").first()
    last = Question.objects.get(id=record.merged).number if record else ""
    rules.require_last(last=record.merged if record else None, last_number=last, merged=merged)
    assert record is not None
    about(subject=held.party, object_id=held.id)
    _move_back(record, held, freed)
    _free(freed, held, record.before)
    stayed = ContactMoment.objects.filter(question=held.id, at__gt=record.at).count()
    _stand_alone(held, freed, record.before, talked=stayed > 0)
    record.undone_at = clock.now()
    record.save()
    _tell_apart(actor, held, freed, record, stayed)
    publish(MergeUndone(question=held.id, merged=freed.id))
    return stayed


def _move_back(record: Merge, held: Question, freed: Question) -> None:
    for model in ALWAYS + WITHIN_ONE:
        ids = record.moved.get(str(model._meta.model_name), [])
        rows = model._default_manager.filter(question=held.id, pk__in=ids)
        rows.update(question=freed.id, **_party(model, freed if record.across != Across.HOUSEHOLD else None))
    Question.objects.filter(id__in=record.carried, merged_into=held.id).update(merged_into=freed.id)


def _free(freed: Question, held: Question, before: dict[str, Any]) -> None:
    freed.merged_into = None
    freed.state, freed.closed_at = before["state"], _moment(before["closed_at"])
    freed.outcome, freed.outcome_text = before["outcome"], before["outcome_text"]
    freed.version = max(held.version, freed.version) + 1
    freed.save()


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _stand_alone(held: Question, freed: Question, before: dict[str, Any], *, talked: bool) -> None:
    held.asked_at = datetime.fromisoformat(before["asked_at"])
    if not talked:
        # With nothing said since, it waits for an answer only because the other one did.
        held.first_answered_at = held.first_answered_at or _moment(before["answered_at"])
    if held.needs_from_resident == _needs(before["needs"], freed.needs_from_resident):
        held.needs_from_resident = before["needs"]
    held.hand_overs = max(0, held.hand_overs - freed.hand_overs)
    held.times_reopened = max(0, held.times_reopened - freed.times_reopened)
    held.version += 1
    held.save()


def _tell_apart(actor: Actor, held: Question, freed: Question, record: Merge, stayed: int) -> None:
    house = record.across == Across.HOUSEHOLD
    kind = "unmerged_house" if house else "unmerged"
    parted = {0: history_words.PARTED, 1: history_words.PARTED_WITH_ONE_LATER}
    words = parted.get(stayed, history_words.PARTED_WITH_LATER)
    told = {"number": freed.number, "title": freed.title, "count": stayed}
    write_history(held.id, kind, actor, words=words % told, merged=str(freed.id))
    write_history(freed.id, "unmerged", actor, words=gettext_noop("Deze vraag staat weer apart."))
    if not house:
        tell(held, template="unmerged", once=f"unmerged:{record.id}", other=freed)
    if record.across != Across.ONE:
        tell(freed, template="parted", once=f"parted:{record.id}")
