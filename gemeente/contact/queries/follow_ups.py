"""Whether an answer to "how did it go?" is still taken, and the resident's own way to it."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import OuterRef, Subquery

from gemeente.contact import follow_up_rules as rules
from gemeente.contact.models import FollowUp
from gemeente.kernel import clock
from gemeente.kernel.errors import NotFound


@dataclass(frozen=True, kw_only=True)
class FollowUpPage:
    """All that the page of a code may know: nothing of the question, nothing of what was answered."""

    answered: bool
    may_answer: bool
    change_until: datetime | None


def follow_up_key() -> bytes:
    """Return the key that signs the codes."""
    return settings.SECRET_KEY.encode()


def follow_up_of(code: str) -> FollowUp:
    """Return the follow-up of a code. One statement. Raises NotFound when there is none."""
    found = FollowUp.objects.filter(code_hash=rules.hash_of(code), why_not="").first()
    if found is None:
        raise NotFound("Deze link werkt niet meer.")
    return found


def follow_up_page(code: str) -> FollowUpPage:
    """Return where the follow-up of a code stands. One statement. Raises NotFound for one that never was or expired."""
    found = follow_up_of(code)
    may = rules.may_answer(
        now=clock.now(), expires_at=found.expires_at, answered_at=found.answered_at, times=found.times_answered
    )
    return FollowUpPage(
        answered=found.answered_at is not None,
        may_answer=may,
        change_until=found.answered_at + rules.CHANGE_FOR if found.answered_at else None,
    )


def open_follow_up_along() -> Subquery:
    """Return what reads along with a question's row which follow-up of it still waits for an answer. No statement."""
    waiting = FollowUp.objects.filter(
        question=OuterRef("id"),
        closed_at=OuterRef("closed_at"),
        why_not="",
        answered_at=None,
        expires_at__gt=clock.now(),
    )
    return Subquery(waiting.values("id")[:1])
