"""Fills an empty database with made-up residents and contact: the same numbers give the same rows, on any machine.

What a row holds follows from hashes of its number, computed by PostgreSQL itself: that writes millions of rows in minutes.
"""

import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from importlib.resources import files
from typing import Any, LiteralString

import psycopg
from psycopg import sql

from gemeente.bench.database.index import index_names, index_texts, without_index
from gemeente.bench.database.scale import Scale
from gemeente.config.run.tell import tell
from gemeente.kernel.sql import statement

PACKAGE = "gemeente.bench.database"
TEAM_SIZE = 18
# What a column of each type holds when nothing is said, and the columns that have no such default in the database itself.
EMPTY = {
    "text": "",
    "varchar": "",
    "bool": "false",
    "int2": "0",
    "int4": "0",
    "jsonb": "{}",
    "_text": "{}",
    "_varchar": "{}",
}
MUST_HOLD: LiteralString = """
SELECT table_name, column_name, udt_name FROM information_schema.columns
WHERE table_schema = 'public' AND is_nullable = 'NO' AND column_default IS NULL AND is_identity = 'NO'
    AND udt_name = ANY(%s) AND split_part(table_name, '_', 1) IN ('access', 'residents', 'channels', 'contact')
"""
PARTS = 20
# The draft table and the functions live in the session; a lost commit at a power cut only means: build again.
SESSION = "SET TIME ZONE 'Europe/Amsterdam'; SET synchronous_commit = off; SET jit = off; SET work_mem = '64MB'"
# No screen waits to hear of made-up rows.
UNTOLD, TOLD = "ALTER TABLE contact_question DISABLE TRIGGER USER", "ALTER TABLE contact_question ENABLE TRIGGER USER"


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
        connection.execute(UNTOLD)
        with _empty_by_default(connection):
            for people in ("residents", "addresses", "employees", "asked"):
                _fill(connection, people, values | {"first": 1, "last": scale.residents})
            index_names(connection)
            connection.execute("CREATE INDEX ON asked (q); ANALYZE asked, residents_party, access_employee")
            for nth, (first, last) in enumerate(_parts(scale.questions), start=1):
                for contact in ("questions", "moments", "incoming", "promises"):
                    _fill(connection, contact, values | {"first": first, "last": last})
                tell(f"{100 * nth // PARTS}%", end=" ")
        connection.execute(TOLD)
        connection.execute("SELECT setval('contact_question_number', %s)", [10_001 + scale.questions])
        # Only now the planner knows the tables that the index is read from.
        connection.execute("VACUUM ANALYZE")
        with without_index(connection, "search_text_words"):
            for first, last in _parts(scale.questions):
                index_texts(connection, first, last)
                tell("+", end=" ")
        connection.execute("VACUUM ANALYZE contact_searchtext, residents_namepart")


@contextmanager
def _empty_by_default(connection: psycopg.Connection[Any]) -> Iterator[None]:
    """Let a column that must hold something be empty where a statement leaves it out, as Django does, while this lasts."""
    must_hold = connection.execute(MUST_HOLD, [list(EMPTY)]).fetchall()
    for table, column, kind in must_hold:
        empty = sql.SQL("ALTER TABLE {} ALTER {} SET DEFAULT {}")
        connection.execute(empty.format(sql.Identifier(table), sql.Identifier(column), sql.Literal(EMPTY[kind])))
    try:
        yield
    finally:
        for table, column, _ in must_hold:
            none = sql.SQL("ALTER TABLE {} ALTER {} DROP DEFAULT")
            connection.execute(none.format(sql.Identifier(table), sql.Identifier(column)))


def _fill(connection: psycopg.Connection[Any], name: str, values: dict[str, Any]) -> None:
    connection.execute(statement(PACKAGE, name).encode(), values)


def _parts(count: int) -> Iterator[tuple[int, int]]:
    size = -(-count // PARTS)
    for first in range(1, count + 1, size):
        yield first, min(first + size - 1, count)
