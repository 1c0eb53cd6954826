"""Why an employee looks: chosen before any resident's data opens, kept for the session, logged with each look (AVG art. 5)."""

from uuid import UUID

from django.http import HttpRequest

from gemeente.access.http import actor_of
from gemeente.access.types import Purpose
from gemeente.kernel.commands import refuse
from gemeente.kernel.errors import DomainError

CHOICES = (Purpose.HANDLE_QUESTION, Purpose.TAKE_IN, Purpose.CHECK_QUALITY)
_WORK = "purpose"
_PARTIES = "purposes"
PARTIES_AT_MOST = 50


def working_purpose(request: HttpRequest) -> str:
    """Return for what this employee opens questions in this session, or "" when they did not choose yet."""
    return str(request.session.get(_WORK, ""))


def choose_for_work(request: HttpRequest, purpose: str) -> None:
    """Keep the purpose with which questions are opened. Raises DomainError for one that does not exist."""
    request.session[_WORK] = _checked(purpose)


def choose_for_party(request: HttpRequest, party: UUID, purpose: str) -> None:
    """Keep the purpose with which this resident's data are opened. Raises DomainError for one that does not exist."""
    chosen = request.session.get(_PARTIES, {})
    chosen[str(party)] = _checked(purpose)
    request.session[_PARTIES] = dict(list(chosen.items())[-PARTIES_AT_MOST:])


def purpose_for_party(request: HttpRequest, party: UUID) -> str:
    """Return the purpose for this resident. Raises NotAllowed, after logging the attempt, when none was chosen (V10)."""
    chosen = request.session.get(_PARTIES, {}).get(str(party))
    if chosen is None:
        raise refuse(
            actor_of(request), "open_resident", "geen doel gekozen", "Kies eerst waarvoor u deze gegevens bekijkt."
        )
    return str(chosen)


def _checked(purpose: str) -> str:
    if purpose not in list(CHOICES):
        raise DomainError("Kies waarvoor u kijkt.")
    return purpose
