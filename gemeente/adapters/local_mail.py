"""A mail server for this machine alone: it takes mail for every address, and puts it in that address's Maildir."""

import asyncio
import itertools
import os
import signal
import time
from pathlib import Path

from aiosmtpd.smtp import SMTP, Envelope, Session

from gemeente.adapters.maildir import maildir_of

SIZE_AT_MOST = 35_000_000
_FOLDER_NAME_AT_MOST = 200
_numbers = itertools.count()


class Delivery:
    """What the server does with a mail: a copy for each recipient, on disk before we say that we have it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    async def handle_RCPT(  # noqa: N802  # aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Take every recipient whose address can be a folder."""
        if "@" not in address or len(maildir_of(self.folder, address).name) > _FOLDER_NAME_AT_MOST:
            return "553 5.1.3 This cannot be an address"
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        """Deliver to everybody, or ask to come back."""
        try:
            await asyncio.to_thread(self._deliver, envelope)
        except OSError:
            return "451 4.3.0 This cannot be kept now"
        return "250 2.0.0 Delivered"

    def _deliver(self, envelope: Envelope) -> None:
        content = envelope.content
        if not isinstance(content, bytes):
            raise TypeError("the server must hand over the bytes of a mail")
        sender = (envelope.mail_from or "").strip("<>")  # aiosmtpd gives "<>" when a machine writes
        for recipient in dict.fromkeys(envelope.rcpt_tos):
            head = f"Return-Path: <{sender}>\r\nDelivered-To: {recipient}\r\n"
            deliver(maildir_of(self.folder, recipient), head.encode() + content)


def deliver(box: Path, raw: bytes) -> None:
    """Put a mail in a Maildir: whole or not at all, and on disk when this returns. Raises OSError."""
    for part in ("tmp", "new", "cur"):
        (box / part).mkdir(parents=True, exist_ok=True)
    name = f"{time.time_ns()}.P{os.getpid()}Q{next(_numbers)}"
    with (box / "tmp" / name).open("xb") as file:
        file.write(raw)
        file.flush()
        os.fsync(file.fileno())
    (box / "tmp" / name).rename(box / "new" / name)
    _sync(box / "new")


def _sync(folder: Path) -> None:
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def serve(folder: Path, port: int) -> None:
    """Serve on 127.0.0.1 until SIGTERM or SIGINT. Mail that was not answered with 250 is the sender's to send again."""
    asyncio.run(_serve(folder, port))


async def _serve(folder: Path, port: int) -> None:
    loop = asyncio.get_running_loop()
    stopping = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stopping.set)
    delivery = Delivery(folder)

    def session() -> SMTP:
        return SMTP(delivery, data_size_limit=SIZE_AT_MOST, enable_SMTPUTF8=True, hostname="localhost", loop=loop)

    server = await loop.create_server(session, "127.0.0.1", port)
    await stopping.wait()
    server.close()
