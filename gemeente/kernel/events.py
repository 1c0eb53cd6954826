"""Events: facts that happened, delivered at least once to whoever subscribed, however the process dies.

`publish()` writes the event and one delivery per subscriber in the caller's transaction. Rollback leaves nothing; commit
delivers. A subscriber runs one command; its effects and the end of the delivery commit together.
"""

from collections.abc import Callable
from typing import Any, TypeVar

import msgspec
from django.db import connection

from gemeente.kernel import clock, trace
from gemeente.kernel.errors import PublishOutsideTransaction
from gemeente.kernel.sql import statement

E = TypeVar("E")

_types: dict[str, type[Any]] = {}
_names: dict[type[Any], str] = {}
_subscribers: dict[str, dict[str, Callable[[Any], None]]] = {}


def event(name: str) -> Callable[[type[E]], type[E]]:
    """Register a frozen dataclass as an event. `name` carries its version: `contact.question-asked.v1`."""

    def register(cls: type[E]) -> type[E]:
        _types[name] = cls
        _names[cls] = name
        return cls

    return register


def on(cls: type[E]) -> Callable[[Callable[[E], None]], Callable[[E], None]]:
    """Subscribe a function to an event. It may run more than once for one event, so it must be idempotent."""

    def subscribe(handle: Callable[[E], None]) -> Callable[[E], None]:
        _subscribers.setdefault(_names[cls], {})[f"{handle.__module__}.{handle.__qualname__}"] = handle
        return handle

    return subscribe


def publish(happened: object) -> None:
    """Write an event and its deliveries in the transaction that is open.

    Raises PublishOutsideTransaction when none is.
    """
    if not connection.in_atomic_block:
        raise PublishOutsideTransaction(type(happened).__name__)
    name = _names[type(happened)]
    values: dict[str, Any] = {
        "name": name,
        "payload": msgspec.json.encode(happened).decode(),
        "now": clock.now(),
        "trace_id": trace.current(),
        "subscribers": list(_subscribers.get(name, {})),
    }
    with connection.cursor() as cursor:
        cursor.execute(statement("gemeente.kernel.sql", "publish"), values)


def handle(*, name: str, subscriber: str, payload: str, trace_id: str) -> None:
    """Run one subscriber on one event, inside the caller's transaction.

    A subscriber that no longer exists has nothing left to do: its folder was deleted, and its feature with it.
    """
    run = _subscribers.get(name, {}).get(subscriber)
    if run is None:
        return
    trace.start(f"00-{trace_id}-{'0' * 16}-01")
    run(msgspec.json.decode(payload, type=_types[name]))
