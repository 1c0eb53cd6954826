"""Lets search find what the generator made, by the product's own statements."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, LiteralString

import psycopg
from psycopg import sql

from gemeente.kernel.sql import statement
from gemeente.residents.rules import LETTERS_AT_MOST, variants

AT_ONCE = 10_000
TEXT_LETTERS = 250_000


def index_names(connection: psycopg.Connection[Any]) -> None:
    """Index the names of all residents, and the spellings of each name."""
    ids = [key for (key,) in connection.execute("SELECT id FROM residents_party ORDER BY id")]
    for begin in range(0, len(ids), AT_ONCE):
        given = {"parties": ids[begin : begin + AT_ONCE], "letters": LETTERS_AT_MOST}
        new = connection.execute(statement("gemeente.residents.sql", "index_names").encode(), given).fetchall()
        spelled = [(variant, word) for (word,) in new for variant in variants(word)]
        with connection.cursor() as cursor:
            cursor.executemany("INSERT INTO residents_namevariant (variant, word) VALUES (%s, %s)", spelled)


@contextmanager
def without_index(connection: psycopg.Connection[Any], name: LiteralString) -> Iterator[None]:
    """Leave an index out while this lasts, and make it whole at once afterwards: that takes a tenth of the time."""
    row = connection.execute("SELECT pg_get_indexdef(%s::regclass)", [name]).fetchone()
    assert row is not None
    connection.execute(sql.SQL("DROP INDEX {}").format(sql.Identifier(name)))
    yield
    connection.execute(row[0])


def index_texts(connection: psycopg.Connection[Any], first: int, last: int) -> None:
    """Index the texts of the questions with these numbers."""
    ids = connection.execute("SELECT id FROM asked WHERE q BETWEEN %s AND %s ORDER BY q", [first, last]).fetchall()
    given = {"questions": [key for (key,) in ids], "letters": TEXT_LETTERS}
    connection.execute(statement("gemeente.contact.sql", "index_texts").encode(), given)
