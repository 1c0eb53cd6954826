"""A mailbox and a carrier in memory, for tests: the same promises, without a server."""

from collections.abc import Iterator
from email.message import EmailMessage
from itertools import count, islice

from gemeente.channels.ports import (
    MAIL_AT_MOST,
    FetchedMail,
    MailboxUnavailable,
    RecipientRefused,
    TransportUnavailable,
)


class MemoryMailbox:
    """Holds mails in a dictionary; `deliver` puts one in, `away` makes it as if the server were gone."""

    def __init__(self, at_most: int = MAIL_AT_MOST) -> None:
        self.at_most = at_most
        self.away = False
        self.waiting: dict[str, bytes] = {}
        self._numbers = count(1)

    def deliver(self, raw: bytes) -> None:
        """Let a mail arrive."""
        self.waiting[str(next(self._numbers))] = raw

    def fetch(self, limit: int) -> Iterator[FetchedMail]:
        """Yield at most `limit` waiting mails, oldest first. Raises MailboxUnavailable."""
        self._reach()
        for uid in list(islice(self.waiting, limit)):
            self._reach()
            if raw := self.waiting.get(uid):
                yield FetchedMail(uid=uid, raw=raw[: self.at_most], cut=len(raw) > self.at_most)

    def keep(self, uid: str) -> None:
        """Take a mail out of what waits. Raises MailboxUnavailable."""
        self._reach()
        self.waiting.pop(uid, None)

    def close(self) -> None:
        """Nothing is held open."""

    def _reach(self) -> None:
        if self.away:
            raise MailboxUnavailable("away")


class MemoryTransport:
    """Keeps what was sent; `refused` and `later` name recipients that get no, and not now; `away` is no server at all."""

    def __init__(self) -> None:
        self.away = False
        self.refused: set[str] = set()
        self.later: set[str] = set()
        self.sent: list[tuple[str, EmailMessage]] = []

    def send(self, message: EmailMessage, to: str) -> None:
        """Take a message. Raises TransportUnavailable or RecipientRefused."""
        if self.away or to in self.later:
            raise TransportUnavailable("away" if self.away else "450")
        if to in self.refused:
            raise RecipientRefused("550")
        self.sent.append((to, message))

    def close(self) -> None:
        """Nothing is held open."""
