"""End a question with an outcome in words, and open it again when it was not solved."""

from uuid import UUID

from gemeente.access.types import Actor, ActorKind, Purpose, Right
from gemeente.channels.types import Channel, OutgoingKind
from gemeente.contact import rules
from gemeente.contact.commands.records import lock, lock_for, write_history, write_moment, write_seen_first
from gemeente.contact.commands.return_question import return_question
from gemeente.contact.events import QuestionClosed
from gemeente.contact.letters import send_answer
from gemeente.contact.types import Outcome, QuestionState
from gemeente.kernel import clock
from gemeente.kernel.commands import about, command
from gemeente.kernel.errors import NotFound
from gemeente.kernel.events import publish


@command(right=Right.HANDLE_QUESTION, purpose=Purpose.HANDLE_QUESTION)
def close_question(
    *,
    actor: Actor,
    question: UUID,
    outcome: Outcome | None,
    words: str,
    via: Channel,
    seen_version: int,
    seen_first: UUID | None = None,
) -> None:
    """Close with an outcome, in words for the resident, who can say that it is not solved (V28).

    Raises DomainError without outcome or words, Conflict when it changed or is closed already, NotAllowed for another team.
    """
    held = lock_for(actor, question)
    rules.require_same_version(seen=seen_version, now=held.version)
    decided = rules.close(state=QuestionState(held.state), outcome=outcome, words=words)
    about(subject=held.party, object_id=held.id)
    moment = write_moment(held, actor, direction="out", channel=via, text=words.strip())
    held.state, held.closed_at = QuestionState.CLOSED, clock.now()
    held.outcome, held.outcome_text = decided, words.strip()
    held.needs_from_resident = ""
    held.first_answered_at = held.first_answered_at or moment.at
    held.version += 1
    held.save()
    write_history(held.id, "closed", actor, words=words.strip(), outcome=decided.value)
    write_seen_first(held.id, actor, seen=seen_first, moment=moment.id)
    if via not in (Channel.PHONE, Channel.DESK):
        send_answer(held, moment, kind=OutgoingKind.CLOSING, via=via)
    publish(QuestionClosed(question=held.id, outcome=decided))


@command(right=Right.ASK, purpose=Purpose.OWN_AFFAIRS)
def reopen_question(*, actor: Actor, question: UUID, words: str) -> None:
    """Say "niet opgelost": the question runs again, with its whole history and a new answer date, in somebody's hands (V28).

    Only the asker can. Raises NotFound for anybody else, DomainError when the question still runs.
    """
    held = lock(question)
    if actor.kind != ActorKind.RESIDENT or actor.id != held.party:
        raise NotFound("Deze vraag is er niet.")
    rules.reopen(state=QuestionState(held.state))
    about(subject=held.party, object_id=held.id)
    return_question(held, actor, words=words.strip())
