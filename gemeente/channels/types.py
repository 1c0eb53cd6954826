"""Channels, and what travels through them."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID


class Channel(StrEnum):
    """The ways people reach us. A new one is a new adapter, not a change in what happens next (V16)."""

    WEB = "web"
    EMAIL = "email"
    PHONE = "phone"
    DESK = "desk"
    LETTER = "letter"


class MessageState(StrEnum):
    """Where an incoming message stands. It is kept in every state; nothing that was accepted is ever lost."""

    ACCEPTED = "accepted"
    TAKEN_IN = "taken_in"
    SET_ASIDE = "set_aside"


class Receipt(StrEnum):
    """What became of a delivery at the door."""

    ACCEPTED = "accepted"
    DUPLICATE = "duplicate"
    SET_ASIDE = "set_aside"
    REFUSED = "refused"


class OutgoingState(StrEnum):
    """Where an outgoing message stands. A letter waits in the tray until somebody posts it."""

    QUEUED = "queued"
    SENT = "sent"
    FAILED = "failed"


class OutgoingKind(StrEnum):
    """What an outgoing message is for."""

    CONFIRMATION = "confirmation"
    ANSWER = "answer"
    NOTICE = "notice"
    CLOSING = "closing"
    ADDRESS = "address"
    FOLLOW_UP = "follow_up"


@dataclass(frozen=True, kw_only=True)
class Sender:
    """Who says they wrote it. Only `party` is known to us; the rest is what they told."""

    party: UUID | None = None
    name: str = ""
    email: str = ""
    phone: str = ""
    post: str = ""


@dataclass(frozen=True, kw_only=True)
class NewFile:
    """A file that somebody sends along, already checked by its content."""

    name: str
    content_type: str
    content: bytes


@dataclass(frozen=True, kw_only=True)
class AttachmentCard:
    """A document in a thread, as a screen lists it."""

    id: UUID
    name: str
    content_type: str
    size: int


@dataclass(frozen=True, kw_only=True)
class NewMessage:
    """A message at the door, the same for every channel.

    `channel_id` is the channel's own id for it (Message-ID, the form's token, the note's number): the same one twice is one
    message. `question` is set when the resident or an employee chose a thread; `reply_to` holds what a mail refers to.
    """

    channel: Channel
    channel_id: str
    text: str
    sender: Sender
    subject: str = ""
    wish: str = ""
    quoted: str = ""
    sent_at: datetime | None = None
    reply_channel: str = ""
    question: UUID | None = None
    references: tuple[str, ...] = ()
    addressed_to: tuple[str, ...] = ()
    automatic: str = ""
    problems: tuple[str, ...] = ()
    taken_by: UUID | None = None
    urgency: str = ""
    urgency_reason: str = ""
    product: str = ""
    team: str = ""
    language: str = ""
    raw: bytes = b""
    files: tuple[NewFile, ...] = ()
    held_files: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class ReceivedMessage:
    """A message as it was accepted, for the capability that takes it in."""

    id: UUID
    channel: Channel
    channel_id: str
    received_at: datetime
    text: str
    subject: str
    wish: str
    sender: Sender
    reply_channel: str
    question: UUID | None
    references: tuple[str, ...]
    addressed_to: tuple[str, ...]
    automatic: str
    taken_by: UUID | None
    urgency: str
    urgency_reason: str
    product: str
    team: str
    language: str
    quoted: str
    state: MessageState


@dataclass(frozen=True, kw_only=True)
class NewOutgoing:
    """A message to send. `once` makes it unique: queueing it again changes nothing.

    `question` ties the reply to its thread, when it is about one; `in_reply_to` is the Message-ID that it answers.
    """

    once: str
    kind: OutgoingKind
    channel: Channel
    to_address: str
    to_name: str
    subject: str
    text: str
    language: str
    question: UUID | None
    party: UUID | None
    in_reply_to: str = ""
    moment: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class TrayLetter:
    """A letter that waits to be printed and posted; `files` are the names of what goes in the envelope with it."""

    id: UUID
    to_name: str
    to_address: str
    subject: str
    text: str
    language: str
    queued_at: datetime
    party: UUID | None
    large: bool
    files: tuple[AttachmentCard, ...] = ()


@dataclass(frozen=True, kw_only=True)
class PaperLetter:
    """A letter as it is printed: the lines in the window of the envelope, the date in words, and what it says."""

    to_name: str
    to_lines: tuple[str, ...]
    written_on: str
    subject: str
    text: str
    language: str
    large: bool
    sender: str
