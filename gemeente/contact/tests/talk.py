"""What people say to us and what we say back, for tests: through the product's own commands."""

from typing import Any
from uuid import UUID, uuid4

from gemeente.access.types import ANONYMOUS, Actor, system
from gemeente.channels.commands import receive_mail, receive_message
from gemeente.channels.models import OutgoingMessage
from gemeente.channels.types import Channel, NewMessage, Sender
from gemeente.contact.commands import TakenIn, answer_question, close_question, take_in_message
from gemeente.contact.models import ContactMoment, HistoryEntry, Question
from gemeente.contact.queries.workspace import version_of
from gemeente.contact.types import Outcome

MACHINE = system("Postverwerking")
WORDS = "Ik heb een vraag over mijn straat."


def message(text: str = WORDS, *, by: Actor = ANONYMOUS, channel: Channel = Channel.WEB, **more: Any) -> NewMessage:
    """Return a message as an edge makes it; `email`, `phone`, `post` and `name` are the sender's."""
    told = {key: more.pop(key) for key in ("email", "phone", "post", "name") if key in more}
    sender = Sender(party=by.id, **{"name": by.name} | told)
    given: dict[str, Any] = {"channel_id": str(uuid4()), "text": text, "sender": sender, "team": "kcc"}
    return NewMessage(channel=channel, **given | more)


def say(text: str = WORDS, *, by: Actor = ANONYMOUS, channel: Channel = Channel.WEB, **more: Any) -> TakenIn:
    """Say something by a form, at a desk or on the phone; it stands in its thread on return."""
    _, kept = receive_message(actor=by, message=message(text, by=by, channel=channel, **more))
    return take_in_message(actor=by, message=kept)


def ask(text: str = WORDS, **more: Any) -> Question:
    """Ask something new; return the question. It goes to the KCC, unless `team` says otherwise."""
    return question_of(say(text, **more))


def arrive(raw: bytes) -> TakenIn:
    """Let a mail arrive, and put it in its thread."""
    _, kept = receive_mail(actor=MACHINE, raw=raw)
    return take_in_message(actor=MACHINE, message=kept)


def question_of(taken: TakenIn) -> Question:
    """Return the question that something went to."""
    assert taken.question is not None
    return Question.objects.get(id=taken.question)


def moment_of(taken: TakenIn) -> ContactMoment:
    """Return the moment that something became."""
    assert taken.moment is not None
    return ContactMoment.objects.get(id=taken.moment)


def answer(by: Actor, question: UUID, text: str = "Wij komen morgen kijken.", *, via: Channel = Channel.WEB) -> UUID:
    """Answer with the version that stands there now; return the moment."""
    return answer_question(actor=by, question=question, text=text, via=via, seen_version=version_of(question))


def close(by: Actor, question: UUID, *, via: Channel = Channel.WEB) -> None:
    """Close as solved, with the version that stands there now."""
    close_question(
        actor=by,
        question=question,
        outcome=Outcome.SOLVED,
        words="De stoep is gemaakt.",
        via=via,
        seen_version=version_of(question),
    )


def sent_about(question: UUID) -> list[OutgoingMessage]:
    """Return what was queued to the asker of a question, in order."""
    return list(OutgoingMessage.objects.filter(question=question).order_by("queued_at", "id"))


def history_of(question: UUID) -> list[str]:
    """Return the kinds of what happened to a question, in order."""
    return list(HistoryEntry.objects.filter(question=question).order_by("at", "id").values_list("kind", flat=True))
