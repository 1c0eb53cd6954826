"""A mail as we read it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Automatic(StrEnum):
    """What a mail is that no person wrote at this moment (RFC 3834); NO for a person's own mail."""

    NO = ""
    AUTO_REPLY = "auto-reply"
    BOUNCE = "bounce"
    LIST = "list"
    CALENDAR = "calendar"


class Problem(StrEnum):
    """What was odd about a mail. None of these keeps a mail from being accepted."""

    NO_HEADERS = "no-headers"
    NO_SENDER = "no-sender"
    NO_MESSAGE_ID = "no-message-id"
    NO_BODY = "no-body"
    ODD_DATE = "odd-date"
    BAD_CHARSET = "bad-charset"
    BAD_ENCODING = "bad-encoding"
    BROKEN_MIME = "broken-mime"
    TOO_DEEP = "too-deep"
    TOO_MANY_PARTS = "too-many-parts"
    TOO_MANY_ATTACHMENTS = "too-many-attachments"
    LONG_HEADER = "long-header"
    TRUNCATED = "truncated"
    ONLY_QUOTED = "only-quoted"
    ENCRYPTED = "encrypted"
    SIGNED = "signed"
    WINMAIL = "winmail"


@dataclass(frozen=True, kw_only=True)
class ParsedAttachment:
    """A file in a mail. The name is safe to show; the type is only what the sender declared."""

    filename: str
    declared_type: str
    content: bytes
    inline: bool


@dataclass(frozen=True, kw_only=True)
class ParsedMail:
    """What was read from a mail. Every text is free of control characters and can be kept in PostgreSQL.

    `message_id` is `<…>`, or `sha256:<hex of the mail>` when the mail has no usable one. Two different mails may carry the
    same `message_id`; `fingerprint` (SHA-256 of the bytes) tells them apart. `text` is what is new in it; `quoted` the
    history below it, `signature` the sender's closing lines. `html_safe` may be shown in a page.
    Of a bounce, `references` also names the mails that came back.
    """

    message_id: str
    fingerprint: str
    in_reply_to: str
    references: tuple[str, ...]
    from_address: str
    from_name: str
    to: tuple[str, ...]
    cc: tuple[str, ...]
    reply_to: str
    delivered_to: tuple[str, ...]
    subject: str
    sent_at: datetime | None
    text: str
    quoted: str
    signature: str
    html_safe: str
    attachments: tuple[ParsedAttachment, ...]
    automatic: Automatic
    problems: tuple[Problem, ...]
