"""Plays the demonstration through the same commands as real contact, at the time that each thing happened."""

from datetime import date
from uuid import UUID

from django.db import transaction

from gemeente.access.commands import enrol_employee
from gemeente.access.queries import employee_actor, employee_by_username
from gemeente.access.types import Actor, ActorKind, Role, system
from gemeente.channels.commands import receive_message
from gemeente.channels.types import Channel, NewMessage, Receipt, Sender
from gemeente.contact import commands
from gemeente.contact.follow_up_rules import HowItWent
from gemeente.contact.queries.portal import question_page
from gemeente.contact.queries.workspace import conversation, number_of, version_of
from gemeente.contact.types import Outcome, Urgency
from gemeente.demonstration.grouping import play_grouping
from gemeente.demonstration.persons import load_test_persons
from gemeente.demonstration.stories import (
    GROUPING_STEPS,
    TASK_STEPS,
    Event,
    Resident,
    Story,
    id_of,
    moments_of,
    people,
    stories,
)
from gemeente.demonstration.tasks import play_task
from gemeente.kernel import clock
from gemeente.kernel.errors import DomainError
from gemeente.residents.commands import refresh_statistics, register_address, register_party
from gemeente.residents.types import AddressKind, NewParty, PartyKind

LOADER = Actor(kind=ActorKind.EMPLOYEE, name="Demonstratie", roles=frozenset({Role.ADMINISTRATOR}))


@transaction.atomic
def load_demonstration() -> int:
    """Load people and questions that are not there yet, all or none; return how many questions were added."""
    _load_employees()
    _load_residents()
    added = sum(_play(story) for story in sorted(stories(), key=lambda one: (-one.days_ago, one.at)))
    if added:
        refresh_statistics()
    return added


def _load_employees() -> None:
    for one in people().employee:
        enrol_employee(
            actor=LOADER,
            username=one.key,
            name=one.name,
            roles=one.roles,
            teams=one.teams,
            department=one.department,
            phone=one.phone,
            works_days=one.works,
            what_for=one.what_for,
        )


def _load_residents() -> None:
    load_test_persons(LOADER)
    for one in people().resident:
        party = register_party(
            actor=LOADER,
            party=NewParty(
                id=id_of(one.key),
                kind=PartyKind.BUSINESS if one.business else PartyKind.PERSON,
                bsn=one.bsn,
                kvk_number=one.kvk,
                given_names=one.given,
                prefix=one.prefix,
                family_name=one.family,
                business_name=one.business,
                gender=one.gender,
                birth_date=date.fromisoformat(one.born) if one.born else None,
                street=one.street,
                house_number=one.number,
                postcode=one.postcode,
                place=one.place,
                household=id_of(one.household) if one.household else None,
                language=one.language,
                large_print=one.large_print,
                preferred_channel=one.prefers,
                made_up=True,
            ),
        )
        if one.email:
            _address(party, AddressKind.EMAIL, one.email, one.email_evidence)
        if one.phone:
            _address(party, AddressKind.PHONE, one.phone, "")


def _address(party: UUID, kind: AddressKind, value: str, evidence: str) -> None:
    register_address(actor=LOADER, party=party, kind=kind, value=value, evidence=evidence, preferred=True)


def _employee(key: str) -> Actor:
    known = employee_by_username(key)
    actor = employee_actor(known) if known else None
    if actor is None:
        raise LookupError(f"Deze medewerker van de demonstratie is er niet: {key}")
    return actor


def _resident(story: Story) -> Actor:
    if not story.who:
        return Actor(kind=ActorKind.ANONYMOUS, name=story.asker.name)
    return Actor(kind=ActorKind.RESIDENT, id=id_of(story.who), name=_known()[story.who].name)


def _known() -> dict[str, Resident]:
    return {one.key: one for one in people().resident}


def _play(story: Story) -> int:
    resident = _resident(story)
    asked_at, *moments = moments_of(story)
    with clock.told_at(asked_at):
        receipt, message = receive_message(actor=system("Demonstratie"), message=_first_message(story, resident))
        if receipt == Receipt.DUPLICATE:
            return 0
        taken = commands.take_in_message(actor=system("Demonstratie"), message=message)
    if taken.question is None:
        raise LookupError(f"Deze vraag van de demonstratie kwam nergens terecht: {story.key}")
    for nth, (event, at) in enumerate(zip(story.then, moments, strict=True)):
        with clock.told_at(at):
            try:
                _happen(event, taken.question, story, resident, f"{story.key}-{nth}")
            except DomainError as refused:
                raise LookupError(f"Dit kan niet in de demonstratie: {story.key}, {nth}, {event.do}") from refused
    return 1


def _sender(story: Story, resident: Actor, via: Channel) -> Sender:
    email = story.asker.email
    if story.who and via == Channel.EMAIL:
        email = _known()[story.who].email
    return Sender(party=resident.id, name=resident.name, email=email, phone=story.asker.phone, post=story.asker.post)


def _first_message(story: Story, resident: Actor) -> NewMessage:
    return NewMessage(
        channel=Channel(story.channel),
        channel_id=f"demonstratie-{story.key}",
        text=story.text,
        subject=story.subject,
        wish=story.wish,
        sender=_sender(story, resident, Channel(story.channel)),
        reply_channel=story.reply,
        taken_by=_employee(story.by).id if story.by else None,
        product=story.product,
        team=story.team,
        urgency=story.urgency,
        urgency_reason=story.urgency_reason,
    )


def _happen(event: Event, question: UUID, story: Story, resident: Actor, key: str) -> None:
    if not event.by or event.do == "write":
        return _by_resident(event, question, story, resident, key)
    actor = _employee(event.by)
    if event.do in GROUPING_STEPS:
        return play_grouping(event, question, actor, resident.party)
    if event.do in TASK_STEPS:
        return play_task(event, question, actor)
    return _by_employee(event, question, actor, key)


def _by_employee(event: Event, question: UUID, actor: Actor, key: str) -> None:
    via = Channel(event.via)
    seen = version_of(question)
    if event.do == "answer":
        commands.answer_question(actor=actor, question=question, text=event.text, via=via, seen_version=seen)
    elif event.do == "ask":
        commands.ask_resident(
            actor=actor, question=question, text=event.text, needs=event.needs, via=via, seen_version=seen
        )
    elif event.do == "note":
        commands.add_note(actor=actor, question=question, text=event.text)
    elif event.do == "take_up":
        commands.take_up_question(actor=actor, question=question)
    elif event.do == "urgency":
        commands.change_urgency(actor=actor, question=question, to=Urgency(event.to), reason=event.text)
    elif event.do == "remember":
        _remember(actor, event, question)
    elif event.do == "close":
        outcome = Outcome(event.outcome)
        commands.close_question(
            actor=actor, question=question, outcome=outcome, words=event.text, via=via, seen_version=seen
        )
    else:
        raise LookupError(f"Dit doet een medewerker niet: {event.do} ({key})")


def _remember(actor: Actor, event: Event, question: UUID) -> None:
    """Keep what the resident told last."""
    said = next(item.id for item in conversation(actor, number_of(question)).timeline if item.mine and item.id)
    commands.note_fact(
        actor=actor,
        question=question,
        moment=said,
        words=event.text,
        label=event.label,
        everywhere=event.everywhere,
    )


def _tell_how_it_went(event: Event, question: UUID, resident: Actor) -> None:
    commands.ask_how_questions_went(actor=system("Demonstratie"))
    code = question_page(resident.key, number_of(question)).how_it_went
    given = HowItWent(grade=event.grade, solved=event.solved, told_again=event.told_again, words=event.text)
    commands.answer_follow_up(actor=resident, code=code, given=given)


def _by_resident(event: Event, question: UUID, story: Story, resident: Actor, key: str) -> None:
    if event.do == "not_solved":
        return commands.reopen_question(actor=resident, question=question, words=event.text)
    if event.do == "how_it_went":
        return _tell_how_it_went(event, question, resident)
    if event.do == "read":
        commands.read_messages(actor=resident, question=question)
        return None
    message = NewMessage(
        channel=Channel(event.via),
        channel_id=f"demonstratie-{key}",
        text=event.text,
        sender=_sender(story, resident, Channel(event.via)),
        question=question,
        taken_by=_employee(event.by).id if event.by else None,
    )
    _, received = receive_message(actor=system("Demonstratie"), message=message)
    commands.take_in_message(actor=system("Demonstratie"), message=received)
    return None
