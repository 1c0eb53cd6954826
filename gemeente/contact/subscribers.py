"""What this room does when something happened below."""

from gemeente.access.types import system
from gemeente.channels.events import MessageReceived
from gemeente.contact.commands import take_in_message
from gemeente.kernel.events import on


@on(MessageReceived)
def take_in(received: MessageReceived) -> None:
    """Put what arrived in its thread."""
    take_in_message(actor=system("Postverwerking"), message=received.message)
