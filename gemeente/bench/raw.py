"""The raw application: async psycopg under granian, nothing else. It does for each request the SQL of the recording.

It answers with what it fetched: one text as it is, rows as JSON, filled up to the size of the product's answer. It knows no
session, no rights, no form and no template; so it shows what the database and the wire alone allow.
"""

import asyncio
import os
import pickle
from pathlib import Path
from typing import Any

import msgspec
import psycopg

from gemeente.bench.recording import Recording

HEADERS = [("content-type", "application/json")]


class Raw:
    """A granian RSGI application with as many connections as the product has threads."""

    def __rsgi_init__(self, loop: asyncio.AbstractEventLoop) -> None:
        # Our own file, written by the command that started us, in a folder that only we can write.
        recorded = Path(os.environ["GEMEENTE_BENCH_RECORDINGS"]).read_bytes()
        self.recordings: dict[str, list[Recording]] = pickle.loads(recorded)  # noqa: S301
        self.free: asyncio.Queue[psycopg.AsyncConnection[Any]] = asyncio.Queue()
        loop.run_until_complete(self._connect(int(os.environ["GEMEENTE_WEB_THREADS"])))

    async def _connect(self, count: int) -> None:
        for _ in range(count):
            made = await psycopg.AsyncConnection.connect(
                os.environ["DATABASE_URL"], autocommit=True, prepare_threshold=0
            )
            self.free.put_nowait(made)

    async def __rsgi__(self, scope: Any, protocol: Any) -> None:
        if scope.path == "/healthz":
            protocol.response_empty(200, [])
            return
        await protocol()
        _, name, nth = scope.path.split("/")
        recording = self.recordings[name][int(nth)]
        connection = await self.free.get()
        try:
            rows = await replay(connection, recording)
        finally:
            self.free.put_nowait(connection)
        if recording.location:
            protocol.response_bytes(recording.status, [("location", recording.location)], b" " * recording.size)
        else:
            protocol.response_bytes(recording.status, HEADERS, answer(rows, recording.size))


async def replay(connection: psycopg.AsyncConnection[Any], recording: Recording) -> list[list[tuple[Any, ...]]]:
    """Do the statements of a recording, in its transactions; return the rows that each fetched."""
    rows: list[list[tuple[Any, ...]]] = []
    async with connection.cursor() as cursor:
        for transaction in recording.replayed():
            if transaction.explicit:
                await connection.execute("BEGIN")
            for statement in transaction.statements:
                await cursor.execute(statement.sql, statement.params)
                if cursor.description:
                    rows.append(await cursor.fetchall())
            if transaction.explicit:
                await connection.execute("COMMIT")
    return rows


def answer(rows: list[list[tuple[Any, ...]]], size: int) -> bytes:
    """Return the fetched rows as an answer of at least this size."""
    last = rows[-1] if rows else []
    if len(last) == 1 and len(last[0]) == 1 and isinstance(last[0][0], str):
        return last[0][0].encode().ljust(size)
    return msgspec.json.encode(rows, enc_hook=str).ljust(size)


application = Raw()
