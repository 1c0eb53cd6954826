"""A closed question that its asker says is not solved: it runs again, in somebody's hands, and they hear in whose (V28)."""

from collections.abc import Iterable, Iterator
from uuid import UUID

from django.utils.translation import gettext_noop

from gemeente.access.queries import ContactCard, contact_card, leads_of, team_members
from gemeente.access.types import Actor
from gemeente.channels.types import Channel
from gemeente.contact.commands.records import raise_urgency, run_again, write_history, write_moment
from gemeente.contact.events import QuestionReopened
from gemeente.contact.letters import say_runs_again
from gemeente.contact.models import ContactMoment, Question
from gemeente.contact.understanding import understand
from gemeente.kernel import clock
from gemeente.kernel.events import publish

WITHOUT_WORDS = gettext_noop("Mijn vraag is niet opgelost.")


def return_question(held: Question, asker: Actor, *, words: str) -> None:
    """Let a locked, closed question run again with its whole history; danger in the words raises its urgency.

    It goes to its contact person, else to who helped last, else to who covers for them or leads the team; the asker is told who.
    """
    said = write_moment(held, asker, direction="in", channel=Channel.WEB, text=words or WITHOUT_WORDS)
    _hear(held, asker, words)
    run_again(held, asker, asked_at=clock.now(), words=words, not_solved=True)
    person = next_person(_candidates(held))
    _give(held, asker, person)
    held.version += 1
    held.save()
    say_runs_again(held, said=said.id, person=person)
    publish(QuestionReopened(question=held.id, answer_due=held.answer_due))


def _hear(held: Question, asker: Actor, words: str) -> None:
    """Raise the urgency when the asker's words say so: danger told in the margin is still danger (V91)."""
    if words:
        found = understand(words).urgency
        raise_urgency(held, asker, found.urgency, code=found.code, reason=found.reason, at=clock.now())


def next_person(candidates: Iterable[ContactCard | None]) -> ContactCard | None:
    """Return the first who works here and is not away: to them goes what was not solved. None when nobody is."""
    return next((one for one in candidates if one and one.away_until is None), None)


def _candidates(held: Question) -> Iterator[ContactCard | None]:
    own = [contact_card(one) for one in (held.contact_person, held.handler, _last_speaker(held)) if one]
    yield from own
    yield from _covers(own)
    leads = leads_of(held.team)
    yield from leads
    yield from _covers(leads)
    yield from team_members(held.team)


def _last_speaker(held: Question) -> UUID | None:
    said = ContactMoment.objects.filter(question=held.id, direction="out", internal=False, author__isnull=False)
    return said.order_by("-at", "-id").values_list("author", flat=True).first()


def _covers(people: Iterable[ContactCard | None]) -> Iterator[ContactCard | None]:
    yield from (contact_card(one.cover) for one in people if one and one.cover)


def _give(held: Question, asker: Actor, person: ContactCard | None) -> None:
    before, held.handler = held.handler, person.id if person else None
    if person and person.id != before:
        write_history(held.id, "assigned", asker, words=f"{person.name} helpt nu.", employee=str(person.id))
