"""The door of the live updates: an employee's browser comes in with its session, and hears until it leaves or logs out.

Server-sent events over ASGI, beside the web server: a stream must not hold one of its threads.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from http.cookies import CookieError, SimpleCookie
from typing import Any

from asgiref.sync import sync_to_async
from django.conf import settings
from django.db import close_old_connections

from gemeente.access.middleware import actor_in
from gemeente.access.sessions import SessionStore
from gemeente.access.types import Actor, ActorKind, Right
from gemeente.config.live.hub import BEGIN, END, STILL_THERE, Hub, Line
from gemeente.config.live.listening import beat_on, listen

PATH = "/live/"
LINES_AT_MOST = 5_000
QUIET_SECONDS = 15.0
CHECKED_SECONDS = 60.0

Scope = dict[str, Any]
Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]

hub = Hub()


async def application(scope: Scope, receive: Receive, send: Send) -> None:
    """Serve one browser, or the life of this process (ASGI 3)."""
    if scope["type"] == "lifespan":
        await _live(receive, send)
        return
    refused = _refusal(scope)
    actor = None if refused else await _employee(_cookie(scope))
    if actor is None:
        await _answer(send, refused or 403, [])
        await send({"type": "http.response.body", "body": b""})
        return
    await _answer(send, 200, [(b"content-type", b"text/event-stream"), (b"x-accel-buffering", b"no"), *_allowed(scope)])
    await _serve(_cookie(scope), actor, receive, send)


def _refusal(scope: Scope) -> int:
    """Return the status with which to turn a request away unseen; 0 for none."""
    if scope["path"] != PATH or scope["method"] != "GET":
        return 404
    origin = _header(scope, b"origin")
    if origin and origin not in settings.LIVE_ORIGINS:
        return 403
    return 503 if len(hub.lines) >= LINES_AT_MOST else 0


async def _serve(cookie: str, actor: Actor, receive: Receive, send: Send) -> None:
    line = hub.open(actor)
    leaving = asyncio.create_task(_until_gone(receive, line))
    try:
        await _say(send, BEGIN)
        await _speak(line, cookie, send)
    finally:
        hub.lines.discard(line)
        leaving.cancel()


async def _speak(line: Line, cookie: str, send: Send) -> None:
    clock = asyncio.get_running_loop().time
    check_at = clock() + CHECKED_SECONDS
    while True:
        try:
            message = await asyncio.wait_for(line.hear(), QUIET_SECONDS)
        except TimeoutError:
            message = STILL_THERE
        if message is None:
            return
        if clock() >= check_at:
            checked = await _employee(cookie)
            if checked is None:
                await _say(send, END)
                return
            line.actor, check_at = checked, clock() + CHECKED_SECONDS
        await _say(send, message)


async def _until_gone(receive: Receive, line: Line) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
    line.close()


async def _answer(send: Send, status: int, headers: Iterable[tuple[bytes, bytes]]) -> None:
    await send(
        {"type": "http.response.start", "status": status, "headers": [(b"cache-control", b"no-store"), *headers]}
    )


async def _say(send: Send, message: bytes) -> None:
    await send({"type": "http.response.body", "body": message, "more_body": True})


def _header(scope: Scope, name: bytes) -> str:
    found: bytes = dict(scope["headers"]).get(name, b"")
    return found.decode("latin-1")


def _allowed(scope: Scope) -> list[tuple[bytes, bytes]]:
    """Return what lets a page of ours read this from another port."""
    origin = _header(scope, b"origin")
    if not origin:
        return []
    return [
        (b"access-control-allow-origin", origin.encode("latin-1")),
        (b"access-control-allow-credentials", b"true"),
        (b"vary", b"Origin"),
    ]


def _cookie(scope: Scope) -> str:
    """Return the key of the session that the browser sends, or ""."""
    try:
        found = SimpleCookie(_header(scope, b"cookie")).get(settings.SESSION_COOKIE_NAME)
    except CookieError:
        return ""
    return found.value if found else ""


# One thread, and so one connection, asks for all browsers: each needs two short statements a minute.
@sync_to_async
def _employee(session_key: str) -> Actor | None:
    """Return the employee whose session this is, with today's teams; None for anybody else."""
    if not session_key:
        return None
    close_old_connections()
    actor = actor_in(SessionStore(session_key).load())
    welcome = actor.kind == ActorKind.EMPLOYEE and actor.may(Right.HANDLE_QUESTION)
    return actor if welcome else None


async def _live(receive: Receive, send: Send) -> None:
    await receive()
    tasks = [asyncio.create_task(listen(hub)), asyncio.create_task(beat_on())]
    await send({"type": "lifespan.startup.complete"})
    await receive()
    for task in tasks:
        task.cancel()
    hub.close()
    await send({"type": "lifespan.shutdown.complete"})
