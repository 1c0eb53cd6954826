"""The load: keep-alive connections that each send the next request as soon as the last answer is whole, and check it.

Runs in a process of its own and in one thread over epoll, so that it costs the servers as little as can be.
"""

import select
import socket
import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import cycle
from uuid import uuid4

from gemeente.bench.request import FRESH

LEAST = 2
ANSWER_SECONDS = 30
_FRESH = FRESH.encode()
_HEAD_END = b"\r\n\r\n"
_LENGTH = b"\r\ncontent-length:"


class WrongAnswer(Exception):
    """The server did not give the answer that belongs to the request; nothing is measured by it."""


@dataclass(frozen=True)
class Shot:
    """The bytes of one request, and how to know its answer."""

    wire: bytes
    status: int
    marker: bytes


@dataclass(frozen=True)
class Drive:
    """What was measured: milliseconds of each answer that came in time, the seconds, and the share of a core that it took."""

    milliseconds: list[float]
    seconds: float
    load_share: float

    @property
    def per_second(self) -> float:
        """Return how many answers came each second."""
        return len(self.milliseconds) / self.seconds


class Line:
    """One connection: sends a shot and hears its answer."""

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), ANSWER_SECONDS)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._heard = b""
        self._whole = 0

    def send(self, shot: Shot) -> None:
        """Send a shot; its answer is the next thing to hear."""
        self.shot, self._heard, self._whole = shot, b"", 0
        wire = shot.wire
        if _FRESH in wire:
            wire = wire.replace(_FRESH, str(uuid4()).encode())
        self.sent_at = time.perf_counter()
        self.socket.sendall(wire)

    def hear(self) -> bool:
        """Read what came; tell whether the answer is whole. Raises WrongAnswer."""
        came = self.socket.recv(262_144)
        self._heard += came
        if not self._whole and (end := self._heard.find(_HEAD_END)) >= 0:
            self._whole = end + len(_HEAD_END) + self._content_length(end)
        if not came:
            raise WrongAnswer(f"De verbinding werd verbroken na {self._heard[:200]!r}")
        if not self._whole or len(self._heard) < self._whole:
            return False
        self._check()
        return True

    def _content_length(self, head_end: int) -> int:
        head = self._heard[: head_end + 2].lower()
        at = head.find(_LENGTH)
        if at < 0:
            raise WrongAnswer(f"Het antwoord zegt niet hoe lang het is: {head[:500]!r}")
        return int(head[at + len(_LENGTH) : head.index(b"\r\n", at + 2)])

    def _check(self) -> None:
        if int(self._heard[9:12]) != self.shot.status or self.shot.marker not in self._heard:
            asked = self.shot.wire.partition(b"\r\n")[0]
            raise WrongAnswer(f"{asked!r} gaf niet wat erbij hoort: {self._heard[:1000]!r}")


def drive(port: int, shots: list[Shot], seconds: float, connections: int) -> Drive:
    """Send these shots in turn to a server on this machine, for so many seconds. Raises WrongAnswer."""
    turns = cycle(shots)
    lines = [Line(port) for _ in range(connections)]
    poll = select.epoll()
    by_number = {line.socket.fileno(): line for line in lines}
    for number in by_number:
        poll.register(number, select.EPOLLIN)
    began, burnt = time.perf_counter(), time.process_time()
    for line in lines:
        line.send(next(turns))
    milliseconds = list(_answers(poll, by_number, turns, began + seconds))
    # Who answers twice only after the time is up, was that slow.
    took = seconds if len(milliseconds) > LEAST else time.perf_counter() - began
    drive = Drive(milliseconds, took, (time.process_time() - burnt) / (time.perf_counter() - began))
    for line in lines:
        line.socket.close()
    return drive


def _answers(poll: select.epoll, lines: dict[int, Line], turns: Iterator[Shot], until: float) -> Iterator[float]:
    """Yield the milliseconds of each answer before `until`, of two at least, and wait for those that are still on their way."""
    waiting, given = len(lines), 0
    while waiting:
        events = poll.poll(ANSWER_SECONDS)
        if not events:
            raise WrongAnswer(f"Er kwam {ANSWER_SECONDS} seconden lang geen antwoord.")
        for number, _ in events:
            line = lines[number]
            if not line.hear():
                continue
            now = time.perf_counter()
            if now < until or given < LEAST:
                given += 1
                yield (now - line.sent_at) * 1000
                line.send(next(turns))
            else:
                waiting -= 1
