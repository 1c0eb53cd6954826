"""Make a question of its own of some messages, and put it back."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from gemeente.access.types import Actor, Purpose, Right
from gemeente.channels.types import Channel
from gemeente.contact import history_words, merge_rules, rules
from gemeente.contact.commands.merge import merge_questions
from gemeente.contact.commands.records import lock_for, write_history
from gemeente.contact.events import QuestionSplit
from gemeente.contact.letters import tell
from gemeente.contact.models import ContactMoment, Question
from gemeente.contact.numbers import next_number
from gemeente.contact.types import QuestionState
from gemeente.contact.understanding import understand
from gemeente.kernel.commands import about, command
from gemeente.kernel.errors import Conflict
from gemeente.kernel.events import publish


@command(right=Right.HANDLE_QUESTION, purpose=Purpose.HANDLE_QUESTION)
def split_question(*, actor: Actor, question: UUID, moments: Sequence[UUID], seen_version: int) -> UUID:
    """Make a question of its own of these messages: understood anew, its date counted from when it was asked. Returns its id.

    While the old question waits for an answer, the new one waits no longer than that: both were promised by then. Twice is
    once. Raises Conflict when a colleague changed the question, DomainError as `require_split` does, NotAllowed for another
    team's question.
    """
    held = lock_for(actor, question)
    if before := _split_before(held, moments):
        return before
    rules.require_same_version(seen=seen_version, now=held.version)
    chosen = _chosen(held, moments)
    about(subject=held.party, object_id=held.id)
    new = _new_question(held, chosen)
    new.save(force_insert=True)
    ContactMoment.objects.filter(id__in=[one.id for one in chosen]).update(question=new.id)
    held.version += 1
    held.save()
    _tell(actor, held, new)
    publish(
        QuestionSplit(
            question=new.id, split_from=held.id, team=new.team, urgency=new.urgency, answer_due=new.answer_due
        )
    )
    return new.id


def _split_before(held: Question, moments: Sequence[UUID]) -> UUID | None:
    """Return the question that exactly these messages became already: a double click."""
    went = set(ContactMoment.objects.filter(id__in=moments).values_list("question", flat=True))
    if len(went) != 1:
        return None
    new = Question.objects.filter(id=went.pop(), split_from=held.id, merged_into=None).first()
    return new.id if new else None


def _chosen(held: Question, moments: Sequence[UUID]) -> list[ContactMoment]:
    thread = ContactMoment.objects.filter(question=held.id)
    chosen = list(thread.filter(id__in=moments).order_by("at", "id"))
    told = thread.filter(direction="in", internal=False)
    ticked = [
        merge_rules.Chosen(party=one.party, from_resident=one.direction == "in" and not one.internal) for one in chosen
    ]
    stays = told.exclude(id__in=moments).count()
    merge_rules.require_split(ticked, asked_for=len(set(moments)), stays=stays)
    return chosen


def _new_question(held: Question, chosen: list[ContactMoment]) -> Question:
    told = [one for one in chosen if one.direction == "in" and not one.internal]
    answers = [one.at for one in chosen if one.direction == "out" and not one.internal and one.at >= told[-1].at]
    understood = understand("\n".join(filter(None, (part for one in told for part in (one.subject, one.text)))))
    urgency, first = understood.urgency.urgency, told[0]
    own = first.party == held.party
    return Question(
        number=next_number(first.at),
        party=first.party,
        title=rules.title_of(subject=first.subject, text=first.text, product_name=understood.product_name),
        language=understood.language,
        product=understood.product,
        product_reason=understood.product_reason,
        team=understood.team,
        urgency=urgency,
        urgency_rank=urgency.rank,
        urgency_code=understood.urgency.code,
        urgency_reason=understood.urgency.reason,
        state=QuestionState.WORKING if answers else QuestionState.NEW,
        channel=first.channel,
        reply_channel=held.reply_channel if own else Channel.WEB,
        asker_name=held.asker_name if own else first.author_name,
        asker_email=held.asker_email if own else "",
        asker_phone=held.asker_phone if own else "",
        asker_post=held.asker_post if own else "",
        asked_at=first.at,
        answer_due=_due(
            held, rules.answer_due(asked_at=first.at, norm_workdays=understood.norm_workdays, urgency=urgency)
        ),
        last_moment_at=max(one.at for one in chosen),
        first_answered_at=min(answers, default=None),
        split_from=held.id,
    )


def _due(held: Question, own: datetime) -> datetime:
    waits = held.closed_at is None and held.first_answered_at is None
    return min(own, held.answer_due) if waits else own


def _tell(actor: Actor, held: Question, new: Question) -> None:
    write_history(
        new.id,
        "split_from",
        actor,
        words=history_words.SPLIT_FROM % {"number": held.number},
        reason=new.urgency_reason,
        due=new.answer_due.isoformat(),
    )
    words = history_words.SPLIT_OFF % {"number": new.number, "title": new.title}
    write_history(held.id, "split", actor, words=words, new=str(new.id))
    tell(new, template="split", once=f"split:{new.id}", old=held)


@command(right=Right.HANDLE_QUESTION, purpose=Purpose.HANDLE_QUESTION)
def undo_split(*, actor: Actor, question: UUID, seen_version: int) -> UUID:
    """Put a question that was split off back where it came from, with all that was said in it since. Returns that question.

    It is a merge: the higher urgency and the earliest open date stay, and it can be undone. Raises Conflict when it was never
    split off or a colleague changed it, and else as `merge_questions` does.
    """
    new = Question.objects.filter(id=question).first()
    if new is None or new.split_from is None:
        raise Conflict("Deze vraag is nooit afgesplitst.")
    old = Question.objects.get(id=new.split_from)
    back = Question.objects.get(id=old.merged_into) if old.merged_into else old
    merge_questions(
        actor=actor,
        question=back.id,
        other=question,
        seen_version=back.version,
        other_seen_version=seen_version,
        agreed=True,
    )
    return back.id
