"""The database to measure on: the same rows each time, likely ones, and complete or not there at all."""

import os
import subprocess
from collections.abc import Iterator
from datetime import datetime
from typing import Any, LiteralString
from zoneinfo import ZoneInfo

import psycopg
import pytest
from psycopg import sql

from gemeente.bench.database.generate import generate
from gemeente.bench.database.kept import COPY, Kept
from gemeente.bench.database.scale import Scale
from gemeente.bench.servers import GEMEENTE
from gemeente.residents.rules import passes_eleven_test

TINY = Scale(
    name="tiny",
    residents=240,
    questions=800,
    requests=1,
    rounds=1,
    seconds=0.1,
    worker_seconds=0.1,
    browsers=1,
    changes=1,
)
UNTIL = datetime(2026, 11, 24, tzinfo=ZoneInfo("Europe/Amsterdam"))
PREPARED, ONE, OTHER = "bench_test_prepared", "bench_test_one", "bench_test_other"
TABLES = (
    "residents_party",
    "residents_digitaladdress",
    "access_employee",
    "contact_question",
    "contact_contactmoment",
    "channels_incomingmessage",
)


def _prepare(address: str) -> None:
    subprocess.run(
        [GEMEENTE, "prepare"], env=os.environ | {"DATABASE_URL": address, "GEMEENTE_MODE": "production"}, check=True
    )


def _refuse(address: str) -> None:
    raise AssertionError(address)


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    yield os.environ["DATABASE_URL"]
    for name in (PREPARED, ONE, OTHER, COPY, *_names(os.environ["DATABASE_URL"])):
        _do("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)


def _do(statement: LiteralString, *names: str) -> None:
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as connection:
        connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


def _names(server: str) -> list[str]:
    with psycopg.connect(server) as connection:
        found = connection.execute("SELECT datname FROM pg_database WHERE datname LIKE 'bench\\_tiny\\_%'")
        return [name for (name,) in found]


def _rows(address: str, statement: LiteralString) -> list[tuple[Any, ...]]:
    with psycopg.connect(address) as connection:
        return connection.execute(statement).fetchall()


@pytest.fixture(scope="module")
def prepared(server: str) -> str:
    _do("CREATE DATABASE {}", PREPARED)
    _prepare(Kept(server, _refuse).address(PREPARED))
    return PREPARED


@pytest.fixture(scope="module")
def generated(server: str, prepared: str) -> str:
    return _generated(server, prepared, ONE)


def _generated(server: str, prepared: str, name: str) -> str:
    _do("CREATE DATABASE {} TEMPLATE {}", name, prepared)
    address = Kept(server, _refuse).address(name)
    generate(address, TINY, UNTIL)
    return address


class TestGenerate:
    def test_the_same_numbers_give_the_same_rows(self, server: str, prepared: str, generated: str) -> None:
        other = _generated(server, prepared, OTHER)
        for table in TABLES:
            digest = sql.SQL("SELECT md5(string_agg(one::text, ',' ORDER BY one::text)) FROM {} AS one")
            with psycopg.connect(generated) as left, psycopg.connect(other) as right:
                query = digest.format(sql.Identifier(table))
                assert left.execute(query).fetchone() == right.execute(query).fetchone() != (None,), table

    def test_there_is_as_much_as_the_scale_says(self, generated: str) -> None:
        assert _rows(generated, "SELECT count(*), count(DISTINCT bsn) FROM residents_party") == [(240, 240)]
        assert _rows(generated, "SELECT count(*) FROM contact_question") == [(800,)]
        assert _rows(generated, "SELECT count(*) FROM contact_contactmoment") == [(TINY.moments,)] == [(2500,)]

    def test_every_citizen_service_number_passes_the_eleven_test(self, generated: str) -> None:
        assert all(passes_eleven_test(bsn) for (bsn,) in _rows(generated, "SELECT bsn FROM residents_party"))

    def test_everybody_is_marked_as_made_up(self, generated: str) -> None:
        assert _rows(generated, "SELECT DISTINCT made_up FROM residents_party") == [(True,)]

    def test_one_or_two_in_a_hundred_questions_are_open(self, generated: str) -> None:
        ((share,),) = _rows(generated, "SELECT avg((closed_at IS NULL)::int)::float8 FROM contact_question")
        assert 0.008 < share < 0.025

    def test_few_residents_ask_much_and_most_ask_little(self, generated: str) -> None:
        ((most, middle),) = _rows(
            generated,
            """SELECT max(count), percentile_cont(0.5) WITHIN GROUP (ORDER BY count)
               FROM (SELECT count(*) FROM contact_contactmoment GROUP BY party) AS each""",
        )
        assert most > 5 * middle

    def test_contact_runs_over_forty_months_and_never_into_the_future(self, generated: str) -> None:
        ((first, last),) = _rows(generated, "SELECT min(asked_at), max(asked_at) FROM contact_question")
        assert first < datetime(2023, 8, 15, tzinfo=UNTIL.tzinfo)
        assert datetime(2026, 11, 15, tzinfo=UNTIL.tzinfo) < last < UNTIL

    def test_nothing_hangs_loose(self, generated: str) -> None:
        assert _rows(
            generated,
            """SELECT
                (SELECT count(*) FROM contact_question WHERE party NOT IN (SELECT id FROM residents_party)),
                (SELECT count(*) FROM contact_question WHERE team NOT IN (SELECT key FROM access_team)),
                (SELECT count(*) FROM contact_question WHERE product NOT IN (SELECT upl FROM products_product)),
                (SELECT count(*) FROM contact_question WHERE handler NOT IN (SELECT id FROM access_employee)),
                (SELECT count(*) FROM contact_question WHERE (state = 'new') <> (handler IS NULL)),
                (SELECT count(*) FROM contact_question WHERE (state = 'closed') <> (closed_at IS NOT NULL)),
                (SELECT count(*) FROM contact_contactmoment WHERE question NOT IN (SELECT id FROM contact_question)),
                (SELECT count(*) FROM contact_contactmoment WHERE text = ''),
                (SELECT count(*) FROM contact_contactmoment WHERE direction = 'in'
                    AND incoming NOT IN (SELECT id FROM channels_incomingmessage))""",
        ) == [(0,) * 9]

    def test_a_new_question_gets_a_number_that_is_free(self, generated: str) -> None:
        ((number,),) = _rows(generated, "SELECT nextval('contact_question_number')")
        taken = _rows(generated, "SELECT max(split_part(number, '-', 2)::int) FROM contact_question")
        assert number > taken[0][0]


class TestKept:
    def test_a_build_that_fails_leaves_nothing_that_looks_like_one(self, server: str) -> None:
        with pytest.raises(AssertionError):
            Kept(server, _refuse).build(TINY)
        assert _names(server) == ["bench_tiny_draft"]

    def test_it_is_built_once_and_what_another_version_made_gives_way(self, server: str) -> None:
        _do("CREATE DATABASE {}", "bench_tiny_000000000000")
        name = Kept(server, _prepare).build(TINY)
        assert _names(server) == [name]
        assert Kept(server, _refuse).build(TINY) == name

    def test_what_a_measurement_writes_is_gone_in_the_next_run(self, server: str) -> None:
        kept, upgraded = Kept(server, _prepare), list[str]()
        name, again = kept.build(TINY), Kept(server, upgraded.append)
        with psycopg.connect(again.copy(name)) as connection:
            connection.execute("DELETE FROM contact_contactmoment")
        address = again.copy(name)
        assert _rows(address, "SELECT count(*) FROM contact_contactmoment") == [(2500,)]
        assert upgraded == [address, address]
