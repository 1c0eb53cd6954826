"""Work on a question: take it up, note for colleagues, change its urgency; and the resident reading what came."""

from uuid import UUID

from gemeente.access.types import Actor, Purpose, Right
from gemeente.channels.types import Channel
from gemeente.contact import rules
from gemeente.contact.commands.company import call_in, lock_to_read
from gemeente.contact.commands.records import lock, lock_for, promise_of, write_history, write_moment
from gemeente.contact.events import UrgencyChanged
from gemeente.contact.models import ContactMoment, Question
from gemeente.contact.types import QuestionState, Urgency
from gemeente.kernel import clock
from gemeente.kernel.commands import about, command
from gemeente.kernel.errors import DomainError, NotFound
from gemeente.kernel.events import publish


@command(right=Right.HANDLE_QUESTION, purpose=Purpose.HANDLE_QUESTION)
def take_up_question(*, actor: Actor, question: UUID) -> None:
    """Become the one with a name who helps this resident. Raises NotAllowed for another team's question."""
    held = lock_for(actor, question)
    about(subject=held.party, object_id=held.id)
    held.handler = actor.id
    if held.state == QuestionState.NEW:
        held.state = QuestionState.WORKING
    held.version += 1
    held.save()
    write_history(held.id, "taken_up", actor)


@command(right=Right.HANDLE_QUESTION, purpose=Purpose.HANDLE_QUESTION)
def add_note(*, actor: Actor, question: UUID, text: str) -> None:
    """Write something for colleagues, which the resident does not see; who is called by "@name" may read the question.

    Who was called in may answer with a note, and so may a team with an open task in it: that is how they ask something back.
    Raises DomainError when it is empty, or calls a name that fits several people.
    """
    held = lock_to_read(actor, question)
    if not text.strip():
        raise DomainError("Uw notitie is nog leeg.")
    about(subject=held.party, object_id=held.id)
    write_moment(held, actor, direction="out", channel=Channel.WEB, text=text.strip(), internal=True)
    call_in(held, actor, text)
    held.version += 1
    held.save()


@command(right=Right.HANDLE_QUESTION, purpose=Purpose.HANDLE_QUESTION)
def change_urgency(*, actor: Actor, question: UUID, to: Urgency, reason: str) -> None:
    """Raise or lower the urgency. A raise may bring the answer date forward; a lowering never moves it back (V91).

    Who sees danger may raise it, in any team's question. Raises DomainError when it is lowered without a reason, NotAllowed
    when another team's is lowered, or when who has to hurry lowers it.
    """
    held = lock(question)
    before = Urgency(held.urgency)
    if to.rank < before.rank:
        rules.require_open(actor, team=held.team, handler=held.handler)
    by_handler = held.handler is not None and held.handler == actor.id
    changed = rules.change_urgency(before=before, to=to, reason=reason, by_handler=by_handler)
    about(subject=held.party, object_id=held.id)
    held.urgency, held.urgency_rank = changed, changed.rank
    held.urgency_reason = reason.strip() or held.urgency_reason
    held.answer_due = min(held.answer_due, promise_of(held, clock.now()))
    held.version += 1
    held.save()
    write_history(held.id, "urgency", actor, words=reason.strip(), to=changed.value, before=before.value)
    publish(UrgencyChanged(question=held.id, urgency=changed, before=before))


@command(right=Right.ASK, purpose=Purpose.OWN_AFFAIRS)
def read_messages(*, actor: Actor, question: UUID) -> int:
    """Note that the resident read what we wrote in this thread; return how many messages that were.

    Raises NotFound for anybody but the asker.
    """
    about(subject=actor.party, object_id=question)
    ours = ContactMoment.objects.filter(question=question, party=actor.party, direction="out", internal=False)
    read = ours.filter(read_at=None).update(read_at=clock.now()) if actor.party else 0
    if not read and not (actor.party and Question.objects.filter(id=question, party=actor.party).exists()):
        raise NotFound("Deze vraag is er niet.")
    return read
