"""The database of a scale: built once, kept under a name that says what made it, and never written to by a measurement.

A draft gets its name when it is complete, so a crash half-way leaves nothing that looks like one. When the tables or the
generator change, so does the name, and it is built anew. Each run works in a copy, so that each begins with the same.
"""

import hashlib
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, LiteralString
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

import gemeente
from gemeente.bench.database.generate import generate
from gemeente.bench.database.scale import Scale
from gemeente.config.run.tell import step
from gemeente.kernel.clock import AMSTERDAM

COPY = "bench_run"
Prepare = Callable[[str], None]


def version() -> str:
    """Return what the tables and the generator hold, in twelve characters."""
    house = Path(*gemeente.__path__)
    made_by = [
        *house.glob("*/migrations/*.py"),
        *house.glob("*/sql/index_*.sql"),
        *(house / "bench" / "database").glob("*.*"),
    ]
    digest = hashlib.sha256()
    for file in sorted(made_by):
        digest.update(file.name.encode() + file.read_bytes())
    return digest.hexdigest()[:12]


class Kept:
    """The databases for measuring on one server. `prepare` brings the database at an address up to date, as an upgrade does."""

    def __init__(self, server: str, prepare: Prepare) -> None:
        self._server, self._prepare = server, prepare

    def address(self, name: str) -> str:
        """Return the address of a database by name."""
        return urlunsplit(urlsplit(self._server)._replace(path=f"/{name}"))

    def build(self, scale: Scale) -> str:
        """Build the database of this scale, unless it is there; return its name."""
        name = f"bench_{scale.name}_{version()}"
        if name in self._names(f"bench_{scale.name}_"):
            return name
        self._drop(self._names(f"bench_{scale.name}_"))
        draft = f"bench_{scale.name}_draft"
        self._do("CREATE DATABASE {}", draft)
        self._prepare(self.address(draft))
        midnight = datetime.now(UTC).astimezone(AMSTERDAM).replace(hour=0, minute=0, second=0, microsecond=0)
        with step(f"{scale.residents} inwoners en {scale.moments} contactmomenten maken"):
            generate(self.address(draft), scale, midnight)
        self._do("ALTER DATABASE {} RENAME TO {}", draft, name)
        return name

    def copy(self, name: str) -> str:
        """Make a fresh copy to measure in, and return its address; the copy of a former run goes."""
        self._drop([COPY])
        with step("Kopie maken om in te meten"):
            self._do("CREATE DATABASE {} TEMPLATE {} STRATEGY file_copy", COPY, name)
        self._prepare(self.address(COPY))
        return self.address(COPY)

    def _names(self, begin: str) -> list[str]:
        with self._connect() as connection:
            rows = connection.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [begin])
            return [name for (name,) in rows]

    def _drop(self, names: list[str]) -> None:
        for name in names:
            self._do("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)

    def _do(self, statement: LiteralString, *names: str) -> None:
        with self._connect() as connection:
            connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))

    def _connect(self) -> psycopg.Connection[Any]:
        return psycopg.connect(self._server, autocommit=True)
