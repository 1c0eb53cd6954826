"""Decisions about follow-up tasks, without a database (V31, V78)."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from gemeente.access.types import Actor
from gemeente.contact.types import QuestionState
from gemeente.kernel.calendar import end_of_workday, is_workday, next_workday
from gemeente.kernel.clock import AMSTERDAM
from gemeente.kernel.errors import Conflict, DomainError, NotAllowed

ASKED_AT_MOST = 2000
WORDS_AT_MOST = 5000
WHY_AT_MOST = 500

# Nine digits in a row are a burgerservicenummer or a phone number, whatever stands between them.
_PERSONAL = re.compile(r"\d(?:[ .-]?\d){8}|[^\s@]+@[^\s@]+")


class TaskState(StrEnum):
    """Where a task stands; it ends once."""

    OPEN = "open"
    DONE = "done"
    GIVEN_BACK = "given_back"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, kw_only=True)
class NewTask:
    """What is asked of a team (by key) or of a partner (by name), and before the end of which day.

    `why_later` says why the day comes after the answer date; `agreed` that the resident knows of the partner and finds it good.
    """

    asked: str
    day: date
    team: str = ""
    partner: str = ""
    why_later: str = ""
    agreed: bool = False

    @property
    def due_at(self) -> datetime:
        """Return the moment, aware, before which it has to be done: closing time of that day."""
        return end_of_workday(self.day)


@dataclass(frozen=True, kw_only=True)
class Asking:
    """What of a question the decision depends on. `answer_due` is None once the answer was given: nothing waits for it then.

    `open_tasks` are the (team, partner, what is asked) of what is asked already.
    """

    number: str
    state: QuestionState
    team: str
    answer_due: datetime | None
    open_tasks: Collection[tuple[str, str, str]]


def require_task(task: NewTask, of: Asking, *, now: datetime) -> None:
    """Raise what stands in the way of asking this: a closed question, its own team, no words, a wrong day, twice the same."""
    if of.state == QuestionState.CLOSED:
        raise Conflict("Deze vraag is al afgerond. U kunt er geen taak meer in vragen.")
    if bool(task.team) == bool(task.partner):
        raise DomainError("Kies één team of één partner voor de taak.")
    if task.team == of.team:
        raise DomainError("Deze vraag is al bij dit team. Kies een ander team, of schrijf een notitie.")
    if not task.asked.strip():
        raise DomainError("Schrijf op wat u vraagt.")
    _require_day(task, of.answer_due, now=now)
    if (task.team, task.partner, task.asked.strip()) in of.open_tasks:
        raise Conflict("Deze taak staat er al. U hoeft hem niet nog eens te vragen.")
    if task.partner:
        _require_fit_for_partner(task, of.number)


def _require_day(task: NewTask, answer_due: datetime | None, *, now: datetime) -> None:
    if not is_workday(task.day):
        raise DomainError("Op deze dag werkt de gemeente niet. Kies een werkdag.")
    if task.due_at <= now:
        raise DomainError("Deze dag is al voorbij. Kies een werkdag die nog komt.")
    if task.due_at > now + timedelta(days=366):
        raise DomainError("Deze dag is meer dan een jaar weg. Kijk hem nog eens na.")
    if answer_due and task.due_at > answer_due and not task.why_later.strip():
        raise DomainError("Deze dag is na de antwoorddatum. Kies een eerdere dag, of schrijf op waarom het later is.")


def _require_fit_for_partner(task: NewTask, number: str) -> None:
    if not task.agreed:
        raise DomainError(
            "Vraag het eerst aan de inwoner. De partner krijgt de naam alleen als de inwoner dat goed vindt."
        )
    if _PERSONAL.search(task.asked.replace(number, "")):
        raise DomainError(
            "Haal nummers en e-mailadressen uit de taak. De partner krijgt van de inwoner alleen de naam."
        )


def suggest_day(*, answer_due: datetime, now: datetime) -> date:
    """Return the working day to suggest: the last one before the answer date, and never today or before."""
    day = answer_due.astimezone(AMSTERDAM).date() - timedelta(days=1)
    while not is_workday(day):
        day -= timedelta(days=1)
    return max(day, next_workday(now.astimezone(AMSTERDAM).date()))


def require_doer(actor: Actor, *, team: str, handles: bool) -> None:
    """Raise NotAllowed unless this employee may say how a task ended: the asked team; for a partner, who handles the question."""
    if team and team not in actor.teams:
        raise NotAllowed("Deze taak is van een ander team.")
    if not team and not handles:
        raise NotAllowed("Deze vraag is van een ander team. Alleen zij noteren wat de partner zei.")


def require_open(state: TaskState) -> None:
    """Raise Conflict when a task has ended already."""
    if state != TaskState.OPEN:
        raise Conflict("Deze taak is al klaar. Misschien was een collega u voor.")


def require_words(words: str, message: str) -> str:
    """Return the words with which a task ends. Raises DomainError with this message when there are none."""
    if not words.strip():
        raise DomainError(message)
    return words.strip()[:WORDS_AT_MOST]
