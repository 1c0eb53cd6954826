"""Speak to the resident: an answer, or a question back."""

from uuid import UUID

from gemeente.access.types import Actor, Purpose, Right
from gemeente.channels import files
from gemeente.channels.types import Channel, OutgoingKind
from gemeente.contact import rules
from gemeente.contact.commands.fact import count_told_again, of_cards
from gemeente.contact.commands.promise import record_promises
from gemeente.contact.commands.records import lock_for, write_history, write_moment, write_seen_first
from gemeente.contact.events import QuestionAnswered
from gemeente.contact.fact_rules import Knowing, require_not_told
from gemeente.contact.letters import send_answer
from gemeente.contact.models import ContactMoment, Draft, Question
from gemeente.contact.queries.facts import facts_of
from gemeente.contact.types import NewPromise, QuestionState
from gemeente.kernel import clock
from gemeente.kernel.commands import about, command
from gemeente.kernel.errors import Conflict, DomainError
from gemeente.kernel.events import publish

# More than an answer may hold, so that one that is too long still stands there to be cut.
DRAFT_AT_MOST = 40_000


@command(right=Right.HANDLE_QUESTION, purpose=Purpose.HANDLE_QUESTION)
def answer_question(
    *,
    actor: Actor,
    question: UUID,
    text: str,
    via: Channel,
    seen_version: int,
    held_files: UUID | None = None,
    promises: tuple[NewPromise, ...] = (),
    seen_first: UUID | None = None,
) -> UUID:
    """Answer by the chosen channel; the same words stand in MijnGroningen. Returns the moment.

    `held_files` is the token of the form that holds what goes along; `promises` are those in the words, recorded with them.
    `seen_first` is another message to this resident that the sender saw, and sent this all the same: it stays in the history.
    A closed question stays closed. By phone or at a desk the words are what was said. Raises Conflict when a colleague
    changed the question after `seen_version`, DomainError for an empty answer or a channel that cannot reach the asker,
    NotAllowed for another team's question. The same words sent again (a double click, a lost line) are one answer.
    """
    held = lock_for(actor, question)
    if seen_version != held.version and (said := _said_already(held, actor, text=text, via=via)):
        return said
    rules.require_same_version(seen=seen_version, now=held.version)
    moment = _speak(held, actor, text=text, via=via, kind=OutgoingKind.ANSWER, held_files=held_files)
    record_promises(held, actor, promises)
    write_seen_first(held.id, actor, seen=seen_first, moment=moment.id)
    held.first_answered_at = held.first_answered_at or moment.at
    _save(held, actor, QuestionState.WORKING)
    publish(QuestionAnswered(question=held.id, moment=moment.id, channel=via))
    return moment.id


@command(right=Right.HANDLE_QUESTION, purpose=Purpose.HANDLE_QUESTION)
def ask_resident(
    *,
    actor: Actor,
    question: UUID,
    text: str,
    needs: str,
    via: Channel,
    seen_version: int,
    knowing: Knowing = Knowing.NOT_SEEN,
    held_files: UUID | None = None,
    promises: tuple[NewPromise, ...] = (),
    seen_first: UUID | None = None,
) -> UUID:
    """Ask the resident for what is missing; it stands on top of their page until they send it (R2, R4).

    Raises as `answer_question` does, DomainError when `needs` does not say what is needed, and AlreadyTold when the resident told
    it before: who is `knowing` that may ask all the same, and it is counted (V66).
    """
    held = lock_for(actor, question)
    if seen_version != held.version and (said := _said_already(held, actor, text=text, via=via)):
        return said
    rules.require_same_version(seen=seen_version, now=held.version)
    held.needs_from_resident = rules.ask_back(state=QuestionState(held.state), needs=needs)
    told = require_not_told(needs, facts_of(held), knowing=knowing)
    moment = _speak(held, actor, text=text, via=via, kind=OutgoingKind.NOTICE, held_files=held_files)
    record_promises(held, actor, promises)
    if told:
        count_told_again(held, actor, of_cards(told))
    write_seen_first(held.id, actor, seen=seen_first, moment=moment.id)
    write_history(held.id, "asked_resident", actor, words=held.needs_from_resident)
    _save(held, actor, QuestionState.WAITING)
    return moment.id


def _said_already(held: Question, actor: Actor, *, text: str, via: Channel) -> UUID | None:
    """Return the last moment of a thread when it is these very words, by this employee.

    Raises Conflict when a colleague said these words just now: saying them twice helps nobody.
    """
    last = _last_moment(held)
    if last is None or (last.direction, last.text) != ("out", text.strip()):
        return None
    if last.author != actor.id:
        raise Conflict("Een collega stuurde net ditzelfde antwoord. U hoeft niets meer te sturen.")
    return last.id if last.channel == via else None


def _last_moment(held: Question) -> ContactMoment | None:
    return ContactMoment.objects.filter(question=held.id, internal=False).order_by("-at", "-id").first()


def _speak(
    held: Question, actor: Actor, *, text: str, via: Channel, kind: OutgoingKind, held_files: UUID | None
) -> ContactMoment:
    if not text.strip():
        raise DomainError("Er staat nog geen tekst in uw antwoord.")
    about(subject=held.party, object_id=held.id)
    moment = write_moment(held, actor, direction="out", channel=via, text=text.strip())
    if held_files:
        files.give(held_files, moment=moment.id)
    if via not in (Channel.PHONE, Channel.DESK):
        send_answer(held, moment, kind=kind, via=via)
    return moment


def _save(held: Question, actor: Actor, state: QuestionState) -> None:
    if held.state != QuestionState.CLOSED:
        held.state = state
    held.handler = held.handler or actor.id
    held.version += 1
    held.save()
    Draft.objects.filter(question=held.id, employee=actor.key).delete()


@command(right=Right.HANDLE_QUESTION, purpose=Purpose.HANDLE_QUESTION)
def save_draft(*, actor: Actor, question: UUID, text: str) -> None:
    """Keep what an employee is writing. The last one wins: it is theirs alone.

    What was said just now is no draft any more: it was on its way while it was sent.
    """
    held = lock_for(actor, question)
    about(subject=held.party, object_id=held.id)
    last = _last_moment(held)
    if last and (last.direction, last.text) == ("out", text.strip()):
        return
    Draft.objects.update_or_create(
        question=question, employee=actor.key, defaults={"text": text[:DRAFT_AT_MOST], "saved_at": clock.now()}
    )
