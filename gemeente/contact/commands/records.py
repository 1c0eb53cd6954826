"""What every deed writes: a line of history, a moment of contact, a locked question."""

from datetime import datetime
from typing import Any
from uuid import UUID

from gemeente.access.types import Actor
from gemeente.contact import history_words, rules
from gemeente.contact.events import TextsChanged
from gemeente.contact.models import ContactMoment, FollowUpTask, HistoryEntry, Question
from gemeente.contact.task_rules import TaskState
from gemeente.contact.types import QuestionState, Urgency
from gemeente.kernel import clock
from gemeente.kernel.errors import Conflict, NotFound
from gemeente.kernel.events import publish
from gemeente.products.queries import catalogue


def lock(question: UUID) -> Question:
    """Return a question and hold it until the transaction ends: deeds on one question come one after another.

    Raises NotFound, and Conflict for a question that went into another: all of it is there.
    """
    found = Question.objects.select_for_update().filter(id=question).first()
    if found is None:
        raise NotFound("Deze vraag is er niet.")
    if found.merged_into is not None:
        raise Conflict("Deze vraag is net samengevoegd met een andere. Open de vraag opnieuw.")
    return found


def lock_surviving(question: UUID) -> Question:
    """Return what a question went into, or itself, and hold it. Raises NotFound.

    Raises Conflict when it is merged this very moment: who comes again finds the way.
    """
    went = Question.objects.filter(id=question).values_list("merged_into", flat=True).first()
    return lock(went or question)


def lock_for(actor: Actor, question: UUID) -> Question:
    """Return a question that this employee may handle, and hold it. Raises NotFound and NotAllowed."""
    held = lock(question)
    rules.require_open(actor, team=held.team, handler=held.handler)
    return held


def lock_to_note(actor: Actor, question: UUID) -> Question:
    """Return a question that this employee may read, and hold it. Raises NotFound and NotAllowed."""
    held = lock(question)
    asked = FollowUpTask.objects.filter(question=question, state=TaskState.OPEN).values_list("team", flat=True)
    rules.require_open(actor, team=held.team, handler=held.handler, asked_teams=asked)
    return held


def promise_of(held: Question, asked_at: datetime) -> datetime:
    """Return by when the resident hears from us, for what is asked at this moment in this question."""
    norm = catalogue()[held.product].norm_workdays
    return rules.answer_due(asked_at=asked_at, norm_workdays=norm, urgency=Urgency(held.urgency))


def raise_urgency(held: Question, actor: Actor, to: Urgency, *, code: str, reason: str, at: datetime) -> None:
    """Raise the urgency of a question when it is less than this, and bring its answer date forward; never lower it.

    At most one statement; the caller saves the question.
    """
    if to.rank <= held.urgency_rank:
        return
    held.urgency, held.urgency_rank = to, to.rank
    held.urgency_code, held.urgency_reason = code, reason
    held.answer_due = min(held.answer_due, promise_of(held, at))
    write_history(held.id, "urgency", actor, words=reason, to=to.value)


def wait_again(held: Question, *, asked_at: datetime) -> None:
    """Let who writes on after an answer wait for the next: it must not lie unseen below what was answered.

    A date that is still to come stays; one that has gone by is set anew.
    """
    held.first_answered_at = held.late_at = None
    if held.answer_due <= asked_at:
        held.answer_due = promise_of(held, asked_at)


def run_again(held: Question, actor: Actor, *, asked_at: datetime, words: str = "", not_solved: bool = False) -> None:
    """Let a closed question run again, with a new answer date: what was answered before did not solve it. One statement.

    `not_solved`: the asker said so in as many words, and a lead sees it.
    """
    held.state, held.closed_at = QuestionState.WORKING, None
    held.times_reopened += 1
    held.first_answered_at = held.late_at = None
    held.answer_due = promise_of(held, asked_at)
    write_history(held.id, "reopened", actor, words=words, due=held.answer_due.isoformat(), not_solved=not_solved)


def write_history(question: UUID, kind: str, actor: Actor, *, words: str = "", **data: Any) -> None:
    """Write down what happened, by whom. One statement."""
    HistoryEntry.objects.create(
        question=question,
        at=clock.now(),
        kind=kind,
        actor=actor.id,
        actor_name=actor.name,
        words=words,
        data=data,
    )


def write_seen_first(question: UUID, actor: Actor, *, seen: UUID | None, moment: UUID | None) -> None:
    """Keep with what was sent which other message its sender saw first, and sent theirs all the same (R29). Two statements."""
    if seen is None:
        return
    who = ContactMoment.objects.values_list("author_name", flat=True).get(id=seen)
    words = history_words.SAW_FIRST % {"who": who}
    write_history(question, "despite", actor, words=words, seen=str(seen), moment=str(moment) if moment else None)


def write_moment(
    held: Question, actor: Actor, *, direction: str, channel: str, text: str, **more: Any
) -> ContactMoment:
    """Write one moment of contact and move the question's clock of last contact; search will know it. Two statements."""
    moment = ContactMoment.objects.create(
        question=held.id,
        at=clock.now(),
        direction=direction,
        channel=channel,
        author=actor.id,
        author_name=actor.name,
        text=text,
        **{"party": held.party} | more,
    )
    if not moment.internal:
        held.last_moment_at = moment.at
    publish(TextsChanged(question=held.id))
    return moment
