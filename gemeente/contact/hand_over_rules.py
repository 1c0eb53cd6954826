"""Decisions about handing a question over, without a database (V30, V42, V51, V67, V76)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from gemeente.access.types import Actor
from gemeente.contact.types import QuestionState, Urgency
from gemeente.kernel.calendar import add_office_time
from gemeente.kernel.errors import Conflict, DomainError, NotAllowed

# How long the receiver has, in office hours; danger does not wait for the office to open.
ACCEPT_WITHIN = {
    Urgency.NOW: timedelta(minutes=30),
    Urgency.TODAY: timedelta(hours=1),
    Urgency.NORMAL: timedelta(hours=4),
}
NAME_FROM = 2


@dataclass(frozen=True, kw_only=True)
class Held:
    """What of a question the decision depends on."""

    state: QuestionState
    urgency: Urgency
    team: str
    hand_overs: int
    open_with: str


@dataclass(frozen=True, kw_only=True)
class Receiver:
    """Whom it goes to: a team, and somebody in it when one was chosen. `people` are the ids of the team's employees."""

    team: str
    department: str
    people: tuple[UUID, ...]
    employee: UUID | None = None


def require_hand_over(held: Held, *, actor: Actor, to: Receiver, reason: str) -> None:
    """Raise what stands in the way of a hand-over: a closed question, one that waits already, oneself, no reason."""
    if held.state == QuestionState.CLOSED:
        raise Conflict("Deze vraag is al afgerond. U kunt hem niet meer doorgeven.")
    if held.open_with:
        raise Conflict(
            "De vraag is net doorgegeven aan %(team)s. Wacht tot zij hem aannemen of teruggeven.", team=held.open_with
        )
    if to.employee == actor.id:
        raise DomainError("U geeft de vraag door aan uzelf. Kies een ander team of een collega.")
    if to.team == held.team and to.employee is None:
        raise DomainError("De vraag is al bij dit team. Kies een ander team, of een collega.")
    if to.employee is not None and to.employee not in to.people:
        raise DomainError("Deze collega werkt niet in dit team. Kies opnieuw.")
    if not reason.strip():
        raise DomainError("Schrijf op waarom u de vraag doorgeeft.")


def needs_name(held: Held, *, from_department: str, to: Receiver) -> bool:
    """Tell whether the resident gets one name to call: from the second hand-over, or with two departments (V42, V51, V76)."""
    return held.hand_overs + 1 >= NAME_FROM or from_department != to.department


def name_for(*, chosen: UUID | None, to: Receiver, current: UUID | None, actor: Actor) -> UUID:
    """Return who becomes the contact person: the chosen one, else the receiver, the present one, or the first of the team."""
    candidates = (chosen, to.employee, current, *to.people[:1], actor.key)
    return next(candidate for candidate in candidates if candidate is not None)


def accept_by(*, now: datetime, urgency: Urgency) -> datetime:
    """Return the moment before which the receiver accepts or gives back."""
    if urgency == Urgency.NOW:
        return now + ACCEPT_WITHIN[urgency]
    return add_office_time(now, ACCEPT_WITHIN[urgency])


def require_receiver(actor: Actor, *, to_team: str, to_employee: UUID | None) -> None:
    """Raise NotAllowed unless this employee is who it was handed to, or works in that team."""
    if to_team not in actor.teams and (to_employee is None or to_employee != actor.id):
        raise NotAllowed("Deze vraag is aan een ander team doorgegeven.")
