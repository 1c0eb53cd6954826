"""The mailboxes of those who live here, as the local mail server filled them, and writing as one of them."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from email.utils import make_msgid
from pathlib import Path
from urllib.parse import unquote

from django.conf import settings

from gemeente.adapters.maildir import SEEN, MaildirMailbox, maildir_of
from gemeente.channels.mail.compose import compose_mail
from gemeente.channels.mail.parse import parse_mail
from gemeente.channels.mail.types import ParsedMail
from gemeente.channels.ports import MailTransport
from gemeente.demonstration.stories import people
from gemeente.kernel import clock
from gemeente.kernel.errors import NotFound
from gemeente.kernel.ports import port

PAGE = 20
OTHERS_AT_MOST = 50
QUOTED_LINES_AT_MOST = 200
_BEGIN = 120


@dataclass(frozen=True)
class Box:
    """Somebody's mailbox: whose, at which address, and how many mails came, read and unread."""

    key: str
    name: str
    address: str
    language: str
    unread: int
    total: int


@dataclass(frozen=True)
class Line:
    """A mail in a list."""

    key: str
    unread: bool
    subject: str
    sender: str
    begin: str
    sent_at: datetime | None


@dataclass(frozen=True)
class Opened:
    """A mail that somebody opened: what was read from it, and as it came."""

    key: str
    mail: ParsedMail
    raw: bytes


def residents() -> list[Box]:
    """Return the mailboxes of the people whom we know."""
    return [_box(one.key, one.name, one.email, one.language) for one in people().resident if one.email]


def others() -> list[Box]:
    """Return the mailboxes of other addresses to which we wrote, the latest first: of those who asked without logging in."""
    known = {maildir_of(settings.LOCAL_MAIL, one.email).name for one in people().resident}
    known.add(maildir_of(settings.LOCAL_MAIL, settings.MAIL_ADDRESS).name)
    latest = sorted(settings.LOCAL_MAIL.glob("*/new"), key=lambda new: new.stat().st_mtime_ns, reverse=True)
    names = [new.parent.name for new in latest if new.parent.name not in known][:OTHERS_AT_MOST]
    return [_box(_key_of(name), unquote(name), unquote(name), "nl") for name in names]


def box(key: str) -> Box:
    """Return the mailbox with this key. Raises NotFound."""
    for found in (*residents(), *others()):
        if found.key == key:
            return found
    raise NotFound("Deze postbus is er niet.")


def _key_of(folder: str) -> str:
    # An address in a URL would stand in logs.
    return hashlib.sha256(folder.encode()).hexdigest()[:12]


def _box(key: str, name: str, address: str, language: str) -> Box:
    unread, read = _names(address, "new"), _names(address, "cur")
    return Box(key, name, address, language, unread=len(unread), total=len(unread) + len(read))


def _names(address: str, part: str) -> list[str]:
    folder = maildir_of(settings.LOCAL_MAIL, address) / part
    return [path.name for path in folder.iterdir()] if folder.is_dir() else []


def lines(owner: Box, page: int) -> tuple[list[Line], bool]:
    """Return a page of somebody's mails, newest first, and whether there are more."""
    unread = set(_names(owner.address, "new"))
    keys = sorted(unread | {name.removesuffix(SEEN) for name in _names(owner.address, "cur")}, reverse=True)
    chosen = keys[page * PAGE : (page + 1) * PAGE]
    return [_line(owner, key, unread=key in unread) for key in chosen], len(keys) > (page + 1) * PAGE


def _line(owner: Box, key: str, *, unread: bool) -> Line:
    mail = parse_mail(_raw(owner, key))
    begin = " ".join(mail.text.split())[:_BEGIN]
    return Line(key, unread, mail.subject, mail.from_address, begin, mail.sent_at)


def _raw(owner: Box, key: str) -> bytes:
    """Return a mail as it came. Raises NotFound."""
    name = Path(key).name
    folder = maildir_of(settings.LOCAL_MAIL, owner.address)
    for path in (folder / "new" / name, folder / "cur" / f"{name}{SEEN}"):
        if path.is_file():
            return path.read_bytes()
    raise NotFound("Deze e-mail is er niet.")


def open_mail(owner: Box, key: str) -> Opened:
    """Return a mail, which from now on is read. Raises NotFound."""
    raw = _raw(owner, key)
    MaildirMailbox(str(settings.LOCAL_MAIL), owner.address).keep(key)
    return Opened(key, parse_mail(raw), raw)


def write(owner: Box, *, subject: str, text: str, answers: ParsedMail | None = None) -> None:
    """Send a mail to the municipality as this person, by the real road. `answers` is the mail that it replies to.

    Raises TransportUnavailable, and RecipientRefused.
    """
    to = (answers and (answers.reply_to or answers.from_address)) or settings.MAIL_ADDRESS
    mail = compose_mail(
        sender=owner.address,
        sender_name=owner.name,
        to=to,
        to_name="",
        subject=_answering(answers.subject) if answers else subject,
        text=f"{text}\n\n{_quoted(answers)}" if answers else text,
        language=owner.language,
        message_id=make_msgid(domain=owner.address.rpartition("@")[2]),
        in_reply_to=answers.message_id if answers else "",
        references=(*answers.references, answers.message_id) if answers else (),
        reply_to="",
        automatic=False,
        written_at=clock.now(),
    )
    transport = port(MailTransport)
    try:
        transport.send(mail, to)
    finally:
        transport.close()


def _answering(subject: str) -> str:
    return subject if subject.casefold().startswith("re:") else f"Re: {subject}"


def _quoted(mail: ParsedMail) -> str:
    """Return the mail that is answered as mail programs put it below an answer."""
    sent = (mail.sent_at or clock.now()).astimezone(clock.AMSTERDAM)
    words = "\n\n".join(part for part in (mail.text, mail.signature) if part)
    quoted = "\n".join(f"> {line}" for line in words.splitlines()[:QUOTED_LINES_AT_MOST])
    return f"Op {sent:%d-%m-%Y} om {sent:%H:%M} schreef {mail.from_name} <{mail.from_address}>:\n\n{quoted}"
