"""Who hears what: one line for each open browser, and which changes may be told on it."""

import asyncio
from uuid import UUID

import msgspec

from gemeente.access.types import Actor, Right

WAITING_AT_MOST = 200
BEGIN = b"retry: 2000\n\n"
STILL_THERE = b":\n\n"
LOOK_AGAIN = b'data: {"kind":"again"}\n\n'
END = b'data: {"kind":"end"}\n\n'


class Told(msgspec.Struct):
    """What the database tells on its channel `live`: that something changed, and whose it is."""

    kind: str
    number: str
    version: int
    teams: frozenset[str]
    people: frozenset[UUID]


class _Said(msgspec.Struct):
    """What a browser hears: ids only. `own` tells whether it can stand in this employee's queue."""

    kind: str
    number: str
    version: int
    own: bool


class Line:
    """One browser. What waits for it is bounded: one that does not listen loses its line, comes back and looks again."""

    def __init__(self, actor: Actor) -> None:
        self.actor = actor
        self._waiting: asyncio.Queue[bytes | None] = asyncio.Queue(WAITING_AT_MOST)

    def put(self, message: bytes) -> None:
        """Say something."""
        try:
            self._waiting.put_nowait(message)
        except asyncio.QueueFull:
            self.close()

    def close(self) -> None:
        """Say nothing more, not even what waits."""
        while not self._waiting.empty():
            self._waiting.get_nowait()
        self._waiting.put_nowait(None)

    async def hear(self) -> bytes | None:
        """Return the next thing to say; None when the line is closed."""
        return await self._waiting.get()


class Hub:
    """All lines of this process."""

    def __init__(self) -> None:
        self.lines: set[Line] = set()

    def open(self, actor: Actor) -> Line:
        """Give a browser its line."""
        line = Line(actor)
        self.lines.add(line)
        return line

    def tell(self, told: Told) -> None:
        """Say that something changed to each who may know."""
        said = {
            own: b"data: %b\n\n" % msgspec.json.encode(_Said(told.kind, told.number, told.version, own))
            for own in (True, False)
        }
        for line in self.lines:
            own = _is_own(line.actor, told)
            if own or line.actor.may(Right.SEE_ALL_QUESTIONS):
                line.put(said[own])

    def tell_all(self, message: bytes) -> None:
        """Say the same to everybody."""
        for line in self.lines:
            line.put(message)

    def close(self) -> None:
        """Close all lines."""
        for line in self.lines:
            line.close()


def _is_own(actor: Actor, told: Told) -> bool:
    return actor.id in told.people or not told.teams.isdisjoint(actor.teams)
