"""What we mail to partners: what is asked, the question's number and how to answer; of the resident no more than the name."""

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext_noop

from gemeente.access.queries import contact_card
from gemeente.channels.commands import queue_message
from gemeente.channels.types import Channel, NewOutgoing, OutgoingKind
from gemeente.contact.letters import addressee_of
from gemeente.contact.models import FollowUpTask, Question
from gemeente.contact.partners import partners


def ask_partner(held: Question, task: FollowUpTask) -> None:
    """Queue the mail that asks a partner; who answers it lands in this question, for employees only."""
    _send(held, task, template="partner_task", once=f"task:{task.id}")


def tell_withdrawn(held: Question, task: FollowUpTask) -> None:
    """Queue the mail that says to a partner that it is no longer needed."""
    _send(held, task, template="partner_withdrawn", once=f"task-withdrawn:{task.id}")


def _send(held: Question, task: FollowUpTask, *, template: str, once: str) -> None:
    partner = partners().get(task.partner)
    if partner is None:  # taken out of the register since: nobody is left there to write to
        return
    asker = contact_card(task.asked_by)
    known = {
        "question": held,
        "task": task,
        "name": addressee_of(held).name or gettext_noop("een inwoner"),
        "who": task.asked_by_name,
        "phone": asker.phone if asker else settings.PHONE,
        "municipality": settings.MUNICIPALITY,
    }
    with translation.override("nl"):
        subject, _, text = render_to_string(f"contact/letters/{template}.txt", known).strip().partition("\n")
    queue_message(
        outgoing=NewOutgoing(
            once=once,
            kind=OutgoingKind.NOTICE,
            channel=Channel.EMAIL,
            to_address=partner.email,
            to_name=partner.name,
            subject=subject,
            text=text.strip(),
            language="nl",
            question=held.id,
            party=None,
        )
    )
