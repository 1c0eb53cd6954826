"""Measures what the product does without a request: its own functions, one at a time, beside psycopg doing the same SQL."""

import os
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import cycle
from typing import Any, Protocol

import psycopg

from gemeente.bench.database.scale import Scale
from gemeente.bench.load import Drive
from gemeente.bench.record import record_call
from gemeente.bench.recording import Recording
from gemeente.bench.request import Targets

Call = Callable[[], object]


class Deed(Protocol):
    """One thing to measure: a name, what it has to reach, and the calls to do, each as often as the next."""

    @property
    def name(self) -> str: ...
    @property
    def targets(self) -> Targets: ...
    def calls(self, count: int) -> list[Call]:
        """Return at most so many calls; each may be done again and again."""


@dataclass(frozen=True)
class Done:
    """The rounds of a deed on both sides, the calls, and what the product did for each."""

    calls: list[Call]
    recordings: list[Recording]
    product: list[Drive]
    raw: list[Drive]


def do_deed(deed: Deed, scale: Scale) -> Done:
    """Do a deed on both sides in turn, in short rounds."""
    # Raw SQL does again what was recorded, so it works on rows of its own where there are enough of them.
    every = deed.calls(2 * scale.requests)
    calls, recorded = every[::2], every[1::2] or every
    calls[0]()  # fills what a process keeps, such as the catalogue and the teams
    recordings = [record_call(call) for call in recorded]
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True, prepare_threshold=0) as connection:
        replays: list[Call] = [_replay(connection, recording) for recording in recordings]
        sides = [(cycle(calls), list[Drive]()), (cycle(replays), list[Drive]())]
        for nth in range(scale.rounds):
            for turns, driven in sides if nth % 2 == 0 else sides[::-1]:
                driven.append(_round(turns, scale.seconds))
    return Done(calls, recordings, sides[0][1], sides[1][1])


def _round(turns: Iterator[Call], seconds: float) -> Drive:
    milliseconds: list[float] = []
    began = now = time.perf_counter()
    while now < began + seconds:
        next(turns)()
        before, now = now, time.perf_counter()
        milliseconds.append(1000 * (now - before))
    return Drive(milliseconds, now - began, 0.0)


def _replay(connection: psycopg.Connection[Any], recording: Recording) -> Call:
    def do() -> None:
        with connection.cursor() as cursor:
            for transaction in recording.replayed():
                if transaction.explicit:
                    cursor.execute("BEGIN")
                for statement in transaction.statements:
                    cursor.execute(statement.sql, statement.params)
                    if cursor.description:
                        cursor.fetchall()
                if transaction.explicit:
                    cursor.execute("COMMIT")

    return do
