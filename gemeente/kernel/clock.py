"""The time, in one place, so that a demonstration can be told as if it happened over the past weeks."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

AMSTERDAM = ZoneInfo("Europe/Amsterdam")

_told: ContextVar[datetime | None] = ContextVar("told_time", default=None)


def now() -> datetime:
    """Return the moment of the command that runs, aware, in UTC."""
    return _told.get() or datetime.now(UTC)


def today() -> date:
    """Return the local date in Groningen: what a resident calls today."""
    return now().astimezone(AMSTERDAM).date()


@contextmanager
def told_at(moment: datetime) -> Iterator[None]:
    """Run what happens inside as if it were `moment` (aware). For demonstration data and tests, never for a live request."""
    token = _told.set(moment.astimezone(UTC))
    try:
        yield
    finally:
        _told.reset(token)
