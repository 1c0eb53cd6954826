"""The door of the live updates: only an employee with a session comes in, from our own pages, and only as long as it lasts."""

import asyncio
from typing import Any

import pytest
from asgiref.sync import async_to_sync
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client

from gemeente.access.types import Actor, Role
from gemeente.config.live import door
from gemeente.config.tests.people import employee_with, log_in, register_resident

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def one_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the door keep the connection of the test: its transaction holds who is there."""
    monkeypatch.setattr(door, "close_old_connections", lambda: None)


def knock(cookie: str = "", **more: Any) -> list[dict[str, Any]]:
    """Send one request that leaves again at once; return what the door sends."""
    headers = [(b"cookie", cookie.encode())] + [
        (name.encode(), value.encode()) for name, value in more.pop("headers", ())
    ]
    scope = {"type": "http", "method": "GET", "path": "/live/", "headers": headers} | more
    sent: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        await asyncio.sleep(0)
        return {"type": "http.disconnect"}

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    async_to_sync(door.application)(scope, receive, send)
    return sent


def session_of(actor: Actor) -> str:
    client = Client()
    log_in(client, actor)
    return f"sessie={client.cookies['sessie'].value}"


def status(sent: list[dict[str, Any]]) -> int:
    return int(sent[0]["status"])


class TestWhoComesIn:
    def test_an_employee(self) -> None:
        sent = knock(session_of(employee_with(Role.KCC)))
        assert status(sent) == 200
        assert (b"content-type", b"text/event-stream") in sent[0]["headers"]
        assert sent[1]["body"].startswith(b"retry:")

    @pytest.mark.parametrize(
        "cookie", ["", "sessie=", "sessie=0123456789abcdef0123456789abcdef", "sessie=%00", "=;=", "\x01"]
    )
    def test_nobody_without_a_session(self, cookie: str) -> None:
        assert status(knock(cookie)) == 403

    def test_no_resident(self) -> None:
        assert status(knock(session_of(register_resident()))) == 403

    def test_no_employee_without_questions_to_handle(self) -> None:
        assert status(knock(session_of(employee_with(Role.ADMINISTRATOR)))) == 403

    def test_nobody_whose_session_ended(self) -> None:
        cookie = session_of(employee_with(Role.KCC))
        Session.objects.all().delete()
        assert status(knock(cookie)) == 403

    @pytest.mark.parametrize("more", [{"path": "/"}, {"method": "POST"}])
    def test_no_other_way(self, more: dict[str, str]) -> None:
        assert status(knock(session_of(employee_with(Role.KCC)), **more)) == 404


class TestFromWhichPage:
    def test_a_page_of_ours_may_read_it_from_its_own_port(self) -> None:
        sent = knock(session_of(employee_with(Role.KCC)), headers=[("origin", settings.PUBLIC_URL)])
        assert (b"access-control-allow-origin", settings.PUBLIC_URL.encode()) in sent[0]["headers"]
        assert (b"access-control-allow-credentials", b"true") in sent[0]["headers"]

    @pytest.mark.parametrize("origin", ["http://127.0.0.1:1", "https://elders.nl", "null"])
    def test_no_page_of_somebody_else(self, origin: str) -> None:
        assert status(knock(session_of(employee_with(Role.KCC)), headers=[("origin", origin)])) == 403


def test_nobody_stays_in_the_book_who_left() -> None:
    knock(session_of(employee_with(Role.KCC)))
    assert door.hub.lines == set()


def test_when_the_session_ends_so_does_the_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(door, "CHECKED_SECONDS", 0.0)
    cookie = session_of(employee_with(Role.KCC))
    key = cookie.removeprefix("sessie=")
    actor = async_to_sync(door._employee)(key)
    assert actor is not None
    Session.objects.all().delete()
    line = door.hub.open(actor)
    line.put(b"data: {}\n\n")
    said: list[bytes] = []

    async def send(message: dict[str, Any]) -> None:
        said.append(message["body"])

    async_to_sync(door._speak)(line, key, send)
    door.hub.lines.discard(line)
    assert said == [b'data: {"kind":"end"}\n\n']
