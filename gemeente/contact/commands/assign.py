"""Give questions to somebody: a team lead within their own teams, steering across the whole house."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from gemeente.access.queries import contact_card, team_members
from gemeente.access.types import Actor, Purpose, Right
from gemeente.contact import assign_rules as rules
from gemeente.contact.commands.hand_over import hand_over_question, open_hand_over
from gemeente.contact.commands.records import lock, write_history
from gemeente.contact.models import Promise, Question
from gemeente.contact.rules import require_same_version
from gemeente.contact.types import QuestionState
from gemeente.kernel import clock
from gemeente.kernel.commands import about, command
from gemeente.kernel.errors import DomainError

AT_MOST = 50


@dataclass(frozen=True, kw_only=True)
class Chosen:
    """A question as somebody chose it: `seen_version` is what they saw."""

    question: UUID
    seen_version: int


@dataclass(frozen=True, kw_only=True)
class Divided:
    """How many questions were given, and of each other one its number and why not."""

    given: int
    refused: tuple[tuple[str, str], ...]


def assign_questions(
    *, actor: Actor, chosen: Iterable[Chosen], team: str, employee: UUID | None, reason: str
) -> Divided:
    """Give at most 50 questions to an employee or to a team; what goes wrong with one does not stop the others.

    Each is a command of its own, with its own transaction and audit line: no row of locks, and a kill halfway loses nothing.
    Steering reassigns; a lead assigns within the team that has the question, and hands it over to another one.
    """
    wanted = list({one.question: one for one in chosen}.values())[:AT_MOST]
    known = Question.objects.only("number", "team").in_bulk([one.question for one in wanted])
    refused = []
    for one in wanted:
        held = known.get(one.question)
        try:
            _give(actor, one, here=held is not None and held.team == team, team=team, employee=employee, reason=reason)
        except DomainError as error:
            refused.append((held.number if held else "", error.message))
    return Divided(given=len(wanted) - len(refused), refused=tuple(refused))


def _give(actor: Actor, one: Chosen, *, here: bool, team: str, employee: UUID | None, reason: str) -> None:
    question, seen = one.question, one.seen_version
    if actor.may(Right.STEER):
        reassign_question(
            actor=actor, question=question, team=team, employee=employee, reason=reason, seen_version=seen
        )
    elif here and employee:
        assign_question(actor=actor, question=question, employee=employee, seen_version=seen)
    else:
        hand_over_question(
            actor=actor, question=question, to=team, to_employee=employee, reason=reason, seen_version=seen
        )


@command(right=Right.LEAD_TEAM, purpose=Purpose.HANDLE_QUESTION)
def assign_question(*, actor: Actor, question: UUID, employee: UUID, seen_version: int) -> None:
    """Give a question of one's own team to somebody in that team, with what is still promised in it. Giving it twice is once.

    Raises NotAllowed for another team's question, Conflict when it changed after `seen_version` or is closed, DomainError for
    somebody of another team.
    """
    promises = _open_promises(question)
    held = lock(question)
    rules.require_own_team(actor, team=held.team)
    about(subject=held.party, object_id=held.id)
    _assign(held, actor, employee, promises, seen_version=seen_version, kind="assigned")


@command(right=Right.STEER, purpose=Purpose.CHECK_QUALITY)
def reassign_question(
    *, actor: Actor, question: UUID, team: str, employee: UUID | None, reason: str, seen_version: int
) -> None:
    """Take a question out of whatever hands it is in and give it to a team or employee; the reason stays with it (V52).

    To another team it goes as a hand-over, with its date and urgency; one that still waited ends. Raises DomainError without a
    reason, and else as `assign_question` and `hand_over_question` do.
    """
    rules.require_reason(reason)
    promises = _open_promises(question)
    held = lock(question)
    about(subject=held.party, object_id=held.id, what=(f"Anders verdeeld: {reason.strip()}",))
    if team == held.team and employee:
        _assign(held, actor, employee, promises, seen_version=seen_version, kind="reassigned", reason=reason.strip())
        return
    require_same_version(seen=seen_version, now=held.version)
    _end_hand_over(held, actor, reason.strip())
    write_history(held.id, "reassigned", actor, words=reason.strip(), to=team, of=held.team)
    hand_over_question(
        actor=actor, question=question, to=team, to_employee=employee, reason=reason, seen_version=seen_version
    )


def _open_promises(question: UUID) -> list[Promise]:
    # Promises before their question, as who keeps them and who watches them lock them: no two wait for each other.
    open_ones = Promise.objects.select_for_update().filter(question=question, kept_at=None, taken_back_at=None)
    return list(open_ones.order_by("id"))


def _assign(
    held: Question,
    actor: Actor,
    employee: UUID,
    promises: list[Promise],
    *,
    seen_version: int,
    kind: str,
    reason: str = "",
) -> None:
    theirs = held.handler == employee and all(row.employee == employee for row in promises)
    if theirs and held.state != QuestionState.CLOSED:
        return
    require_same_version(seen=seen_version, now=held.version)
    people = {one.id: one.name for one in team_members(held.team)}
    rules.require_assign(state=QuestionState(held.state), employee=employee, people=tuple(people))
    _accept_hand_over(held, actor)
    held.handler = employee
    if held.state == QuestionState.NEW:
        held.state = QuestionState.WORKING
    held.version += 1
    held.save()
    _pass_on(promises, employee, people[employee])
    write_history(held.id, kind, actor, words=f"{people[employee]} helpt nu. {reason}".strip(), employee=str(employee))


def _accept_hand_over(held: Question, actor: Actor) -> None:
    waiting = open_hand_over(held.id)
    if waiting:
        waiting.accepted_at, waiting.ended_by_name = clock.now(), actor.name
        waiting.save()


def _end_hand_over(held: Question, actor: Actor, reason: str) -> None:
    waiting = open_hand_over(held.id)
    if waiting:
        waiting.given_back_at, waiting.ended_by_name, waiting.give_back_reason = clock.now(), actor.name, reason
        waiting.save()


def _pass_on(promises: list[Promise], employee: UUID, name: str) -> None:
    """Let the new handler keep what was promised; the resident reads their name where they read the promiser's."""
    for row in promises:
        before = contact_card(row.employee)
        if before and row.who == before.name:
            row.who = name
        row.employee = employee
        row.save()
