"""Keep a choice from the queue under a name, and forget it."""

from dataclasses import asdict

from gemeente.access.types import Actor, Purpose, Right
from gemeente.contact.models import SavedFilter
from gemeente.contact.queries.choice import KEPT_AT_MOST, QueueFilter
from gemeente.kernel.commands import command
from gemeente.kernel.errors import DomainError


@command(right=Right.HANDLE_QUESTION, purpose=Purpose.RUN_SYSTEM)
def save_filter(*, actor: Actor, name: str, choice: QueueFilter) -> int:
    """Keep a choice; the same name again changes it. Returns its id.

    Raises DomainError without a name, when it chooses nothing, and for the twenty-first.
    """
    if not name.strip():
        raise DomainError("Geef uw keuze een naam.")
    if not choice.chooses:
        raise DomainError("U koos nog niets. Kies eerst wat u wilt zien.")
    theirs = SavedFilter.objects.filter(employee=actor.key)
    if theirs.exclude(name=name.strip()).count() >= KEPT_AT_MOST:
        raise DomainError("U heeft al 20 keuzes bewaard. Haal er eerst een weg.")
    kept, _ = SavedFilter.objects.update_or_create(
        employee=actor.key, name=name.strip()[:40], defaults={"choice": asdict(choice)}
    )
    return kept.id


@command(right=Right.HANDLE_QUESTION, purpose=Purpose.RUN_SYSTEM)
def drop_filter(*, actor: Actor, kept: int) -> None:
    """Forget a kept choice of one's own. Gone already is gone."""
    SavedFilter.objects.filter(employee=actor.key, id=kept).delete()
