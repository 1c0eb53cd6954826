"""Sends what is queued: over SMTP, in batches over one connection, without holding a database transaction meanwhile."""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.message import EmailMessage
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction
from django.db.models import F

from gemeente.channels import files
from gemeente.channels.events import MessageFailed, MessageSent
from gemeente.channels.mail.compose import compose_mail
from gemeente.channels.mail.reply_address import make_reply_address
from gemeente.channels.models import OutgoingMessage
from gemeente.channels.ports import MailTransport, RecipientRefused, TransportUnavailable
from gemeente.channels.types import OutgoingKind, OutgoingState
from gemeente.kernel import clock
from gemeente.kernel.events import publish
from gemeente.kernel.sql import statement

# Twice what the carrier may be silent, so that nobody else takes a mail that is still on its way.
LEASE = timedelta(seconds=40)
LONGEST_WAIT = timedelta(minutes=15)

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class _Due:
    id: UUID
    kind: str
    to_address: str
    to_name: str
    subject: str
    text: str
    language: str
    question: UUID | None
    message_id: str
    in_reply_to: str
    attempts: int
    queued_at: datetime
    moment: UUID | None


def send_due(transport: MailTransport, *, limit: int = 50) -> int:
    """Send up to `limit` mails that are due; return how many were tried.

    A crash between the carrier's yes and our note sends one again, with the same Message-ID: SMTP itself cannot tell.
    What is not sent by half of the lease is given back.
    """
    until = clock.now() + LEASE / 2
    claimed = _claim(limit)
    for tried, due in enumerate(claimed):
        if clock.now() > until:
            _give_back(claimed[tried:])
            return tried
        _send(transport, due)
    return len(claimed)


def reply_key() -> bytes:
    """Return the key that signs reply addresses."""
    return settings.SECRET_KEY.encode()


def _claim(limit: int) -> list[_Due]:
    now = clock.now()
    with connection.cursor() as cursor:
        cursor.execute(
            statement("gemeente.channels.sql", "claim_outgoing"), {"now": now, "lease": now + LEASE, "limit": limit}
        )
        return sorted((_Due(*row) for row in cursor.fetchall()), key=lambda due: due.queued_at)


def _give_back(rest: list[_Due]) -> None:
    waiting = OutgoingMessage.objects.filter(id__in=[due.id for due in rest])
    waiting.update(due_at=clock.now(), attempts=F("attempts") - 1)


def _mail(due: _Due) -> EmailMessage:
    return compose_mail(
        sender=settings.MAIL_ADDRESS,
        sender_name=settings.MAIL_NAME,
        to=due.to_address,
        to_name=due.to_name,
        subject=due.subject,
        text=due.text,
        language=due.language,
        message_id=due.message_id,
        in_reply_to=due.in_reply_to,
        references=(due.in_reply_to,) if due.in_reply_to else (),
        reply_to=make_reply_address(settings.MAIL_ADDRESS, due.question, reply_key()) if due.question else "",
        automatic=due.kind in (OutgoingKind.CONFIRMATION, OutgoingKind.ADDRESS, OutgoingKind.FOLLOW_UP),
        written_at=due.queued_at,
        files=files.of_moment(due.moment) if due.moment else (),
    )


def _send(transport: MailTransport, due: _Due) -> None:
    try:
        transport.send(_mail(due), due.to_address)
    except RecipientRefused:
        _close(due, OutgoingState.FAILED, MessageFailed(outgoing=due.id, question=due.question, kind=due.kind))
    except TransportUnavailable as unavailable:
        log.warning("mail has to wait", extra={"attempts": due.attempts})
        _wait(due, unavailable)
    except Exception as fault:
        # A fault of ours in one mail must not hold up all others.
        log.exception("mail cannot be sent", extra={"outgoing": due.id})
        _wait(due, fault)
    else:
        _close(due, OutgoingState.SENT, MessageSent(outgoing=due.id, question=due.question, kind=due.kind))


@transaction.atomic
def _close(due: _Due, state: OutgoingState, happened: MessageSent | MessageFailed) -> None:
    OutgoingMessage.objects.filter(id=due.id).update(state=state, sent_at=clock.now())
    publish(happened)


def _wait(due: _Due, reason: Exception) -> None:
    wait = min(timedelta(seconds=2 ** min(due.attempts, 12)), LONGEST_WAIT)
    OutgoingMessage.objects.filter(id=due.id).update(due_at=clock.now() + wait, last_error=type(reason).__qualname__)
