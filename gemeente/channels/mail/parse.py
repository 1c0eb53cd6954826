"""Reads a mail, whatever its bytes: never raises, in bounded time and memory."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from gemeente.channels.mail import headers as head
from gemeente.channels.mail.attachments import note_protection, read_attachments
from gemeente.channels.mail.automatic import automatic, returned
from gemeente.channels.mail.bodies import Body, read_bodies
from gemeente.channels.mail.headers import Address, Headers
from gemeente.channels.mail.markup import safe
from gemeente.channels.mail.quoting import Split, split
from gemeente.channels.mail.structure import Problems, leaves, open_mail
from gemeente.channels.mail.types import Automatic, ParsedMail, Problem

TEXT_AT_MOST = 100_000
SUBJECT_AT_MOST = 300
DELIVERED_TO_AT_MOST = 20
CUT = "\n[…]"
_DELIVERED = ("delivered-to", "x-original-to", "envelope-to", "x-envelope-to", "x-delivered-to")


@dataclass(frozen=True)
class _Envelope:
    message_id: str
    in_reply_to: str
    references: tuple[str, ...]
    sender: Address
    subject: str
    sent_at: datetime | None


def parse_mail(raw: bytes) -> ParsedMail:
    """Read a mail as it came over the wire. Any bytes give an answer; what was odd stands in `problems`.

    Each text holds at most TEXT_AT_MOST characters, and ends with CUT when more stood there.
    """
    problems = Problems()
    fingerprint = hashlib.sha256(raw).hexdigest()
    mail = open_mail(_with_line_ends(raw), problems)
    parts = list(leaves(mail, problems))
    body, files = read_bodies(parts, problems)
    attached = read_attachments(files, problems)
    note_protection(parts, body.text, problems)
    envelope = _envelope(mail.headers, problems)
    kind = automatic(mail.headers, parts, sender=envelope.sender.email, subject=envelope.subject)
    text = _layers(body, envelope, problems)
    if not (text.fresh or attached):
        problems.add(Problem.NO_BODY)
    return ParsedMail(
        message_id=envelope.message_id or f"sha256:{fingerprint}",
        fingerprint=fingerprint,
        in_reply_to=envelope.in_reply_to,
        references=(*envelope.references, *returned(parts)) if kind == Automatic.BOUNCE else envelope.references,
        from_address=envelope.sender.email,
        from_name=envelope.sender.name,
        to=_emails(mail.headers, "to"),
        cc=_emails(mail.headers, "cc"),
        reply_to=next(iter(_emails(mail.headers, "reply-to")), ""),
        delivered_to=_emails(mail.headers, *_DELIVERED)[:DELIVERED_TO_AT_MOST],
        subject=envelope.subject,
        sent_at=envelope.sent_at,
        text=text.fresh,
        quoted=text.quoted,
        signature=text.signature,
        html_safe=safe(body.html),
        attachments=attached,
        automatic=kind,
        problems=tuple(problems.met),
    )


def _with_line_ends(raw: bytes) -> bytes:
    """Return the mail with line feeds, should it have come with carriage returns only."""
    begin = raw[:65_536]
    return raw.replace(b"\r", b"\n") if b"\r" in begin and b"\n" not in begin else raw


def _envelope(headers: Headers, problems: Problems) -> _Envelope:
    senders = (*_all(headers, "from"), *_all(headers, "sender"))
    message_id = head.message_id(headers.first("message-id"))
    sent_at = head.sent_at(headers.first("date"))
    if not senders:
        problems.add(Problem.NO_SENDER)
    if not message_id:
        problems.add(Problem.NO_MESSAGE_ID)
    if sent_at is None:
        problems.add(Problem.ODD_DATE)
    return _Envelope(
        message_id=message_id,
        in_reply_to=next(iter(head.message_ids(headers.first("in-reply-to"))), ""),
        references=head.message_ids(headers.first("references")),
        sender=next(iter(senders), Address("", "")),
        subject=head.decoded(headers.first("subject"), at_most=SUBJECT_AT_MOST),
        sent_at=sent_at,
    )


def _all(headers: Headers, *names: str) -> tuple[Address, ...]:
    found = (address for name in names for value in headers.all(name) for address in head.addresses(value))
    return tuple(dict.fromkeys(found))[: head.ADDRESSES_AT_MOST]


def _emails(headers: Headers, *names: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(address.email for address in _all(headers, *names)))


def _layers(body: Body, envelope: _Envelope, problems: Problems) -> Split:
    answers = bool(envelope.in_reply_to or envelope.references)
    layers = split(body.text, subject=envelope.subject, is_answer=answers)
    if layers.only_quoted:
        problems.add(Problem.ONLY_QUOTED)
    return Split(
        fresh=_bounded(layers.fresh, problems),
        quoted=_bounded(layers.quoted, problems),
        signature=_bounded(layers.signature, problems),
    )


def _bounded(text: str, problems: Problems) -> str:
    if len(text) <= TEXT_AT_MOST:
        return text
    problems.add(Problem.TRUNCATED)
    return text[: TEXT_AT_MOST - len(CUT)] + CUT
