"""Decisions about giving questions to somebody, without a database (V34, V52)."""

from uuid import UUID

from gemeente.access.types import Actor
from gemeente.contact.types import QuestionState
from gemeente.kernel.errors import Conflict, DomainError, NotAllowed


def require_own_team(actor: Actor, *, team: str) -> None:
    """Raise NotAllowed unless the question is in a team of this lead."""
    if team not in actor.teams:
        raise NotAllowed("Deze vraag is van een ander team. U verdeelt alleen vragen van uw eigen team.")


def require_assign(*, state: QuestionState, employee: UUID, people: tuple[UUID, ...]) -> None:
    """Raise Conflict when the question is closed, DomainError when the employee does not work in its team."""
    if state == QuestionState.CLOSED:
        raise Conflict("Deze vraag is al afgerond.")
    if employee not in people:
        raise DomainError("Deze collega werkt niet in dit team. Kies opnieuw.")


def require_reason(reason: str) -> None:
    """Raise DomainError without a reason: who takes a question out of a team's hands says why (V52)."""
    if not reason.strip():
        raise DomainError("Schrijf op waarom u de vraag anders verdeelt.")
