"""Why an employee looks: chosen before any resident's data opens, kept for the session, logged with each look (AVG art. 5)."""

from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext_noop

from gemeente.access.http import actor_of
from gemeente.access.types import Purpose
from gemeente.kernel.commands import refuse
from gemeente.kernel.errors import DomainError

CHOICES = (Purpose.HANDLE_QUESTION, Purpose.TAKE_IN, Purpose.CHECK_QUALITY)
NONE_CHOSEN = gettext_noop("geen doel gekozen")
_WORK = "purpose"
_PARTIES = "purposes"
PARTIES_AT_MOST = 50


def working_purpose(request: HttpRequest) -> str:
    """Return for what this employee opens questions in this session, or "" when they did not choose yet."""
    return str(request.session.get(_WORK, ""))


def purpose_for_work(request: HttpRequest) -> str:
    """Return the purpose for opening questions. Raises NotAllowed, after logging the attempt, when none was chosen (V10)."""
    chosen = working_purpose(request)
    if not chosen:
        raise refuse(
            actor_of(request),
            "open_question",
            NONE_CHOSEN,
            "Kies eerst waarvoor u vragen opent. Ga naar Werk.",
        )
    return chosen


def choose_for_work(request: HttpRequest, purpose: str) -> None:
    """Keep the purpose with which questions are opened. Raises DomainError for one that does not exist."""
    request.session[_WORK] = _checked(purpose)


def choose_for_party(request: HttpRequest, party: UUID, purpose: str) -> None:
    """Keep the purpose with which this resident's data are opened. Raises DomainError for one that does not exist."""
    others = [one for one in request.session.get(_PARTIES, {}).items() if one[0] != str(party)]
    request.session[_PARTIES] = dict([*others, (str(party), _checked(purpose))][-PARTIES_AT_MOST:])


def purpose_for_party(request: HttpRequest, party: UUID) -> str:
    """Return the purpose for this resident. Raises NotAllowed, after logging the attempt, when none was chosen (V10)."""
    chosen = request.session.get(_PARTIES, {}).get(str(party))
    if chosen is None:
        raise refuse(
            actor_of(request),
            "open_resident",
            NONE_CHOSEN,
            "Kies eerst waarvoor u deze gegevens bekijkt.",
        )
    return str(chosen)


def _checked(purpose: str) -> str:
    if purpose not in list(CHOICES):
        raise DomainError("Kies waarvoor u kijkt.")
    return purpose
