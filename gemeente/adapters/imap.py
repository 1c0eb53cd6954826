"""Reads the municipality's mailbox over IMAP (RFC 3501), over one connection that is made anew when it was dropped."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Literal

from imapclient import DELETED, IMAPClient, SocketTimeout
from imapclient.exceptions import IMAPClientAbortError, IMAPClientError

from gemeente.channels.ports import MAIL_AT_MOST, FetchedMail, MailboxUnavailable

CONNECT_SECONDS = 10.0
READ_SECONDS = 30.0

log = logging.getLogger(__name__)


class ImapMailbox:
    """One folder on a mail server. Every mail in it waits, read or not, until `keep` moves it to the folder `kept`.

    A server without MOVE (RFC 6851) copies it there and marks it as deleted, which takes it out of what waits.
    `tls` is "tls" from the start, "starttls" before anything is said, or "off" for a server on this machine.
    """

    def __init__(
        self,
        host: str,
        port: int,
        username: str,
        password: str,
        folder: str = "INBOX",
        kept: str = "Verwerkt",
        tls: Literal["starttls", "tls", "off"] = "tls",
        at_most: int = MAIL_AT_MOST,
        timeout: float = READ_SECONDS,
    ) -> None:
        self.host, self.port, self.username, self.password = host, port, username, password
        self.folder, self.kept, self.tls, self.at_most = folder, kept, tls, at_most
        self.timeout = SocketTimeout(min(timeout, CONNECT_SECONDS), timeout)
        self.client: IMAPClient | None = None
        self.validity = 0

    def fetch(self, limit: int) -> Iterator[FetchedMail]:
        """Yield at most `limit` waiting mails, oldest first, each fetched when it is asked for. Raises MailboxUnavailable."""
        with self._server() as server:
            self._select(server)
            waiting = sorted(server.search(["UNDELETED"]))[:limit]
            validity = self.validity
        for number in waiting:
            raw = self._read(number, validity)
            if raw is not None:
                cut = len(raw) > self.at_most
                yield FetchedMail(uid=f"{validity}.{number}", raw=raw[: self.at_most], cut=cut)

    def keep(self, uid: str) -> None:
        """Move a mail out of what waits; one that is gone is no error. Raises MailboxUnavailable."""
        validity, _, number = uid.partition(".")
        with self._server() as server:
            # Another UIDVALIDITY means that the folder was made anew: the same number may now be another mail.
            if int(validity) != self.validity:
                return
            if server.has_capability("MOVE"):
                server.move([int(number)], self.kept)
            else:
                server.copy([int(number)], self.kept)
                server.add_flags([int(number)], [DELETED], silent=True)

    def close(self) -> None:
        """End the connection; a next call makes another."""
        if self.client:
            with suppress(IMAPClientError, OSError):
                self.client.logout()
            self._drop()

    def _read(self, number: int, validity: int) -> bytes | None:
        """Return a mail up to one byte over the limit; None when it is gone, or when the server cannot give it.

        A mail that is damaged on the server must not hold up all mail behind it. Dovecot closes the line at such a mail.
        """
        with self._server() as server:
            if self.validity != validity:
                return None
            try:
                found = server.fetch([number], [f"BODY.PEEK[]<0.{self.at_most + 1}>"])
            except IMAPClientError as wrong:
                log.warning("a mail cannot be read from the mailbox", extra={"uid": number})
                if isinstance(wrong, IMAPClientAbortError):
                    self._drop()
                return None
        raw: bytes | None = found.get(number, {}).get(b"BODY[]<0>")
        return raw

    @contextmanager
    def _server(self) -> Iterator[IMAPClient]:
        try:
            if self.client is None:
                self.client = self._connect()
            yield self.client
        except (IMAPClientError, OSError) as wrong:
            self._drop()
            raise MailboxUnavailable(type(wrong).__qualname__) from wrong

    def _connect(self) -> IMAPClient:
        client = IMAPClient(self.host, self.port, ssl=self.tls == "tls", timeout=self.timeout)
        try:
            if self.tls == "starttls":
                client.starttls()
            client.login(self.username, self.password)
            self._make_room(client)
            self._select(client)
        except BaseException:
            with suppress(OSError):
                client.shutdown()
            raise
        return client

    def _make_room(self, client: IMAPClient) -> None:
        """Make sure that the folder for kept mails is there, below the prefix that the server asks (RFC 2342)."""
        personal = client.namespace().personal if client.has_capability("NAMESPACE") else None
        prefix = personal[0][0] if personal else ""
        self.kept = prefix + self.kept.removeprefix(prefix)
        if not client.folder_exists(self.kept):
            client.create_folder(self.kept)

    def _select(self, client: IMAPClient) -> None:
        self.validity = client.select_folder(self.folder)[b"UIDVALIDITY"]

    def _drop(self) -> None:
        if self.client:
            with suppress(OSError):
                self.client.shutdown()
            self.client = None
