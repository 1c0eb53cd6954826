"""A kept connection that the server has ended is made anew, before anything is asked of it."""

import select
from collections.abc import Iterator

import pytest
from django.db import connection

from gemeente.kernel.postgres.base import DatabaseWrapper

pytestmark = pytest.mark.django_db


def _line() -> DatabaseWrapper:
    line = connection.copy()
    assert isinstance(line, DatabaseWrapper)
    line.connect()
    return line


@pytest.fixture
def kept() -> Iterator[DatabaseWrapper]:
    """Give a connection of its own, as a thread of the web server keeps it from request to request."""
    other = _line()
    yield other
    other.close()


def _number(line: DatabaseWrapper) -> int:
    with line.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return int(cursor.fetchone()[0])


def test_a_quiet_connection_is_kept(kept: DatabaseWrapper) -> None:
    before = _number(kept)
    kept.__dict__ |= {"health_check_enabled": True, "health_check_done": False}
    assert _number(kept) == before


def test_a_connection_that_the_server_ended_is_made_anew(kept: DatabaseWrapper) -> None:
    before = _number(kept)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s)", [before])
    select.select([kept.connection], [], [])
    kept.__dict__ |= {"health_check_enabled": True, "health_check_done": False}
    assert _number(kept) != before


def test_a_connection_with_news_from_the_server_is_asked_and_kept(kept: DatabaseWrapper) -> None:
    before = _number(kept)
    with kept.cursor() as cursor:
        cursor.execute("LISTEN news")
    other = _line()
    with other.cursor() as cursor:
        cursor.execute("NOTIFY news")
    other.close()
    select.select([kept.connection], [], [])
    assert kept.is_usable()
    assert _number(kept) == before


def test_a_closed_connection_is_not_usable(kept: DatabaseWrapper) -> None:
    kept.connection.close()
    assert not kept.is_usable()
