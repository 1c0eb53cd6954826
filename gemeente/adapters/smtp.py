"""Sends mail through a submission server (RFC 6409), over one connection that is made anew when it was dropped."""

import smtplib
import ssl
from contextlib import suppress
from email.message import EmailMessage
from email.policy import EmailPolicy
from typing import Literal, cast

from gemeente.channels.ports import RecipientRefused, TransportUnavailable

TIMEOUT_SECONDS = 20.0
_LOOPBACK = ("127.0.0.1", "::1", "localhost")
_AUTHENTICATION_REQUIRED = 530
_INTERNATIONAL = ("SMTPUTF8", "BODY=8BITMIME")


class SmtpTransport:
    """One connection to a mail server, opened when it is first needed.

    `tls` says how it is sealed: "tls" from the start, "starttls" before anything is said, "off" not at all. The server's
    certificate must be good (a private authority goes in SSL_CERT_FILE). The envelope's sender is the mail's own From.
    """

    def __init__(
        self,
        host: str,
        port: int,
        username: str = "",
        password: str = "",
        tls: Literal["starttls", "tls", "off"] = "starttls",
        timeout: float = TIMEOUT_SECONDS,
    ) -> None:
        self.host, self.port, self.tls, self.timeout = host, port, tls, timeout
        self.username, self.password = username, password
        self.connection: smtplib.SMTP | None = None

    def send(self, message: EmailMessage, to: str) -> None:
        """Hand a message over for one recipient.

        Raises TransportUnavailable for whatever may pass (no answer, 4xx, our own account), RecipientRefused for a no (5xx).
        """
        connection = self._connected()
        international = not f"{_sender(message)}{to}".isascii()
        if international and not connection.has_extn("smtputf8"):
            raise RecipientRefused("the mail server takes no such address (SMTPUTF8)")
        # Not smtplib's own send_message: that changes a line that begins with "From ".
        policy = cast(EmailPolicy, message.policy).clone(linesep="\r\n", utf8=international)
        raw = message.as_bytes(policy=policy)
        try:
            connection.sendmail(_sender(message), [to], raw, _INTERNATIONAL if international else ())
        except smtplib.SMTPRecipientsRefused as refused:
            raise _verdict(refused.recipients[to][0]) from refused
        except smtplib.SMTPDataError as refused:
            raise _verdict(refused.smtp_code) from refused
        except (smtplib.SMTPException, OSError) as wrong:
            self.close()
            raise TransportUnavailable(type(wrong).__qualname__) from wrong

    def close(self) -> None:
        """End the connection; a next send makes another."""
        if self.connection:
            with suppress(smtplib.SMTPException, OSError):
                self.connection.quit()
            self.connection.close()
            self.connection = None

    def _connected(self) -> smtplib.SMTP:
        # Asked first, because a connection that breaks halfway leaves in doubt whether the mail was taken.
        if self.connection and not _answers(self.connection):
            self.close()
        if self.connection is None:
            try:
                self.connection = self._connect()
            except (smtplib.SMTPException, OSError) as wrong:
                raise TransportUnavailable(type(wrong).__qualname__) from wrong
        return self.connection

    def _connect(self) -> smtplib.SMTP:
        # Our own name is looked up in the DNS, which takes seconds on a machine without one.
        name = "localhost" if self.host in _LOOPBACK else None
        if self.tls == "tls":
            context = ssl.create_default_context()
            made: smtplib.SMTP = smtplib.SMTP_SSL(self.host, self.port, name, timeout=self.timeout, context=context)
        else:
            made = smtplib.SMTP(self.host, self.port, name, timeout=self.timeout)
        try:
            if self.tls == "starttls":
                made.starttls(context=ssl.create_default_context())
            made.ehlo_or_helo_if_needed()
            if self.username:
                made.login(self.username, self.password)
        except BaseException:
            made.close()
            raise
        return made


def _sender(message: EmailMessage) -> str:
    return str(message["From"].addresses[0].addr_spec)


def _answers(connection: smtplib.SMTP) -> bool:
    try:
        return connection.noop()[0] == 250
    except (smtplib.SMTPException, OSError):
        return False


def _verdict(code: int) -> TransportUnavailable | RecipientRefused:
    """Return what a server's refusal means. Source: RFC 5321 §4.2.1; 530 speaks of our account, not of the recipient."""
    if code < 500 or code == _AUTHENTICATION_REQUIRED:
        return TransportUnavailable(str(code))
    return RecipientRefused(str(code))
