"""Take a message into its thread: find the question or open one, and confirm it."""

from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.db.models import Q

from gemeente.access.queries import employee_actor
from gemeente.access.types import Actor, ActorKind, Purpose, Right
from gemeente.channels import commands as channels
from gemeente.channels.mail.reply_address import read_reply_address
from gemeente.channels.queries import incoming_by_reference, lock_message, question_of_sent
from gemeente.channels.sender import reply_key
from gemeente.channels.types import Channel, MessageState, ReceivedMessage
from gemeente.contact import rules
from gemeente.contact.commands.records import (
    lock_surviving,
    raise_urgency,
    run_again,
    wait_again,
    write_history,
    write_moment,
)
from gemeente.contact.events import MessageAdded, QuestionAsked
from gemeente.contact.letters import confirm
from gemeente.contact.models import ContactMoment, FollowUpTask, Question
from gemeente.contact.numbers import next_number
from gemeente.contact.partners import domain_of, partners
from gemeente.contact.types import QuestionState, Urgency
from gemeente.contact.understanding import Understanding, understand
from gemeente.kernel.commands import about, command
from gemeente.kernel.events import publish
from gemeente.products.queries import catalogue
from gemeente.residents.queries import party_by_verified_email, preferred_channel


@dataclass(frozen=True, kw_only=True)
class TakenIn:
    """Where a message went: its question, or nowhere (set aside)."""

    question: UUID | None
    moment: UUID | None
    new_question: bool


@command(right=Right.ASK, purpose=Purpose.PROCESS_MESSAGE)
def take_in_message(*, actor: Actor, message: UUID) -> TakenIn:
    """Put an accepted message in its thread, or open a question for it; confirm a new one. Idempotent.

    A mail that a machine sent by itself (out of office, bounce, list) goes to its thread or is set aside, and is never
    answered (RFC 3834). Source: vision V32, V80.
    """
    received = lock_message(message)
    if received.state != MessageState.ACCEPTED:
        return _as_before(message)
    question = _thread_of(received)
    party = _party_of(received)
    about(subject=party, object_id=question)
    if question is None and received.automatic:
        channels.mark_set_aside(message=message, why=received.automatic)
        return TakenIn(question=None, moment=None, new_question=False)
    if question is None:
        return _open(received, party)
    return _add(received, party, question)


def _as_before(message: UUID) -> TakenIn:
    moment = ContactMoment.objects.filter(incoming=message).first()
    return TakenIn(
        question=moment.question if moment else None, moment=moment.id if moment else None, new_question=False
    )


def _thread_of(received: ReceivedMessage) -> UUID | None:
    """Find the thread: the person's own choice, our signed reply address, or the mails that this one answers."""
    if received.question:
        return received.question
    for address in received.addressed_to:
        signed = read_reply_address(address, settings.MAIL_ADDRESS, reply_key())
        if signed and Question.objects.filter(id=signed).exists():
            return signed
    return question_of_sent(received.references) or _thread_of_earlier(received)


def _thread_of_earlier(received: ReceivedMessage) -> UUID | None:
    # Only the same sender may go on below their own mail by a Message-ID: those ids are no secret.
    earlier = ContactMoment.objects.filter(incoming__in=incoming_by_reference(received.references)).first()
    if earlier is None:
        return None
    askers = Question.objects.filter(Q(id=earlier.question) | Q(merged_into=earlier.question))
    return next((held.id for held in askers if _is_asker_address(received, held)), None)


def _is_asker_address(received: ReceivedMessage, held: Question) -> bool:
    return bool(held.asker_email) and held.asker_email.casefold() == received.sender.email.casefold()


def _party_of(received: ReceivedMessage) -> UUID | None:
    if received.sender.party:
        return received.sender.party
    if received.channel == Channel.EMAIL and received.sender.email:
        return party_by_verified_email(received.sender.email)
    return None


def _author(received: ReceivedMessage, party: UUID | None) -> Actor:
    name = received.sender.name or received.sender.email
    kind = ActorKind.RESIDENT if party else ActorKind.ANONYMOUS
    return Actor(kind=kind, id=party, name=name)


def _open(received: ReceivedMessage, party: UUID | None) -> TakenIn:
    words = f"{received.subject}\n{received.text}" if received.subject else received.text
    understood = understand(words)
    held = _new_question(received, party, understood)
    held.save(force_insert=True)
    author = _author(received, party)
    moment = _write(received, held, author, unknown=False)
    write_history(
        held.id, "asked", author, words=understood.urgency.reason, team=held.team, due=held.answer_due.isoformat()
    )
    channels.mark_taken_in(message=received.id, moment=moment.id)
    _note_taker(received, held)
    if not received.automatic:
        confirm(held, message=received.id, in_reply_to=received.channel_id if received.channel == Channel.EMAIL else "")
    publish(
        QuestionAsked(
            question=held.id,
            party=party,
            channel=received.channel,
            product=held.product,
            team=held.team,
            urgency=held.urgency,
            answer_due=held.answer_due,
        )
    )
    return TakenIn(question=held.id, moment=moment.id, new_question=True)


def _new_question(received: ReceivedMessage, party: UUID | None, understood: Understanding) -> Question:
    urgency = _urgency(received, understood)
    product = catalogue()[received.product] if received.product else None
    norm = product.norm_workdays if product else understood.norm_workdays
    asked_at = received.received_at
    return Question(
        number=next_number(asked_at),
        party=party,
        title=rules.title_of(
            subject=received.subject,
            text=received.text,
            product_name=product.name if product else understood.product_name,
        ),
        wish=received.wish,
        language=received.language or understood.language,
        product=product.upl if product else understood.product,
        product_reason="" if product else understood.product_reason,
        team=received.team or (product.team if product else understood.team),
        urgency=urgency,
        urgency_rank=urgency.rank,
        urgency_code=understood.urgency.code,
        urgency_reason=received.urgency_reason or understood.urgency.reason,
        state=QuestionState.NEW,
        channel=received.channel,
        reply_channel=_reply_channel(received, party),
        asker_name=received.sender.name,
        asker_email=received.sender.email,
        asker_phone=received.sender.phone,
        asker_post=received.sender.post,
        asked_at=asked_at,
        answer_due=rules.answer_due(asked_at=asked_at, norm_workdays=norm, urgency=urgency),
        last_moment_at=asked_at,
    )


def _reply_channel(received: ReceivedMessage, party: UUID | None) -> str:
    """Return how the asker gets an answer: their choice, else the way they came; MijnGroningen only for whom we know.

    Who wrote online did not choose for this question: their preference goes first, if it is another than MijnGroningen.
    """
    if party and received.channel in (Channel.WEB, Channel.EMAIL):
        preferred = preferred_channel(party)
        if preferred != Channel.WEB:
            return preferred
    if received.reply_channel or party or received.channel != Channel.WEB:
        return received.reply_channel or received.channel
    sender = received.sender
    ways = ((sender.email, Channel.EMAIL), (sender.phone, Channel.PHONE), (sender.post, Channel.LETTER))
    return next((way for given, way in ways if given), Channel.PHONE)


def _urgency(received: ReceivedMessage, understood: Understanding) -> Urgency:
    derived = understood.urgency.urgency
    if not received.urgency:
        return derived
    # Nobody handles it yet, so nobody here spares themselves.
    return rules.change_urgency(
        before=derived, to=Urgency(received.urgency), reason=received.urgency_reason, by_handler=False
    )


def _write(
    received: ReceivedMessage,
    held: Question,
    author: Actor,
    *,
    unknown: bool,
    internal: bool = False,
    party: UUID | None = None,
) -> ContactMoment:
    return write_moment(
        held,
        author,
        direction="in",
        channel=received.channel,
        text=received.text,
        quoted=received.quoted,
        subject=received.subject,
        incoming=received.id,
        sender_unknown=unknown,
        internal=internal or bool(received.automatic),
        party=party or held.party,
    )


def _add(received: ReceivedMessage, party: UUID | None, question: UUID) -> TakenIn:
    held = lock_surviving(question)
    asker = _asked_by(held, question)
    unknown = _is_stranger(received, party, asker)
    partner = unknown and _is_partner(received, held)
    author = _author(received, party)
    moment = _write(received, held, author, unknown=unknown and not partner, internal=partner, party=asker.party)
    channels.mark_taken_in(message=received.id, moment=moment.id)
    _note_taker(received, held)
    if not received.automatic and not partner:
        _wake(held, received, author)
    held.version += 1
    held.save()
    publish(MessageAdded(question=held.id, moment=moment.id, channel=received.channel))
    return TakenIn(question=held.id, moment=moment.id, new_question=False)


def _asked_by(held: Question, addressed: UUID) -> Question:
    """Return whose words these are: of a question merged across two residents each keeps their own, unseen by the other."""
    if addressed == held.id:
        return held
    theirs = Question.objects.get(id=addressed)
    return theirs if theirs.party else held


def _note_taker(received: ReceivedMessage, held: Question) -> None:
    taker = employee_actor(received.taken_by) if received.taken_by else None
    if taker:
        write_history(held.id, "noted", taker)


def _is_stranger(received: ReceivedMessage, party: UUID | None, held: Question) -> bool:
    """Tell whether a mail came from an address that is not the asker's: it joins, marked, and is never answered there."""
    if received.channel != Channel.EMAIL:
        return False
    if party and party == held.party:
        return False
    return not _is_asker_address(received, held)


def _is_partner(received: ReceivedMessage, held: Question) -> bool:
    """Tell whether a mail comes from a partner whom we asked something in this question: its words are for colleagues only."""
    asked = FollowUpTask.objects.filter(question=held.id).exclude(partner="").values_list("partner", flat=True)
    domains = {partners()[name].domain for name in asked if name in partners()}
    return domain_of(received.sender.email) in domains


def _wake(held: Question, received: ReceivedMessage, author: Actor) -> None:
    """Let a new message show: the wait for the resident is over, danger in it raises the urgency, a closed thread returns."""
    held.needs_from_resident = ""
    if held.state == QuestionState.WAITING:
        held.state = QuestionState.WORKING
    _raise_urgency(held, received, author)
    if held.state == QuestionState.CLOSED:
        run_again(held, author, asked_at=received.received_at)
    elif held.first_answered_at:
        wait_again(held, asked_at=received.received_at)


def _raise_urgency(held: Question, received: ReceivedMessage, author: Actor) -> None:
    """Raise the urgency when our rules find more of it in the new words, or the employee who noted them says so."""
    finding = understand(received.text).urgency
    urgency, code, reason = finding.urgency, finding.code, finding.reason
    if received.urgency and Urgency(received.urgency).rank > urgency.rank:
        urgency, code, reason = Urgency(received.urgency), "", received.urgency_reason
    raise_urgency(held, author, urgency, code=code, reason=reason, at=received.received_at)
