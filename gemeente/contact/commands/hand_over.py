"""Hand a question to another team, accept it, give it back, and notice when nobody accepts."""

from uuid import UUID

from gemeente.access.queries import contact_card, team_card, team_members, teams
from gemeente.access.types import Actor, Purpose, Right
from gemeente.channels.types import Channel, OutgoingKind
from gemeente.contact import hand_over_rules as rules
from gemeente.contact.commands.records import lock, lock_for, write_history, write_moment, write_seen_first
from gemeente.contact.events import (
    ContactPersonAppointed,
    HandOverAccepted,
    HandOverGivenBack,
    HandOverNotAccepted,
    QuestionHandedOver,
)
from gemeente.contact.hand_over_rules import Held, Receiver
from gemeente.contact.letters import send_answer
from gemeente.contact.models import HandOver, Question
from gemeente.contact.rules import require_same_version
from gemeente.contact.types import QuestionState, Urgency
from gemeente.kernel import clock
from gemeente.kernel.commands import about, command
from gemeente.kernel.errors import Conflict, DomainError
from gemeente.kernel.events import publish

ESCALATED_AT_MOST = 500


@command(right=Right.HANDLE_QUESTION, purpose=Purpose.HANDLE_QUESTION)
def hand_over_question(
    *,
    actor: Actor,
    question: UUID,
    to: str,
    reason: str,
    seen_version: int,
    to_employee: UUID | None = None,
    contact_person: UUID | None = None,
    words: str = "",
    seen_first: UUID | None = None,
) -> None:
    """Hand a question to another team with its whole thread; its answer date and urgency stay as they are (V67).

    `words` go to the resident, when there are any. Raises DomainError for a team that ended, oneself or a blank reason, Conflict
    when it changed after `seen_version`, is closed or waits already. Source: vision, "van het kastje naar de muur" (V76).
    """
    held = lock_for(actor, question)
    require_same_version(seen=seen_version, now=held.version)
    receiver = _receiver(to, to_employee)
    facts = _facts(held)
    rules.require_hand_over(facts, actor=actor, to=receiver, reason=reason)
    about(subject=held.party, object_id=held.id)
    _record(held, actor, receiver, reason.strip())
    if rules.needs_name(facts, from_department=teams()[held.team].department, to=receiver):
        _appoint(held, actor, receiver, contact_person)
    _move(held, receiver.team)
    if words.strip():
        moment = _tell(held, actor, words.strip())
        write_seen_first(held.id, actor, seen=seen_first, moment=moment)
    held.save()
    publish(QuestionHandedOver(question=held.id, to_team=receiver.team, nth=held.hand_overs))


def _receiver(to: str, employee: UUID | None) -> Receiver:
    team = team_card(to)
    if team is None:
        raise DomainError("Dit team bestaat niet meer. Kies een ander team.")
    people = tuple(one.id for one in team_members(to))
    return Receiver(team=to, department=team.department, people=people, employee=employee)


def _facts(held: Question) -> Held:
    waiting = open_hand_over(held.id)
    return Held(
        state=QuestionState(held.state),
        urgency=Urgency(held.urgency),
        team=held.team,
        hand_overs=held.hand_overs,
        open_with=teams()[waiting.to_team].name if waiting else "",
    )


def open_hand_over(question: UUID) -> HandOver | None:
    """Return the hand-over of a question that waits to be accepted, or None. One statement."""
    return HandOver.objects.filter(question=question, accepted_at=None, given_back_at=None).first()


def _record(held: Question, actor: Actor, to: Receiver, reason: str) -> None:
    now = clock.now()
    HandOver.objects.create(
        question=held.id,
        nth=held.hand_overs + 1,
        from_team=held.team,
        from_employee=actor.key,
        from_name=actor.name,
        to_team=to.team,
        to_employee=to.employee,
        reason=reason,
        at=now,
        accept_by=rules.accept_by(now=now, urgency=Urgency(held.urgency)),
    )
    write_history(held.id, "handed_over", actor, words=reason, to=to.team, of=held.team)


def _appoint(held: Question, actor: Actor, to: Receiver, chosen: UUID | None) -> None:
    person = rules.name_for(chosen=chosen, to=to, current=held.contact_person, actor=actor)
    card = contact_card(person)
    if card is None:
        raise DomainError("Deze contactpersoon werkt hier niet meer. Kies iemand anders.")
    if person == held.contact_person:
        return
    held.contact_person = person
    write_history(held.id, "contact_person", actor, words=card.name)
    publish(ContactPersonAppointed(question=held.id, employee=person))


def _move(held: Question, team: str) -> None:
    held.team, held.handler = team, None
    held.hand_overs += 1
    held.version += 1


def _tell(held: Question, actor: Actor, words: str) -> UUID:
    via = Channel.WEB if held.party else Channel(held.reply_channel)
    moment = write_moment(held, actor, direction="out", channel=via, text=words)
    if via not in (Channel.PHONE, Channel.DESK):
        send_answer(held, moment, kind=OutgoingKind.NOTICE, via=via)
    return moment.id


def _waiting_for(actor: Actor, question: UUID) -> tuple[Question, HandOver]:
    held = lock(question)
    waiting = open_hand_over(question)
    if waiting is None:
        raise Conflict("Deze vraag wacht niet op een antwoord van u. Misschien was een collega u voor.")
    rules.require_receiver(actor, to_team=waiting.to_team, to_employee=waiting.to_employee)
    about(subject=held.party, object_id=held.id)
    return held, waiting


@command(right=Right.HANDLE_QUESTION, purpose=Purpose.HANDLE_QUESTION)
def accept_hand_over(*, actor: Actor, question: UUID) -> None:
    """Accept a question that was handed over, and become the one who helps.

    Raises Conflict when it no longer waits, NotAllowed for anybody but the receiver.
    """
    held, waiting = _waiting_for(actor, question)
    waiting.accepted_at, waiting.ended_by_name = clock.now(), actor.name
    waiting.save()
    held.handler = actor.id
    held.version += 1
    held.save()
    write_history(held.id, "accepted", actor)
    publish(HandOverAccepted(question=held.id, team=waiting.to_team))


@command(right=Right.HANDLE_QUESTION, purpose=Purpose.HANDLE_QUESTION)
def give_back_question(*, actor: Actor, question: UUID, reason: str) -> None:
    """Give a question back to who handed it over, with a reason. Its answer date stays.

    Raises DomainError for a blank reason, Conflict when it no longer waits, NotAllowed for anybody but the receiver.
    """
    held, waiting = _waiting_for(actor, question)
    if not reason.strip():
        raise DomainError("Schrijf op waarom u de vraag teruggeeft.")
    waiting.given_back_at, waiting.ended_by_name = clock.now(), actor.name
    waiting.give_back_reason = reason.strip()
    waiting.save()
    giver = contact_card(waiting.from_employee)
    held.team, held.handler = waiting.from_team, giver.id if giver else None
    held.version += 1
    held.save()
    write_history(held.id, "given_back", actor, words=reason.strip(), to=waiting.from_team)
    publish(HandOverGivenBack(question=held.id, team=waiting.from_team))


@command(right=Right.DELIVER, purpose=Purpose.CHECK_QUALITY)
def escalate_hand_overs(*, actor: Actor) -> int:
    """Show each hand-over that nobody accepted in time to both team leads, once; return how many. At most 500 a run."""
    late = HandOver.objects.select_for_update(skip_locked=True).filter(
        accepted_at=None, given_back_at=None, escalated_at=None, accept_by__lt=clock.now()
    )[:ESCALATED_AT_MOST]
    for waiting in late:
        waiting.escalated_at = clock.now()
        waiting.save()
        write_history(waiting.question, "not_accepted", actor, to=waiting.to_team)
        publish(HandOverNotAccepted(question=waiting.question, from_team=waiting.from_team, to_team=waiting.to_team))
    return len(late)
