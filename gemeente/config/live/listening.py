"""Hears what the database tells, over one connection that waits."""

import asyncio
import logging
from datetime import timedelta

import msgspec
import psycopg
from asgiref.sync import sync_to_async
from django.db import DatabaseError, InterfaceError, close_old_connections

from gemeente.config.environment import secret
from gemeente.config.heartbeat import beat
from gemeente.config.live.hub import LOOK_AGAIN, Hub, Told

AWAY_SECONDS = 1.0
BEAT_SECONDS = 5.0
# How often to try whether a connection that says nothing still lives.
QUIET_SECONDS = timedelta(seconds=20).total_seconds()

log = logging.getLogger(__name__)
_told = msgspec.json.Decoder(Told)


async def listen(hub: Hub) -> None:
    """Tell the browsers what the database tells, for ever; after each gap they look again by themselves."""
    while True:
        try:
            async with await psycopg.AsyncConnection.connect(
                secret("DATABASE_URL"), autocommit=True, connect_timeout=5
            ) as connection:
                await connection.execute("LISTEN live")
                hub.tell_all(LOOK_AGAIN)
                await _pass_on(connection, hub)
        except psycopg.Error:
            log.warning("the database is away; live updates wait")
            await asyncio.sleep(AWAY_SECONDS)


async def _pass_on(connection: psycopg.AsyncConnection, hub: Hub) -> None:
    while True:
        async for heard in connection.notifies(timeout=QUIET_SECONDS):
            try:
                hub.tell(_told.decode(heard.payload))
            except msgspec.DecodeError:
                log.exception("what the database told cannot be read")
        await connection.execute("SELECT 1")


async def beat_on() -> None:
    """Say every five seconds that live updates work."""
    while True:
        try:
            await sync_to_async(_beat)()
        except (DatabaseError, InterfaceError):
            log.warning("no heartbeat: the database is away")
        await asyncio.sleep(BEAT_SECONDS)


def _beat() -> None:
    close_old_connections()
    beat("live")
