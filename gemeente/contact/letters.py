"""What we write to residents: one source for the words in mail, letter and portal (R16), in their own language."""

from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext

from gemeente.access.queries import ContactCard, teams
from gemeente.channels.commands import queue_message
from gemeente.channels.types import Channel, NewOutgoing, OutgoingKind
from gemeente.contact.models import ContactMoment, Question
from gemeente.kernel import clock
from gemeente.kernel.errors import DomainError
from gemeente.residents.links import sign_address
from gemeente.residents.queries import email_to_confirm, party_card, verified_email
from gemeente.residents.types import ReachBy

LANGUAGES = ("nl", "en")


@dataclass(frozen=True)
class Addressee:
    """Where a message to the asker goes, and how they are called. `email` only when we know that it is theirs.

    `notices` is how they want to hear what is no answer itself: "" when nobody chose it.
    """

    name: str
    polite: str
    email: str
    post: str
    language: str
    notices: str = ""


def addressee_of(held: Question) -> Addressee:
    """Return how to reach the asker. Two statements for a known party, none for somebody we don't know.

    To a party only a verified address counts; to somebody we don't know goes what they gave us with this question, and the
    message then holds nothing but their own question (V10).
    """
    language = held.language if held.language in LANGUAGES else "nl"
    card = party_card(held.party) if held.party else None
    if card is None or held.party is None:
        return Addressee(held.asker_name, held.asker_name, held.asker_email, held.asker_post, language)
    post = f"{card.street_line}, {card.postcode} {card.place}" if card.street else held.asker_post
    spoken = card.language if card.language in LANGUAGES else language
    with translation.override(spoken):
        polite = card.name.polite
    return Addressee(card.name.full, polite, verified_email(held.party), post, spoken, card.notice_channel)


def confirm(held: Question, *, message: UUID, in_reply_to: str = "") -> None:
    """Queue the confirmation of a new question: what we understood, who has it, when the answer comes, how to reach a person.

    Goes the way that the resident chose; else by their own channel that can carry it: mail, or a letter when there is an
    address (V17, V41).
    """
    to = addressee_of(held)
    _send(
        held,
        to,
        once=f"confirmation:{message}",
        kind=OutgoingKind.CONFIRMATION,
        template="confirmation",
        context={},
        in_reply_to=in_reply_to,
    )


def send_answer(held: Question, moment: ContactMoment, *, kind: OutgoingKind, via: str) -> None:
    """Queue an answer by the channel that was chosen. What is said in MijnGroningen is announced by mail, without its words;
    who chose post for that gets the words themselves, and who chose MijnGroningen finds them there.

    Raises DomainError when the asker cannot be reached that way: an answer that arrives nowhere is none.
    """
    to = addressee_of(held)
    _require_way(held, to, via)
    with_words = "closing" if kind == OutgoingKind.CLOSING else "answer"
    _send(
        held,
        to,
        once=f"{kind}:{moment.id}",
        kind=kind,
        template="notice" if via == Channel.WEB and not _by_letter(held, to) else with_words,
        context={"words": moment.text, "who": moment.author_name},
        moment=moment.id,
        via=via,
    )


def _by_letter(held: Question, to: Addressee) -> bool:
    """Tell whether what nobody chose a channel for goes by post: so they chose, or there is no other way to who wrote us."""
    chosen = to.notices == ReachBy.LETTER and bool(to.post)
    return chosen or (not to.email and held.reply_channel == Channel.LETTER)


def say_sorry(held: Question, *, broken: list[str]) -> None:
    """Queue one apology for the promises that were just broken in a question, before the resident has to ask (V30).

    Once a day for each question: a second letter of one day says nothing new (R29). Each stands on their page at once.
    """
    _send(
        held,
        addressee_of(held),
        once=f"sorry:{held.id}:{clock.today()}",
        kind=OutgoingKind.NOTICE,
        template="sorry",
        context={"broken": broken},
    )


def tell(held: Question, *, template: str, once: str, **context: object) -> None:
    """Queue a notice to the asker about what changed in how their question is found: one letter for each `once`."""
    _send(held, addressee_of(held), once=once, kind=OutgoingKind.NOTICE, template=template, context=context)


def ask_how_it_went(held: Question, *, follow_up: UUID, code: str) -> Channel | None:
    """Queue the question how it went, by mail with a link or by letter with a code; return by which, None when by neither.

    The link tells nothing: neither number, nor product, nor name (V72).
    """
    return _send(
        held,
        addressee_of(held),
        once=f"follow-up:{follow_up}",
        kind=OutgoingKind.FOLLOW_UP,
        template="how_it_went",
        context={"code": code, "page": f"{settings.PUBLIC_URL}/hoe-ging-het/"},
    )


def say_runs_again(held: Question, *, said: UUID, person: ContactCard | None) -> None:
    """Queue word that a question runs again because its asker said that it is not solved, and who has it (V28, V42)."""
    _send(
        held,
        addressee_of(held),
        once=f"again:{said}",
        kind=OutgoingKind.NOTICE,
        template="runs_again",
        context={"person": person},
    )


def _require_way(held: Question, to: Addressee, via: str) -> None:
    if via == Channel.WEB and held.party is None:
        raise DomainError("Deze vrager is niet bekend in MijnGroningen. Kies een andere manier om te antwoorden.")
    if via == Channel.EMAIL and not to.email:
        raise DomainError("Wij weten geen e-mailadres dat zeker van deze inwoner is. Kies een andere manier.")
    if via == Channel.LETTER and not to.post:
        raise DomainError("Wij weten geen adres voor een brief. Kies een andere manier om te antwoorden.")


def _send(
    held: Question,
    to: Addressee,
    *,
    once: str,
    kind: OutgoingKind,
    template: str,
    context: dict[str, object],
    in_reply_to: str = "",
    moment: UUID | None = None,
    via: str = Channel.WEB,
) -> Channel | None:
    """Queue a letter or mail and return by which of both it goes; None when it reaches them by neither."""
    by_letter = via == Channel.LETTER or (via == Channel.WEB and _by_letter(held, to))
    address = to.post if by_letter else to.email
    if not address or (via == Channel.WEB and to.notices == ReachBy.WEB):
        return None
    channel = Channel.LETTER if by_letter else Channel.EMAIL
    subject, text = write(held, to, template=template, context=context | {"on_paper": by_letter})
    queue_message(
        outgoing=NewOutgoing(
            once=once,
            kind=kind,
            channel=channel,
            to_address=address,
            to_name=to.name,
            subject=subject,
            text=text,
            language=to.language,
            question=held.id,
            party=held.party,
            in_reply_to=in_reply_to,
            moment=moment,
        )
    )
    return channel


def write(held: Question, to: Addressee, *, template: str, context: dict[str, object]) -> tuple[str, str]:
    """Return the subject and the text of a message, in the addressee's language; the template's first line is the subject."""
    known = {
        "question": held,
        "to": to,
        "team": teams()[held.team],
        "phone": settings.PHONE,
        "lines": settings.LINES,
        "desk": settings.DESK,
        "post_address": settings.POST_ADDRESS,
        "url": f"{settings.PUBLIC_URL}/vragen/{held.number}/" if held.party else "",
    }
    with translation.override(to.language):
        known["municipality"] = gettext(settings.MUNICIPALITY)
        rendered = render_to_string(f"contact/letters/{template}.txt", known | context)
    subject, _, text = rendered.strip().partition("\n")
    return " ".join(subject.split()), text.strip()


def ask_to_confirm(address: UUID) -> None:
    """Queue a mail with the link that confirms an e-mail address; once a day, so that nobody can be flooded with them.

    It names nobody: the address may be somebody else's.
    """
    email, language = email_to_confirm(address)
    if not email:
        return
    language = language if language in LANGUAGES else "nl"
    known = {
        "url": f"{settings.PUBLIC_URL}/gegevens/bevestig/{sign_address(address)}/",
        "phone": settings.PHONE,
    }
    with translation.override(language):
        known["municipality"] = gettext(settings.MUNICIPALITY)
        rendered = render_to_string("contact/letters/confirm_email.txt", known)
    subject, _, text = rendered.strip().partition("\n")
    queue_message(
        outgoing=NewOutgoing(
            once=f"address:{address}:{clock.today()}",
            kind=OutgoingKind.ADDRESS,
            channel=Channel.EMAIL,
            to_address=email,
            to_name="",
            subject=subject,
            text=text.strip(),
            language=language,
            question=None,
            party=None,
        )
    )
