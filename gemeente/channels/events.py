"""What happened at the door."""

from dataclasses import dataclass
from uuid import UUID

from gemeente.kernel.events import event


@event("channels.message-received.v1")
@dataclass(frozen=True, kw_only=True)
class MessageReceived:
    """A message was accepted and is kept; somebody above takes it in."""

    message: UUID
    channel: str


@event("channels.message-sent.v1")
@dataclass(frozen=True, kw_only=True)
class MessageSent:
    """An outgoing message was handed to its carrier."""

    outgoing: UUID
    question: UUID | None
    kind: str


@event("channels.message-failed.v1")
@dataclass(frozen=True, kw_only=True)
class MessageFailed:
    """An outgoing message could not be delivered, for good; somebody must reach the resident another way."""

    outgoing: UUID
    question: UUID | None
    kind: str
