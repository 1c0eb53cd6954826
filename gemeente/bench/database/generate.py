"""Fills an empty database with made-up residents and contact: the same numbers give the same rows, on any machine.

What a row holds follows from hashes of its number, computed by PostgreSQL itself: that writes millions of rows in minutes.
"""

import tomllib
from collections.abc import Iterator
from datetime import datetime
from importlib.resources import files
from typing import Any

import psycopg

from gemeente.bench.database.scale import Scale
from gemeente.config.run.tell import tell
from gemeente.kernel.sql import statement

PACKAGE = "gemeente.bench.database"
TEAM_SIZE = 18
PARTS = 20
# The draft table and the functions live in the session; a lost commit at a power cut only means: build again.
SESSION = "SET TIME ZONE 'Europe/Amsterdam'; SET synchronous_commit = off; SET jit = off; SET work_mem = '64MB'"


def words() -> dict[str, list[str]]:
    """Return the lists of words from which people and texts are made."""
    return tomllib.loads((files(PACKAGE) / "words.toml").read_text(encoding="utf-8"))


def generate(url: str, scale: Scale, until: datetime) -> None:
    """Fill the database at this address, which holds the organisation and the products; say how far it is.

    The contact of 40 months ends at `until` (aware).
    """
    values = words() | {
        "residents": scale.residents,
        "questions": scale.questions,
        "team_size": TEAM_SIZE,
        "until": until,
    }
    # Client-side parameters: the planner sees the values.
    with psycopg.connect(url, autocommit=True, cursor_factory=psycopg.ClientCursor) as connection:
        connection.execute(f"{SESSION}; {statement(PACKAGE, 'functions')}".encode())
        _fill(connection, "residents", values | {"first": 1, "last": scale.residents})
        _fill(connection, "addresses", values | {"first": 1, "last": scale.residents})
        _fill(connection, "employees", values)
        _fill(connection, "asked", values)
        connection.execute("CREATE INDEX ON asked (q); ANALYZE asked, residents_party, access_employee")
        for nth, (first, last) in enumerate(_parts(scale.questions), start=1):
            for table in ("questions", "moments", "incoming"):
                _fill(connection, table, values | {"first": first, "last": last})
            tell(f"{100 * nth // PARTS}%", end=" ")
        connection.execute("SELECT setval('contact_question_number', %s)", [10_001 + scale.questions])
        connection.execute("VACUUM ANALYZE")


def _fill(connection: psycopg.Connection[Any], name: str, values: dict[str, Any]) -> None:
    connection.execute(statement(PACKAGE, name).encode(), values)


def _parts(count: int) -> Iterator[tuple[int, int]]:
    size = -(-count // PARTS)
    for first in range(1, count + 1, size):
        yield first, min(first + size - 1, count)
