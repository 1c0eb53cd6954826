"""Tells a person's mail from what a machine sent by itself, so that we never answer a machine (RFC 3834)."""

import re
from collections.abc import Sequence

from gemeente.channels.mail.headers import REFERENCES_AT_MOST, Headers, message_id
from gemeente.channels.mail.structure import Part, Problems, open_mail
from gemeente.channels.mail.types import Automatic

_ABSENT = re.compile(
    r"\s*(?:automatisch(?:e)? (?:antwoord|reactie|bericht)\b|automatic reply\b|auto(?:matic)?[- ]?(?:reply|response|antwoord)\b"
    r"|autoreply\b|out of (?:the )?office\b|afwezigheids(?:bericht|assistent|melding)\b"
    r"|(?:afwezig|niet aanwezig|ik ben afwezig|met vakantie|buiten kantoor|niet op kantoor)\s*(?::|\Z))",
    re.IGNORECASE,
)
_MARKS = ("x-autoreply", "x-autorespond", "x-autoresponder", "x-auto-reply", "x-vacation")
_RETURNED = ("message/rfc822", "message/global", "text/rfc822-headers", "message/global-headers")
_DAEMON = re.compile(r"(?:mailer-daemon|postmaster|mail-daemon|microsoftexchange[0-9a-f]+)@", re.IGNORECASE)


def automatic(headers: Headers, leaves: Sequence[Part], *, sender: str, subject: str) -> Automatic:
    """Return what kind of machine sent a mail, or NO for a person. `sender` is the plain address."""
    if _is_bounce(headers, leaves, sender):
        return Automatic.BOUNCE
    if any(_is_invitation(leaf) for leaf in leaves):
        return Automatic.CALENDAR
    if _is_auto_reply(headers, leaves, subject):
        return Automatic.AUTO_REPLY
    if headers.first("list-id") or _precedence(headers) in ("bulk", "list", "junk"):
        return Automatic.LIST
    return Automatic.NO


def returned(leaves: Sequence[Part]) -> tuple[str, ...]:
    """Return the Message-IDs of the mails that a bounce brings back, whole or their heads only (RFC 3462)."""
    heads = (
        open_mail(leaf.content(Problems()), Problems()).headers for leaf in leaves if leaf.content_type in _RETURNED
    )
    found = (message_id(head.first("message-id")) for head in heads)
    return tuple(dict.fromkeys(filter(None, found)))[:REFERENCES_AT_MOST]


def _report(leaves: Sequence[Part]) -> bool:
    return any(leaf.within[:1] == ("multipart/report",) for leaf in leaves)


def _is_bounce(headers: Headers, leaves: Sequence[Part], sender: str) -> bool:
    receipt = any(leaf.content_type == "message/disposition-notification" for leaf in leaves)
    if _report(leaves) and not receipt:
        return True
    return bool(headers.first("x-failed-recipients")) or (_has_no_return(headers) and bool(_DAEMON.match(sender)))


def _is_invitation(leaf: Part) -> bool:
    return leaf.content_type == "text/calendar" and bool(leaf.parameter("method")) and leaf.disposition != "attachment"


def _is_auto_reply(headers: Headers, leaves: Sequence[Part], subject: str) -> bool:
    submitted = headers.first("auto-submitted").partition(";")[0].strip().lower()
    return (
        _report(leaves)
        or submitted not in ("", "no")
        or any(name in headers.fields for name in _MARKS)
        or _precedence(headers) in ("auto_reply", "auto-reply")
        or _has_no_return(headers)
        or bool(_ABSENT.match(subject))
    )


def _has_no_return(headers: Headers) -> bool:
    return headers.first("return-path").strip() == "<>"


def _precedence(headers: Headers) -> str:
    return headers.first("precedence").strip().lower()
