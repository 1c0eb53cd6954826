"""Writes a mail: plain text, and the same words as simple HTML for those who read that better."""

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP, EmailPolicy
from email.utils import format_datetime

from gemeente.channels.mail.clean import clean_line, clean_text
from gemeente.channels.mail.letter import as_html
from gemeente.channels.ports import RecipientRefused
from gemeente.channels.types import NewFile

REFERENCES_AT_MOST = 20
SUBJECT_AT_MOST = 250
NAME_AT_MOST = 100

_MESSAGE_ID = re.compile(r"<[!-;=?-~]{3,250}>")
_LOCAL = re.compile(r"(?!.*=\?)[^\s<>()\[\]\",;:@\\\x00-\x1f\x7f]{1,64}")
# Each label is read in one way only: an address comes from outside, and must not keep us busy.
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_DOMAIN = re.compile(rf"(?=.{{1,253}}\Z)(?:{_LABEL}\.)*{_LABEL}")
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})?")
_IDS = ("message-id", "in-reply-to", "references")


class _Policy(EmailPolicy):
    """SMTP's policy, but Message-IDs stay whole.

    Python writes an id of over 78 characters, such as Outlook's, as an encoded word, and then no program finds the thread.
    """

    def fold(self, name: str, value: str) -> str:
        if name.lower() in _IDS:
            return f"{name}: " + f"{self.linesep} ".join(value.split()) + self.linesep
        return str(super().fold(name, value))

    def fold_binary(self, name: str, value: str) -> bytes:
        if name.lower() in _IDS:
            return self.fold(name, value).encode("ascii")
        return super().fold_binary(name, value)


_POLICY = _Policy(linesep=SMTP.linesep)


def compose_mail(
    *,
    sender: str,
    sender_name: str,
    to: str,
    to_name: str,
    subject: str,
    text: str,
    language: str,
    message_id: str,
    in_reply_to: str,
    references: Iterable[str],
    reply_to: str,
    automatic: bool,
    written_at: datetime,
    files: tuple[NewFile, ...] = (),
) -> EmailMessage:
    """Return a mail that is ready to send, dated at the moment when its words were written.

    No value can add a header: line ends and controls in names and subject become spaces. Ids that are no Message-ID are left
    out of In-Reply-To and References. An automatic mail says so (RFC 3834), so that no machine answers it.
    Raises RecipientRefused when `to` cannot be an address, and ValueError for a sender, reply_to or message_id of ours
    that is wrong.
    """
    if not _MESSAGE_ID.fullmatch(message_id):
        raise ValueError("a Message-ID looks like <something@domain>")
    mail = EmailMessage(policy=_POLICY)
    mail["From"] = _address(sender_name, sender)
    mail["To"] = _recipient(to_name, to)
    mail["Reply-To"] = _address(sender_name, reply_to or sender)
    mail["Subject"] = _plain(subject, at_most=SUBJECT_AT_MOST)
    mail["Date"] = format_datetime(written_at.astimezone(UTC))
    mail["Message-ID"] = message_id
    _refer(mail, in_reply_to, references)
    if automatic:
        mail["Auto-Submitted"] = "auto-replied" if in_reply_to else "auto-generated"
        mail["X-Auto-Response-Suppress"] = "All"
    _say(mail, text, language if _LANGUAGE.fullmatch(language) else "nl")
    _enclose(mail, files)
    return mail


def _enclose(mail: EmailMessage, files: tuple[NewFile, ...]) -> None:
    for file in files:
        maintype, subtype = file.content_type.split("/")
        mail.add_attachment(file.content, maintype=maintype, subtype=subtype, filename=file.name)


def _say(mail: EmailMessage, text: str, language: str) -> None:
    words = clean_text(text).strip("\n") + "\n"
    mail.set_content(words, cte="quoted-printable")
    mail.add_alternative(as_html(words, title=str(mail["Subject"]), language=language), "html", cte="quoted-printable")
    mail["Content-Language"] = language  # last: setting the content clears all Content-* fields


def _plain(words: str, *, at_most: int) -> str:
    """Return one clean line that cannot be read as an encoded word.

    Python decodes such a word when it is set, and writes the line ends in it as line ends: a header of somebody else's
    (CVE-2024-6923). Therefore an address cannot hold one either.
    """
    return clean_line(words, at_most=at_most).replace("=?", "= ?")[:at_most]


def _refer(mail: EmailMessage, in_reply_to: str, references: Iterable[str]) -> None:
    known = [one for one in references if _MESSAGE_ID.fullmatch(one)]
    if _MESSAGE_ID.fullmatch(in_reply_to):
        mail["In-Reply-To"] = in_reply_to
        known = [*(one for one in known if one != in_reply_to), in_reply_to]
    if known:
        mail["References"] = " ".join(known[-REFERENCES_AT_MOST:])


def _recipient(name: str, address: str) -> Address:
    try:
        return _address(name, address)
    except ValueError as wrong:
        raise RecipientRefused("dit is geen e-mailadres") from wrong


def _address(name: str, address: str) -> Address:
    local, _, domain = address.strip().rpartition("@")
    ascii_domain = domain.encode("idna").decode("ascii")
    if not _LOCAL.fullmatch(local) or not _DOMAIN.fullmatch(ascii_domain):
        raise ValueError("this cannot be an address")
    return Address(display_name=_plain(name, at_most=NAME_AT_MOST), username=local, domain=ascii_domain)
