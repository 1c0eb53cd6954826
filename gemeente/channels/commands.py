"""Writes at the door: what arrives is kept once, what leaves is queued once."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.utils.translation import gettext_noop

from gemeente.access.types import Actor, Purpose, Right
from gemeente.audit.commands import log_look
from gemeente.channels import files
from gemeente.channels.events import MessageReceived, MessageSent
from gemeente.channels.mail.parse import parse_mail
from gemeente.channels.mail.types import Problem
from gemeente.channels.models import Attachment, IncomingMessage, OutgoingMessage
from gemeente.channels.types import (
    Channel,
    MessageState,
    NewFile,
    NewMessage,
    NewOutgoing,
    OutgoingState,
    Receipt,
    Sender,
)
from gemeente.kernel import clock
from gemeente.kernel.commands import about, command
from gemeente.kernel.events import publish
from gemeente.kernel.ids import new_id
from gemeente.kernel.sql import statement

TEXT_AT_MOST = 100_000


@command(right=Right.ASK, purpose=Purpose.PROCESS_MESSAGE)
def receive_message(*, actor: Actor, message: NewMessage) -> tuple[Receipt, UUID]:
    """Accept a message from any channel; the same channel id twice is one message.

    Once this returns, the message is on disk. Returns what became of it, and its id (of the first one, for a duplicate).
    Source: vision V81, "net zo goed behandeld": every channel comes in through here.
    """
    about(subject=message.sender.party)
    values = _values(message)
    with connection.cursor() as cursor:
        cursor.execute(statement("gemeente.channels.sql", "accept"), values)
        row = cursor.fetchone()
    if row is None:
        files.forget_raw(values["raw"])
        known = IncomingMessage.objects.only("id").get(channel=message.channel, channel_id=message.channel_id)
        return Receipt.DUPLICATE, known.id
    if message.files:
        files.store(message.files, incoming=row[0])
    about(object_id=row[0])
    publish(MessageReceived(message=row[0], channel=message.channel))
    return Receipt.ACCEPTED, row[0]


def _values(message: NewMessage) -> dict[str, Any]:
    key = new_id()
    sender = message.sender
    return {
        "id": key,
        "channel": message.channel.value,
        "channel_id": message.channel_id,
        "received_at": clock.now(),
        "sent_at": message.sent_at,
        "party": sender.party,
        "sender_name": sender.name[:200],
        "sender_email": sender.email[:254],
        "sender_phone": sender.phone[:30],
        "sender_post": sender.post[:400],
        "subject": message.subject[:300],
        "text": message.text[:TEXT_AT_MOST],
        "wish": message.wish[:1000],
        "quoted": message.quoted[:TEXT_AT_MOST],
        "reply_channel": message.reply_channel,
        "question": message.question,
        "references": list(message.references),
        "addressed_to": list(message.addressed_to),
        "automatic": message.automatic,
        "problems": list(message.problems),
        "taken_by": message.taken_by,
        "urgency": message.urgency,
        "urgency_reason": message.urgency_reason,
        "product": message.product,
        "team": message.team,
        "language": message.language,
        "held_files": message.held_files,
        "raw": files.store_raw(message.raw, key.hex) if message.raw else "",
    }


def receive_mail(*, actor: Actor, raw: bytes, cut: bool = False) -> tuple[Receipt, UUID]:
    """Accept a mail as it came over the wire. Any bytes are kept; see `parse_mail` for what is read from them.

    The same Message-ID with the same sender and words is one mail, whatever servers wrote above it.
    `cut` says that the mail was longer than what we took of it.
    """
    mail = parse_mail(raw)
    message = NewMessage(
        channel=Channel.EMAIL,
        channel_id=mail.message_id,
        text=mail.text,
        quoted="\n\n".join(part for part in (mail.signature, mail.quoted) if part),
        subject=mail.subject,
        sender=Sender(name=mail.from_name, email=mail.from_address),
        sent_at=mail.sent_at,
        reply_channel=Channel.EMAIL,
        references=tuple(dict.fromkeys((*mail.references, mail.in_reply_to)) if mail.in_reply_to else mail.references),
        addressed_to=(*mail.to, *mail.cc, *mail.delivered_to),
        automatic=mail.automatic,
        problems=(*mail.problems, Problem.TRUNCATED) if cut else mail.problems,
        raw=raw,
        files=tuple(
            NewFile(
                name=files.clean_name(attached.filename),
                content_type=files.content_type_of(attached.content),
                content=attached.content,
            )
            for attached in mail.attachments
        ),
    )
    receipt, kept = receive_message(actor=actor, message=message)
    if receipt == Receipt.DUPLICATE and not _is_same(kept, message):
        # A mail program that gives two mails one Message-ID must not cost anybody the second.
        return receive_message(actor=actor, message=replace(message, channel_id=f"sha256:{mail.fingerprint}"))
    return receipt, kept


def _is_same(kept: UUID, message: NewMessage) -> bool:
    came = IncomingMessage.objects.only("text", "sender_email").get(id=kept)
    return (came.text, came.sender_email) == (message.text[:TEXT_AT_MOST], message.sender.email[:254])


def mark_taken_in(*, message: UUID, moment: UUID) -> None:
    """Say that a message now stands in a thread, with its files. Two statements, in the caller's transaction."""
    IncomingMessage.objects.filter(id=message).update(state=MessageState.TAKEN_IN)
    Attachment.objects.filter(incoming_id=message).update(moment=moment)


def mark_set_aside(*, message: UUID, why: str) -> None:
    """Keep a message out of the threads, with the reason, where the administrator sees it."""
    IncomingMessage.objects.filter(id=message).update(state=MessageState.SET_ASIDE, why_set_aside=why)


def queue_message(*, outgoing: NewOutgoing) -> None:
    """Queue something to send, in the caller's transaction; the same `once` twice is one message.

    Mail leaves by the sender; a letter waits in the tray; both survive any kill.
    """
    key = new_id()
    domain = settings.MAIL_ADDRESS.partition("@")[2]
    now = clock.now()
    row = OutgoingMessage(
        id=key,
        once=outgoing.once,
        kind=outgoing.kind,
        channel=outgoing.channel,
        to_address=outgoing.to_address,
        to_name=outgoing.to_name,
        subject=outgoing.subject,
        text=outgoing.text,
        language=outgoing.language,
        question=outgoing.question,
        party=outgoing.party,
        moment=outgoing.moment,
        message_id=f"<{key.hex}@{domain}>",
        in_reply_to=outgoing.in_reply_to,
        queued_at=now,
        due_at=now,
        state=OutgoingState.QUEUED,
    )
    OutgoingMessage.objects.bulk_create([row], ignore_conflicts=True)


@command(right=Right.SEND_POST, purpose=Purpose.PROCESS_MESSAGE)
def post_letters(*, actor: Actor, letters: list[UUID]) -> int:
    """Note that these letters were posted; return how many of them were still waiting. Posted twice is posted once."""
    waiting = OutgoingMessage.objects.select_for_update().filter(
        id__in=letters, channel=Channel.LETTER, state=OutgoingState.QUEUED
    )
    for row in waiting:
        row.state, row.sent_at = OutgoingState.SENT, clock.now()
        row.save()
        log_look(
            actor=actor,
            action="post_letter",
            purpose=Purpose.PROCESS_MESSAGE,
            subject=row.party,
            object_id=row.id,
            what=(gettext_noop("Brief"),),
        )
        publish(MessageSent(outgoing=row.id, question=row.question, kind=row.kind))
    return len(waiting)
