"""What this room needs from outside: a mailbox that fills, and a carrier that takes mail away."""

from collections.abc import Iterator
from dataclasses import dataclass
from email.message import EmailMessage
from typing import Protocol

# Twice what mail servers commonly take. A larger mail comes cut to this many bytes.
MAIL_AT_MOST = 50_000_000


class MailboxUnavailable(Exception):
    """The mailbox cannot be read now. Nothing is lost: what was not kept comes again with a next fetch."""


class TransportUnavailable(Exception):
    """The carrier does not take mail now. Try the same message later."""


class RecipientRefused(Exception):
    """This message will never reach this recipient. Reach the person another way."""


@dataclass(frozen=True, kw_only=True)
class FetchedMail:
    """A mail as it lies in the mailbox; `cut` says that it was too large and `raw` holds its beginning only."""

    uid: str
    raw: bytes
    cut: bool = False


class Mailbox(Protocol):
    """Where mail for us arrives. A mail stays waiting until `keep`, so a crash in between brings the same mail again.

    `fetch` gives at most `limit` waiting mails, oldest first, one in memory at a time. `keep` takes a mail out of what
    waits, once it was committed; a uid that is gone is no error. Both raise MailboxUnavailable. Not for use by two threads.
    """

    def fetch(self, limit: int) -> Iterator[FetchedMail]: ...
    def keep(self, uid: str) -> None: ...
    def close(self) -> None: ...


class MailTransport(Protocol):
    """Takes mail away. When `send` returns, the carrier has accepted the message for this recipient.

    Raises TransportUnavailable (later) or RecipientRefused (never). Several sends share one connection; `close` ends it
    and a next send opens another. Not for use by two threads.
    """

    def send(self, message: EmailMessage, to: str) -> None: ...
    def close(self) -> None: ...
