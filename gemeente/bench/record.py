"""Does one request in this process, through the whole product, and keeps what went to the database."""

import io
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any, cast
from uuid import UUID
from wsgiref.util import setup_testing_defaults

from django.core.wsgi import get_wsgi_application
from django.db import connection
from psycopg.pq import Trace

from gemeente.bench.load import WrongAnswer
from gemeente.bench.recording import Params, Recording, Statement, Transaction
from gemeente.bench.request import FRESH, Request
from gemeente.kernel.ids import new_id


class Inside:
    """The product in this process, behind its WSGI door."""

    def __init__(self) -> None:
        self._application = get_wsgi_application()

    def ask(self, request: Request, token: UUID) -> tuple[int, str, bytes]:
        """Send a request; return status, Location and body. `token` fills what differs in each request.

        Raises WrongAnswer when the answer does not belong to the request.
        """
        given = self._application(_environ(request, token), _begin_answer)
        body = b"".join(cast(Iterator[bytes], given))
        given.close()
        status, location = given.status_code, given.headers.get("Location", "")
        if status != request.status or request.marker not in location + body.decode():
            raise WrongAnswer(f"{request.method} {request.path} gaf {status}: {body[:1000]!r}")
        return status, location, body

    def record(self, request: Request) -> Recording:
        """Do a request and return what it asked of the database. Raises WrongAnswer."""
        answers: list[tuple[int, str, bytes]] = []
        token = new_id()
        recording = record_call(lambda: answers.append(self.ask(request, token)), token)
        ((status, location, body),) = answers
        return replace(recording, status=status, location=location, size=len(body))


def record_call(call: Callable[[], object], token: UUID | None = None) -> Recording:
    """Do a call and return what it asked of the database. `token` is an id that differs each time; without it a new one."""
    token, tape = token or new_id(), _Tape()
    with connection.execute_wrapper(tape), _counted() as count:
        call()
    return Recording(
        transactions=tape.transactions,
        made=[token, *(key for key in tape.ids if key.version == 7 and _moment(key) >= _moment(token))],
        wire_statements=count(),
        status=0,
        location="",
        size=0,
    )


def _begin_answer(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Callable[[bytes], object]:
    """Stand where a server begins to write; what Django returns holds all of it."""
    return len


def _moment(key: UUID) -> int:
    """Return when a UUIDv7 was made, in milliseconds."""
    return key.int >> 80


def _environ(request: Request, token: UUID) -> dict[str, Any]:
    body = request.body.replace(FRESH.encode(), str(token).encode())
    environ: dict[str, Any] = {
        "REQUEST_METHOD": request.method,
        "PATH_INFO": request.path,
        "HTTP_ACCEPT": "text/html,application/json",
        "HTTP_ACCEPT_LANGUAGE": "nl",
        "HTTP_COOKIE": request.cookie,
        "CONTENT_TYPE": "application/x-www-form-urlencoded",
        "CONTENT_LENGTH": str(len(body)),
        "wsgi.input": io.BytesIO(body),
    }
    setup_testing_defaults(environ)
    return environ


class _Tape:
    """Hears every statement that Django executes, and keeps it with the transaction that it is in."""

    def __init__(self) -> None:
        self.transactions: list[Transaction] = []
        self.ids: set[UUID] = set()
        self._within: object = None

    def __call__(self, execute: Any, sql: str, params: Params, many: bool, context: dict[str, Any]) -> Any:
        within = connection.atomic_blocks[0] if connection.in_atomic_block else None
        if within is None or within is not self._within:
            self.transactions.append(Transaction(within is not None, []))
        self._within = within
        self.transactions[-1].statements.append(Statement(sql.encode(), params))
        values = params.values() if isinstance(params, dict) else params or ()
        self.ids |= {value for value in values if isinstance(value, UUID)}
        return execute(sql, params, many, context)


@contextmanager
def _counted() -> Iterator[Callable[[], int]]:
    """Count the statements that truly go over the connection, as libpq itself sees them."""
    connection.ensure_connection()
    line = connection.connection.pgconn
    with tempfile.TemporaryFile() as file:
        line.trace(file.fileno())
        line.set_trace_flags(Trace.SUPPRESS_TIMESTAMPS)
        counted: list[int] = []
        try:
            yield lambda: counted[0]
        finally:
            line.untrace()
        file.seek(0)
        counted.append(
            sum(words[:1] == [b"B"] and words[2:3] == [b"CommandComplete"] for words in map(bytes.split, file))
        )
