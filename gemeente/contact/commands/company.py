"""Call colleagues in, keep a question in sight, and leave it."""

from uuid import UUID

from django.db import connection

from gemeente.access.queries import employees_called
from gemeente.access.types import Actor, Purpose, Right
from gemeente.contact import mention_rules
from gemeente.contact.commands.records import lock, lock_to_note
from gemeente.contact.models import Follow, Mention, Presence, Question
from gemeente.contact.queries.company import SEEN_WITHIN
from gemeente.contact.queries.mentions import mentions_of
from gemeente.kernel import clock
from gemeente.kernel.commands import about, command


def call_in(held: Question, actor: Actor, text: str) -> None:
    """Show a question to each colleague whom a note calls by "@name"; they may read it from then on.

    Raises DomainError when a name fits several people. Two statements when anybody is called, else none.
    """
    words = mention_rules.first_words(text)
    called = mention_rules.called_in(text, employees_called(words)) if words else []
    Mention.objects.bulk_create(
        Mention(question=held.id, employee=employee, by_name=actor.name, at=clock.now())
        for employee in called
        if employee != actor.id
    )


def lock_to_read(actor: Actor, question: UUID) -> Question:
    """Return a question that this employee may read, as a colleague who was called in too, and hold it.

    Raises NotFound and NotAllowed.
    """
    return lock(question) if mentions_of(actor, question).exists() else lock_to_note(actor, question)


@command(right=Right.HANDLE_QUESTION, purpose=Purpose.HANDLE_QUESTION)
def follow_question(*, actor: Actor, question: UUID, follow: bool) -> None:
    """Keep a question in sight, or no longer. Twice is once. Raises NotFound, NotAllowed for another team's."""
    held = lock_to_read(actor, question)
    about(subject=held.party, object_id=held.id)
    if follow:
        Follow.objects.get_or_create(employee=actor.key, question=question)
    else:
        Follow.objects.filter(employee=actor.key, question=question).delete()


def leave_question(*, actor: Actor, question: UUID) -> None:
    """Note that an employee closed a question, and tell who still has it open. Says nothing of a resident, so no command."""
    if Presence.objects.filter(employee=actor.key, question=question).delete()[0]:
        with connection.cursor() as cursor:
            cursor.execute("SELECT contact_tell_company(%s)", [question])


def forget_presence() -> int:
    """Forget who had which question open; return how many. It is nobody's business for longer than it helps."""
    return Presence.objects.filter(seen_at__lt=clock.now() - SEEN_WITHIN).delete()[0]
