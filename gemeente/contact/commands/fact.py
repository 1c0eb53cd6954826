"""What a resident told once: keep it, let them put it right, and count each time that they had to tell it again (V66)."""

from uuid import UUID

from django.utils.translation import gettext_noop

from gemeente.access.types import Actor, Purpose, Right
from gemeente.contact import fact_rules as rules
from gemeente.contact.commands.records import lock, lock_for, write_history
from gemeente.contact.events import FactCorrected, FactNoted, ToldAgain
from gemeente.contact.models import ContactMoment, HistoryEntry, Question, ToldFact
from gemeente.contact.types import FactCard
from gemeente.kernel import clock
from gemeente.kernel.commands import about, command
from gemeente.kernel.errors import DomainError, NotFound
from gemeente.kernel.events import publish

WHAT = (gettext_noop("Wat u vertelde"),)
TOLD_AGAIN = "told_again"


@command(right=Right.HANDLE_QUESTION, purpose=Purpose.HANDLE_QUESTION)
def note_fact(
    *, actor: Actor, question: UUID, moment: UUID, words: str, label: str = "", everywhere: bool = False
) -> UUID:
    """Keep what the resident told in a moment of this question, in words that they can read; return the fact.

    `everywhere` lets it count in their other questions, of somebody whom we know. The same words again are the same fact.
    Raises DomainError without words, NotFound for a moment of another thread or a note, NotAllowed for another team's question.
    """
    held = lock_for(actor, question)
    told = ContactMoment.objects.filter(id=moment, question=question, internal=False).first()
    if told is None:
        raise NotFound("Dit bericht staat niet in deze vraag.")
    about(subject=held.party, object_id=held.id, what=WHAT)
    kept = rules.words_of_fact(words)
    known = ToldFact.objects.filter(question=question, words=kept, ended_at=None).first()
    if known:
        return known.id
    fact = ToldFact.objects.create(
        question=held.id,
        party=held.party,
        everywhere=everywhere and held.party is not None,
        label=" ".join(label.split())[: rules.LABEL_AT_MOST],
        words=kept,
        moment=moment,
        told_at=told.at,
        noted_by=actor.id,
        noted_by_name=actor.name,
        at=clock.now(),
    )
    write_history(held.id, "fact_noted", actor, words=kept, fact=str(fact.id))
    publish(FactNoted(question=held.id, fact=fact.id))
    return fact.id


@command(right=Right.ASK, purpose=Purpose.OWN_AFFAIRS)
def correct_fact(*, actor: Actor, fact: UUID, words: str) -> None:
    """Let a resident put right what we know of them; without words it goes away. What stood there stays in the history.

    Their handler sees it as new. The same words again change nothing. Raises NotFound for a fact that is not theirs or ended.
    """
    row, held = _lock(fact)
    if actor.party is None or row.party != actor.party:
        raise NotFound("Dit staat niet bij u.")
    about(subject=held.party, object_id=held.id, what=WHAT)
    said = rules.words_of_fact(words) if words.strip() else ""
    if said == row.words:
        return
    _end(row, actor, gettext_noop("verbeterd door de inwoner") if said else gettext_noop("weggehaald door de inwoner"))
    if said and not ToldFact.objects.filter(question=held.id, words=said, ended_at=None).exists():
        _replace(row, actor, said)
    held.version += 1
    held.save(update_fields=["version"])
    write_history(held.id, "fact_corrected", actor, words=said, fact=str(row.id))
    publish(FactCorrected(question=held.id, fact=row.id))


def _lock(fact: UUID) -> tuple[ToldFact, Question]:
    row = ToldFact.objects.filter(id=fact).first()
    if row is None:
        raise NotFound("Dit staat er niet meer.")
    held = lock(row.question)
    # Read again behind the lock: a colleague or the resident may have been first.
    row.refresh_from_db()
    if row.ended_at:
        raise NotFound("Dit staat er niet meer.")
    return row, held


def _end(row: ToldFact, actor: Actor, why: str) -> None:
    row.ended_at, row.ended_by_name, row.why_ended = clock.now(), actor.name, why
    row.save(update_fields=["ended_at", "ended_by_name", "why_ended"])


def _replace(row: ToldFact, actor: Actor, words: str) -> None:
    now = clock.now()
    ToldFact.objects.create(
        question=row.question,
        party=row.party,
        everywhere=row.everywhere,
        label=row.label,
        words=words,
        moment=row.moment,
        told_at=now,
        noted_by=actor.id,
        noted_by_name=actor.name,
        by_resident=True,
        at=now,
        replaces=row.id,
    )


@command(right=Right.HANDLE_QUESTION, purpose=Purpose.HANDLE_QUESTION)
def remove_fact(*, actor: Actor, question: UUID, fact: UUID, reason: str) -> None:
    """Take a fact away from beside the question that an employee has open, with a reason that stays in its history.

    Raises DomainError without a reason, NotFound for a fact that does not count in this question, NotAllowed for another team's.
    """
    held, row = _counting_in(actor, question, fact)
    if not reason.strip():
        raise DomainError("Schrijf op waarom dit weg moet.")
    _end(row, actor, reason.strip())
    write_history(held.id, "fact_removed", actor, words=f"{row.words} {reason.strip()}", fact=str(row.id))


def _counting_in(actor: Actor, question: UUID, fact: UUID) -> tuple[Question, ToldFact]:
    held = lock_for(actor, question)
    row = ToldFact.objects.select_for_update().filter(id=fact, ended_at=None).first()
    mine = row and (row.question == question or (row.everywhere and row.party == held.party))
    if row is None or not mine:
        raise NotFound("Dit staat er niet meer.")
    about(subject=held.party, object_id=held.id, what=WHAT)
    return held, row


@command(right=Right.HANDLE_QUESTION, purpose=Purpose.HANDLE_QUESTION)
def note_told_again(*, actor: Actor, question: UUID, fact: UUID) -> None:
    """Note that the resident had to tell a fact again; a second click on the same day is the same time.

    Raises as `remove_fact` does.
    """
    held, row = _counting_in(actor, question, fact)
    today = clock.now().astimezone(clock.AMSTERDAM).replace(hour=0, minute=0, second=0, microsecond=0)
    noted = HistoryEntry.objects.filter(question=question, kind=TOLD_AGAIN, actor=actor.id, at__gte=today)
    if not noted.filter(data__facts__contains=[str(row.id)]).exists():
        count_told_again(held, actor, [(row.id, row.words)])


def count_told_again(held: Question, actor: Actor, told: list[tuple[UUID, str]]) -> None:
    """Write one time that the resident has to tell again what they told before. Two statements and its deliveries."""
    words = " ".join(words for _, words in told)
    write_history(held.id, TOLD_AGAIN, actor, words=words, facts=[str(fact) for fact, _ in told])
    publish(ToldAgain(question=held.id))


def of_cards(told: tuple[FactCard, ...]) -> list[tuple[UUID, str]]:
    """Return facts as they are counted."""
    return [(fact.id, fact.words) for fact in told]
