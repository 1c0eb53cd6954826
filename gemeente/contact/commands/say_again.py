"""A form that comes in twice with other words: the back button, or a second thought."""

import hashlib
from dataclasses import replace
from uuid import UUID

from gemeente.access.types import Actor
from gemeente.channels.commands import receive_message
from gemeente.channels.queries import text_of
from gemeente.channels.types import NewMessage
from gemeente.contact.commands.take_in import take_in_message


def say_again(*, actor: Actor, message: NewMessage, first: UUID) -> None:
    """Let what a form says now join the thread of what it said `first`; the same words again are nothing new.

    So a double click is one message, and yet nothing that somebody typed is dropped.
    """
    if text_of(first) == message.text:
        return
    thread = take_in_message(actor=actor, message=first).question
    other = hashlib.sha256(message.text.encode()).hexdigest()[:16]
    again = replace(message, channel_id=f"{message.channel_id}:{other}", question=thread)
    _, added = receive_message(actor=actor, message=again)
    take_in_message(actor=actor, message=added)
