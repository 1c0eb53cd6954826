"""Reads about messages."""

from collections.abc import Iterable
from uuid import UUID

from gemeente.channels.models import IncomingMessage, OutgoingMessage
from gemeente.channels.types import Channel, MessageState, ReceivedMessage, Sender


def lock_message(message: UUID) -> ReceivedMessage:
    """Return an accepted message and hold it until the transaction ends, so that it is taken in once."""
    row = IncomingMessage.objects.select_for_update().get(id=message)
    return ReceivedMessage(
        id=row.id,
        channel=Channel(row.channel),
        channel_id=row.channel_id,
        received_at=row.received_at,
        text=row.text,
        subject=row.subject,
        wish=row.wish,
        sender=Sender(
            party=row.party,
            name=row.sender_name,
            email=row.sender_email,
            phone=row.sender_phone,
            post=row.sender_post,
        ),
        reply_channel=row.reply_channel,
        question=row.question,
        references=tuple(row.references),
        addressed_to=tuple(row.addressed_to),
        automatic=row.automatic,
        taken_by=row.taken_by,
        urgency=row.urgency,
        urgency_reason=row.urgency_reason,
        product=row.product,
        team=row.team,
        language=row.language,
        quoted=row.quoted,
        state=MessageState(row.state),
    )


def text_of(message: UUID) -> str:
    """Return the words of a message. One statement."""
    return IncomingMessage.objects.values_list("text", flat=True).get(id=message)


def sender_of(message: UUID) -> UUID | None:
    """Return the party that sent a message, None for somebody whom we don't know. One statement."""
    return IncomingMessage.objects.values_list("party", flat=True).get(id=message)


def question_of_sent(message_ids: Iterable[str]) -> UUID | None:
    """Return the question that a reply refers to, by the Message-IDs that we sent. One statement."""
    wanted = list(message_ids)
    if not wanted:
        return None
    return (
        OutgoingMessage.objects.filter(message_id__in=wanted, question__isnull=False)
        .order_by("-queued_at")
        .values_list("question", flat=True)
        .first()
    )


def incoming_by_reference(message_ids: Iterable[str]) -> list[UUID]:
    """Return earlier incoming mails that a mail refers to: somebody who writes on below their own mail. One statement."""
    wanted = list(message_ids)
    if not wanted:
        return []
    return list(
        IncomingMessage.objects.filter(channel=Channel.EMAIL, channel_id__in=wanted).values_list("id", flat=True)[:20]
    )
