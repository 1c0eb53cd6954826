"""Reads about messages."""

from collections.abc import Iterable, Iterator
from uuid import UUID

from django.db.models import QuerySet

from gemeente.channels.models import Attachment, IncomingMessage, OutgoingMessage
from gemeente.channels.types import (
    AttachmentCard,
    Channel,
    MessageState,
    OutgoingState,
    ReceivedMessage,
    Sender,
    TrayLetter,
)
from gemeente.residents.queries import in_large_print

LETTERS_A_PAGE = 50


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


def letters_waiting(*, page: int = 0) -> tuple[list[TrayLetter], bool]:
    """Return a page of the letters that wait to be posted, the oldest first, and whether there are more. Three statements."""
    first = page * LETTERS_A_PAGE
    rows = _waiting().order_by("due_at", "id")[first : first + LETTERS_A_PAGE + 1]
    letters = _tray(list(rows))
    return letters[:LETTERS_A_PAGE], len(letters) > LETTERS_A_PAGE


def waiting_letters(chosen: Iterable[UUID]) -> list[TrayLetter]:
    """Return those of these letters that still wait, at most a page, the oldest first. Three statements."""
    return _tray(list(_waiting().filter(id__in=list(chosen)).order_by("due_at", "id")[:LETTERS_A_PAGE]))


def _waiting() -> QuerySet[OutgoingMessage]:
    return OutgoingMessage.objects.filter(channel=Channel.LETTER, state=OutgoingState.QUEUED)


def _tray(rows: list[OutgoingMessage]) -> list[TrayLetter]:
    large = in_large_print(row.party for row in rows if row.party)
    files: dict[UUID | None, list[AttachmentCard]] = {}
    for one in Attachment.objects.filter(moment__in=[row.moment for row in rows if row.moment]).order_by("id"):
        card = AttachmentCard(id=one.id, name=one.name, content_type=one.content_type, size=one.size)
        files.setdefault(one.moment, []).append(card)
    return [
        TrayLetter(
            id=row.id,
            to_name=row.to_name,
            to_address=row.to_address,
            subject=row.subject,
            text=row.text,
            language=row.language,
            queued_at=row.queued_at,
            party=row.party,
            large=row.party in large,
            files=tuple(files.get(row.moment, ())) if row.moment else (),
        )
        for row in rows
    ]


def stored_files() -> Iterator[str]:
    """Yield the name of each file that a row refers to: attachments, and originals of mail. Two statements."""
    yield from Attachment.objects.order_by("id").values_list("stored_as", flat=True).iterator()
    yield from IncomingMessage.objects.exclude(raw="").order_by("id").values_list("raw", flat=True).iterator()
