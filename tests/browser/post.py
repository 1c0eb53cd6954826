"""Mail as residents use it: sent over SMTP to the municipality, and read from the mailbox of whom it was for."""

import smtplib
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from pathlib import Path

from tests.browser.product import Product
from tests.browser.visitor import NUMBER
from tests.browser.waiting import wait_for

MUNICIPALITY = "gemeente@voorbeeld.nl"
ARRIVES_SECONDS = 60


class Mail:
    """A mail that somebody received."""

    def __init__(self, raw: bytes) -> None:
        self._read = message_from_bytes(raw, policy=policy.default)
        self.message_id = str(self._read["Message-ID"])
        self.subject = " ".join(str(self._read["Subject"]).split())  # as folded on the way, so shown whole
        self.reply_to = str(self._read["Reply-To"])

    @property
    def text(self) -> str:
        body = self._read.get_body(("plain",))
        assert body is not None
        return str(body.get_content()).replace("\r\n", "\n")

    @property
    def number(self) -> str:
        """Return the question number that the mail names."""
        found = NUMBER.search(f"{self.subject}\n{self.text}")
        assert found, self.text
        return found[0]


class Post:
    """The post between the residents and one running product."""

    def __init__(self, product: Product) -> None:
        self._product = product

    def send(self, *, sender: str, text: str, subject: str = "", answers: Mail | None = None) -> None:
        """Send a mail to the municipality; with `answers` as a mail program sends a reply. Returns once it is accepted."""
        mail = EmailMessage()
        mail["From"] = sender
        mail["To"] = answers.reply_to if answers else MUNICIPALITY
        mail["Subject"] = f"Re: {answers.subject}" if answers else subject
        mail["Date"] = formatdate()
        mail["Message-ID"] = make_msgid(domain="voorbeeld.nl")
        if answers:
            mail["In-Reply-To"] = mail["References"] = answers.message_id
        mail.set_content(text)
        with smtplib.SMTP("127.0.0.1", self._product.smtp_port) as server:
            server.send_message(mail)

    def received(self, address: str) -> list[Mail]:
        """Return all mail that came for an address, oldest first, read or not."""
        box = self._product.mailbox(address)
        found = [path for part in ("new", "cur") for path in (box / part).glob("*")]
        return [mail for path in sorted(found, key=lambda path: path.name) if (mail := _read(path))]

    def wait_for_mail(self, address: str, *, about: str = "") -> Mail:
        """Return the first mail for an address with `about` in its subject or text. Fails when none comes in a minute."""

        def look() -> Mail | None:
            found = (mail for mail in self.received(address) if about in mail.subject or about in mail.text)
            return next(found, None)

        return wait_for(look, seconds=ARRIVES_SECONDS, what=f"mail for {address} about “{about}”")


def _read(path: Path) -> Mail | None:
    try:
        return Mail(path.read_bytes())
    except FileNotFoundError:
        return None  # somebody opened it in the Postbus just now: it moved from `new` to `cur`
