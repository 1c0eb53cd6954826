"""Commands: the only way to change something, whoever asks and through whichever channel.

A command checks the actor's right, opens the transaction, and writes one audit row with it. Every edge (web form, mail,
desk, job) calls the same command, so no channel can be treated differently (vision V81).
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from functools import wraps
from typing import ParamSpec, Protocol, TypeVar
from uuid import UUID

from django.db import transaction

from gemeente.kernel import clock, trace
from gemeente.kernel.errors import NotAllowed
from gemeente.kernel.ports import port

P = ParamSpec("P")
R = TypeVar("R")


class Acting(Protocol):
    """Who acts. The room `access` knows the people; the kernel only asks whether they may."""

    @property
    def kind(self) -> str: ...
    @property
    def id(self) -> UUID | None: ...
    @property
    def name(self) -> str: ...
    @property
    def department(self) -> str: ...
    def may(self, right: str) -> bool: ...


@dataclass(kw_only=True)
class AuditEntry:
    """One line in the audit: who did what, to whose data, why (BIO2 8.15, Logboek Dataverwerkingen)."""

    actor: Acting
    action: str
    purpose: str
    at: datetime
    trace_id: str
    subject: UUID | None = None
    object_id: UUID | None = None
    what: list[str] = field(default_factory=list)
    refused: bool = False


class AuditTrail(Protocol):
    """Port: where audit entries go. Writing happens in the caller's transaction."""

    def write(self, entry: AuditEntry) -> None: ...


_entry: ContextVar[AuditEntry | None] = ContextVar("audit_entry", default=None)


def about(*, subject: UUID | None = None, object_id: UUID | None = None, what: tuple[str, ...] = ()) -> None:
    """Say whose data the running command touches, on which object, and which kinds of data."""
    entry = _entry.get()
    if entry is None:
        return
    entry.subject = subject or entry.subject
    entry.object_id = object_id or entry.object_id
    entry.what.extend(what)


@contextmanager
def _audited(actor: Acting, action: str, purpose: str) -> Iterator[None]:
    entry = AuditEntry(actor=actor, action=action, purpose=purpose, at=clock.now(), trace_id=trace.current())
    token = _entry.set(entry)
    try:
        yield
        port(AuditTrail).write(entry)
    finally:
        _entry.reset(token)


def refuse(actor: Acting, action: str, purpose: str, message: str) -> NotAllowed:
    """Log that somebody tried what they may not, and return the error to raise."""
    entry = AuditEntry(
        actor=actor, action=action, purpose=purpose, at=clock.now(), trace_id=trace.current(), refused=True
    )
    port(AuditTrail).write(entry)
    return NotAllowed(message)


def command(*, right: str, purpose: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Make a function a command: `actor=` is required, and needs `right`; `purpose` is logged (AVG art. 5).

    Raises NotAllowed, after logging the attempt, when the actor lacks the right.
    """

    def decorate(do: Callable[P, R]) -> Callable[P, R]:
        @wraps(do)
        def run(*args: P.args, **kwargs: P.kwargs) -> R:
            actor: Acting = kwargs["actor"]  # type: ignore[assignment]  # a ParamSpec cannot name one keyword
            if not actor.may(right):
                raise refuse(actor, do.__name__, purpose, "Dit mag u niet doen. Vraag het uw teamleider.")
            with transaction.atomic(durable=False), _audited(actor, do.__name__, purpose):
                return do(*args, **kwargs)

        return run

    return decorate
