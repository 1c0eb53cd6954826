"""The product and the raw application, over HTTP on one database: the same data, the same statements."""

import http.client
import json
import os
import pickle
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.apps import apps
from django.db import connection
from pytest_django.plugin import DjangoDbBlocker

from gemeente.bench.cast import rows
from gemeente.bench.database.generate import generate
from gemeente.bench.database.scale import Scale
from gemeente.bench.measurements import ALL
from gemeente.bench.measurements.intake import Intake
from gemeente.bench.record import Inside
from gemeente.bench.recording import Recording
from gemeente.bench.request import FRESH, Measurement, Request
from gemeente.bench.servers import Servers

pytestmark = pytest.mark.django_db

TINY = Scale(
    name="tiny",
    residents=240,
    questions=800,
    requests=2,
    rounds=1,
    seconds=0.1,
    worker_seconds=0.1,
    browsers=1,
    changes=1,
)
UNTIL = datetime(2026, 11, 24, tzinfo=ZoneInfo("Europe/Amsterdam"))
STAYS = {"access_department", "access_team", "products_product"}
NUMBER = re.compile(r"\b20\d\d-\d{5,}\b")


class _Sides:
    """The servers, with the requests of each measurement and what the product did for them."""

    def __init__(self, servers: Servers) -> None:
        self.servers, inside = servers, Inside()
        site = f"127.0.0.1:{servers.web_port}"
        self.requests = {one.name: one.requests(site, TINY.requests) for one in ALL}
        self.recordings: dict[str, list[Recording]] = {}
        for name, requests in self.requests.items():
            inside.record(requests[0])
            self.recordings[name] = [inside.record(request) for request in requests]

    def product(self, name: str, nth: int) -> tuple[int, str]:
        return _ask(self.servers.web_port, self.requests[name][nth])

    def raw(self, name: str, nth: int) -> tuple[int, str]:
        return _ask(self.servers.raw_port, replace(self.requests[name][nth], path=f"/{name}/{nth}"))


def _ask(port: int, request: Request) -> tuple[int, str]:
    body = request.body.replace(FRESH.encode(), str(uuid4()).encode())
    line = http.client.HTTPConnection("127.0.0.1", port)
    headers = {"Cookie": request.cookie, "Content-Type": "application/x-www-form-urlencoded"}
    line.request(request.method, request.path, body or None, headers)
    response = line.getresponse()
    told = response.headers.get("Location", "") + response.read().decode()
    line.close()
    return response.status, told


@pytest.fixture(scope="module")
def sides(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[_Sides]:
    given = connection.settings_dict
    address = f"postgresql://{given['USER']}:{given['PASSWORD']}@{given['HOST']}:{given['PORT']}/{given['NAME']}"
    servers = Servers(tmp_path_factory.mktemp("sides"), dict(os.environ) | {"DATABASE_URL": address})
    with django_db_blocker.unblock():
        try:
            generate(address, TINY, UNTIL)
            servers.start_web()
            sides = _Sides(servers)
            Path(servers.recordings).write_bytes(pickle.dumps(sides.recordings))
            servers.start_raw()
            yield sides
        finally:
            servers.stop()
            _empty()


def _empty() -> None:
    """Take away what was committed, so that the other tests find the database as it was."""
    ours = {
        model._meta.db_table for model in apps.get_models() if model.__module__.startswith(("gemeente.", "django."))
    }
    with connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {', '.join(sorted(ours - STAYS))} CASCADE")
        cursor.execute("ALTER SEQUENCE contact_question_number RESTART")


@pytest.mark.parametrize("measurement", ALL, ids=lambda one: one.name)
def test_both_answers_carry_the_data_of_the_request(sides: _Sides, measurement: Measurement) -> None:
    for nth, request in enumerate(sides.requests[measurement.name]):
        for status, told in (sides.product(measurement.name, nth), sides.raw(measurement.name, nth)):
            assert status == request.status
            assert request.marker in told


@pytest.mark.parametrize("measurement", ALL, ids=lambda one: one.name)
def test_the_raw_application_does_as_many_statements(sides: _Sides, measurement: Measurement) -> None:
    for recording in sides.recordings[measurement.name]:
        replayed = sum(len(one.statements) + 2 * one.explicit for one in recording.transactions)
        assert recording.wire_statements == replayed


def test_the_picture_is_the_same_to_the_letter(sides: _Sides) -> None:
    (_, product), (_, raw) = sides.product("picture", 0), sides.raw("picture", 0)
    assert product == raw
    assert len(json.loads(raw)["moments"]) == 40


@pytest.mark.parametrize("name", ["home", "queue"])
def test_the_raw_answer_names_every_question_that_stands_on_the_page(sides: _Sides, name: str) -> None:
    (_, page), (_, raw) = sides.product(name, 0), sides.raw(name, 0)
    numbers = set(NUMBER.findall(page))
    assert numbers
    assert numbers <= set(NUMBER.findall(raw))


@pytest.mark.parametrize("name", ["picture", "home", "queue"])
def test_the_raw_answer_is_no_smaller(sides: _Sides, name: str) -> None:
    # A page differs some letters from one time to the next, by what was looked at in between.
    assert len(sides.raw(name, 0)[1].encode()) >= 0.99 * len(sides.product(name, 0)[1].encode())


def _written() -> list[tuple[int, ...]]:
    return rows(
        """SELECT (SELECT count(*) FROM channels_incomingmessage), (SELECT count(*) FROM kernel_event),
                  (SELECT count(*) FROM kernel_delivery), (SELECT count(*) FROM audit_entry)"""
    )


@pytest.mark.parametrize("side", ["product", "raw"])
def test_an_intake_writes_a_message_an_event_a_delivery_and_a_log_line_on_either_side(sides: _Sides, side: str) -> None:
    ((before),) = _written()
    getattr(sides, side)(Intake.name, 0)
    getattr(sides, side)(Intake.name, 0)
    ((after),) = _written()
    assert [now - then for now, then in zip(after, before, strict=True)] == [2, 2, 2, 2]


def test_what_the_raw_intake_writes_can_be_taken_in(sides: _Sides) -> None:
    sides.raw(Intake.name, 0)
    ((message, payload),) = rows(
        """SELECT message.id::text, event.payload ->> 'message' FROM kernel_event AS event
           JOIN channels_incomingmessage AS message ON message.id::text = event.payload ->> 'message'
           ORDER BY event.id DESC LIMIT 1"""
    )
    assert message == payload
