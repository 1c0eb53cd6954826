"""Promise something, keep it, take it back; and notice what is due and what was broken."""

from uuid import UUID

from gemeente.access.types import Actor, Purpose, Right
from gemeente.contact import promise_rules as rules
from gemeente.contact.commands.records import lock, lock_for, write_history, write_seen_first
from gemeente.contact.events import PromiseBroken, PromiseKept, PromiseMade
from gemeente.contact.letters import say_sorry
from gemeente.contact.models import Promise, Question
from gemeente.contact.types import NewPromise
from gemeente.kernel import clock
from gemeente.kernel.commands import about, command
from gemeente.kernel.errors import Conflict, DomainError, NotFound
from gemeente.kernel.events import publish

WATCHED_AT_MOST = 500


@command(right=Right.HANDLE_QUESTION, purpose=Purpose.HANDLE_QUESTION)
def make_promise(*, actor: Actor, question: UUID, promise: NewPromise, seen_first: UUID | None = None) -> UUID:
    """Record a promise to the resident of this question; they see it with its date. Returns its id.

    Raises DomainError without words or for a date in the past, NotAllowed for another team's question.
    """
    held = lock_for(actor, question)
    about(subject=held.party, object_id=held.id)
    recorded = _record(held, actor, promise)
    write_seen_first(held.id, actor, seen=seen_first, moment=None)
    return recorded


def record_promises(held: Question, actor: Actor, promises: tuple[NewPromise, ...]) -> None:
    """Record what was promised in the words of an answer, in its transaction. Raises as `make_promise` does."""
    for promise in promises:
        _record(held, actor, promise)


def _record(held: Question, actor: Actor, promise: NewPromise) -> UUID:
    now = clock.now()
    rules.require_promise(promise, now=now)
    row = Promise.objects.create(
        question=held.id,
        party=held.party,
        words=promise.words.strip()[:500],
        kind=promise.kind,
        who=promise.who or actor.name,
        condition=promise.condition,
        employee=actor.key,
        made_at=now,
        due_at=promise.due_at,
        remind_at=rules.remind_at(due_at=promise.due_at, now=now),
    )
    write_history(held.id, "promise_made", actor, words=row.words, due=row.due_at.isoformat())
    publish(PromiseMade(promise=row.id, question=held.id, kind=promise.kind, due_at=promise.due_at))
    return row.id


def _hold(actor: Actor, promise: UUID) -> tuple[Promise, Question]:
    row = Promise.objects.select_for_update().filter(id=promise).first()
    if row is None:
        raise NotFound("Deze belofte is er niet.")
    held = lock_for(actor, row.question)
    if row.kept_at or row.taken_back_at:
        raise Conflict("Deze belofte is al klaar.")
    about(subject=held.party, object_id=held.id)
    return row, held


@command(right=Right.HANDLE_QUESTION, purpose=Purpose.HANDLE_QUESTION)
def keep_promise(*, actor: Actor, promise: UUID) -> None:
    """Note that a promise was kept. A broken one stays broken in the counts, and is kept late.

    Raises Conflict when it was kept or taken back before, NotAllowed for another team's question.
    """
    row, held = _hold(actor, promise)
    row.kept_at = clock.now()
    row.save()
    write_history(held.id, "promise_kept", actor, words=row.words)
    publish(PromiseKept(promise=row.id, question=held.id, late=row.broken_at is not None))


@command(right=Right.HANDLE_QUESTION, purpose=Purpose.HANDLE_QUESTION)
def take_back_promise(*, actor: Actor, promise: UUID, reason: str) -> None:
    """Take a promise back, with a reason that the resident reads. Raises DomainError without one, else as `keep_promise`."""
    row, held = _hold(actor, promise)
    if not reason.strip():
        raise DomainError("Schrijf op waarom u de belofte terugneemt. De inwoner leest dit.")
    row.taken_back_at, row.why_taken_back = clock.now(), reason.strip()
    row.save()
    write_history(held.id, "promise_taken_back", actor, words=f"{row.words} {reason.strip()}")


def _open() -> dict[str, None]:
    return {"kept_at": None, "broken_at": None, "taken_back_at": None}


@command(right=Right.DELIVER, purpose=Purpose.CHECK_QUALITY)
def remind_of_promises(*, actor: Actor) -> int:
    """Put each promise that falls due soon in its promiser's sight, once; return how many. At most 500 a run."""
    due = Promise.objects.select_for_update(skip_locked=True).filter(
        **_open(), reminded_at=None, remind_at__lte=clock.now()
    )[:WATCHED_AT_MOST]
    for row in due:
        row.reminded_at = clock.now()
        row.save()
        write_history(row.question, "promise_reminded", actor, words=row.words)
    return len(due)


@command(right=Right.DELIVER, purpose=Purpose.CHECK_QUALITY)
def note_broken_promises(*, actor: Actor) -> int:
    """Note each promise whose moment passed, once, and tell the resident with an apology before they ask; return how many."""
    late = hold_due_promises()
    broken: dict[UUID, list[str]] = {}
    for row in late:
        held = lock(row.question)
        row.broken_at = clock.now()
        row.save()
        write_history(held.id, "promise_broken", actor, words=row.words)
        broken.setdefault(held.id, []).append(row.words)
        publish(PromiseBroken(promise=row.id, question=held.id, team=held.team))
    for question, words in broken.items():
        say_sorry(lock(question), broken=words)
    return len(late)


def hold_due_promises() -> list[Promise]:
    """Return the promises whose moment passed and that nobody noted yet, at most 500, and hold them. One statement."""
    open_and_due = Promise.objects.filter(**_open(), due_at__lt=clock.now())
    return list(open_and_due.select_for_update(skip_locked=True)[:WATCHED_AT_MOST])
