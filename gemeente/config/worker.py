"""`gemeente worker`: everything that happens without somebody waiting for a page.

Four loops in one process: the outbox, the sender, the mailbox, and Procrastinate's jobs and schedules. Each loop that fails
says so, waits, and goes on; the supervisor restarts the process when it dies.
"""

import asyncio
import logging
import signal
import threading
from collections.abc import Callable
from typing import cast

from django.db import close_old_connections
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector

from gemeente.access.types import system
from gemeente.channels.commands import receive_mail
from gemeente.channels.ports import FetchedMail, Mailbox, MailTransport
from gemeente.channels.sender import send_due
from gemeente.config import heartbeat
from gemeente.kernel.consumer import consume_batch
from gemeente.kernel.ports import port

IDLE_SECONDS = 0.1
MAILBOX_SECONDS = 1.0
FAILED_SECONDS = 2.0
BEAT_SECONDS = 5.0
MAILS_AT_ONCE = 50

log = logging.getLogger(__name__)


class Loop(threading.Thread):
    """Runs a step again and again until told to stop; the step returns how much it did, 0 when there was nothing."""

    def __init__(
        self, name: str, step: Callable[[], int], stopping: threading.Event, idle: float = IDLE_SECONDS
    ) -> None:
        super().__init__(name=name, daemon=True)
        self.step, self.stopping, self.idle = step, stopping, idle

    def run(self) -> None:
        """Work until told to stop."""
        while not self.stopping.is_set():
            try:
                close_old_connections()
                if self.step() == 0:
                    self.stopping.wait(self.idle)
            except Exception:
                log.exception("loop failed", extra={"loop": self.name})
                self.stopping.wait(FAILED_SECONDS)


class MailboxReader:
    """Takes mail in from the mailbox. A mail is marked as read only after it was committed: a crash reads it again."""

    def __init__(self) -> None:
        self.box: Mailbox | None = None

    def step(self) -> int:
        """Take in what is there; return how many mails that were. A broken connection is made anew the next time."""
        self.box = self.box or port(Mailbox)
        try:
            return sum(self._take(self.box, fetched) for fetched in self.box.fetch(MAILS_AT_ONCE))
        except Exception:
            self.box = None
            raise

    def _take(self, box: Mailbox, fetched: FetchedMail) -> int:
        try:
            receive_mail(actor=system("Postbus"), raw=fetched.raw, cut=fetched.cut)
        except Exception:
            # One mail that we stumble over must not hold up those behind it. It stays in the mailbox, and comes again.
            log.exception("a mail cannot be taken in", extra={"uid": fetched.uid})
            return 0
        box.keep(fetched.uid)
        return 1


def beat() -> int:
    """Say that this worker lives."""
    heartbeat.beat("worker")
    return 0


def loops(stopping: threading.Event) -> list[Loop]:
    """Return the loops of one worker."""
    transport = port(MailTransport)
    return [
        Loop("heartbeat", beat, stopping, BEAT_SECONDS),
        Loop("outbox", consume_batch, stopping),
        Loop("sender", lambda: send_due(transport), stopping),
        Loop("mailbox", MailboxReader().step, stopping, MAILBOX_SECONDS),
    ]


async def _jobs() -> None:
    async with app.open_async():
        await app.run_worker_async(install_signal_handlers=True, wait=True, delete_jobs="successful")


def main(argv: list[str]) -> int:
    """Work until SIGTERM or SIGINT."""
    stopping = threading.Event()
    running = loops(stopping)
    for loop in running:
        loop.start()
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    connector = cast(DjangoConnector, app.connector).get_worker_connector()
    try:
        with app.replace_connector(connector):
            asyncio.run(_jobs())
    except KeyboardInterrupt:
        log.info("worker stops")
    stopping.set()
    for loop in running:
        loop.join(timeout=10)
    return 0
