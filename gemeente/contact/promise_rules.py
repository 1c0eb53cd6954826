"""Decisions about promises, without a database (V30)."""

from datetime import datetime, time, timedelta

from gemeente.contact.types import NewPromise
from gemeente.kernel.calendar import is_workday, start_of_workday
from gemeente.kernel.clock import AMSTERDAM
from gemeente.kernel.errors import DomainError

LONGEST = timedelta(days=366)
REMIND_BEFORE = timedelta(hours=2)


def require_promise(promise: NewPromise, *, now: datetime) -> None:
    """Raise DomainError for a promise without words, in the past, or so far ahead that nobody can mean it."""
    if not promise.words.strip():
        raise DomainError("Schrijf op wat u belooft.")
    if promise.due_at <= now:
        raise DomainError("Deze datum is al voorbij. Kies een datum die nog komt.")
    if promise.due_at > now + LONGEST:
        raise DomainError("Deze datum is meer dan een jaar weg. Kijk hem nog eens na.")


def remind_at(*, due_at: datetime, now: datetime) -> datetime:
    """Return when the promiser is reminded: the morning of the last working day by then, or two hours before if that is sooner.

    A promise for this morning reminds at once.
    """
    day = due_at.astimezone(AMSTERDAM).date()
    while not is_workday(day):
        day -= timedelta(days=1)
    morning = start_of_workday(day)
    return max(now, min(morning, due_at - REMIND_BEFORE))


def end_of_day(day: datetime) -> datetime:
    """Return the last second of a local date: a date means the end of that day."""
    return datetime.combine(day.astimezone(AMSTERDAM).date(), time(23, 59, 59), AMSTERDAM)
