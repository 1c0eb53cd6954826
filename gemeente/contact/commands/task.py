"""Ask a team or a partner to do something within a question, say how it ended, and notice what is past its day."""

from uuid import UUID

from django.utils.translation import gettext_noop

from gemeente.access.queries import team_card, teams
from gemeente.access.types import Actor, Purpose, Right, system
from gemeente.contact import rules as question_rules
from gemeente.contact import task_rules as rules
from gemeente.contact.commands.records import lock, lock_for, lock_surviving, write_history
from gemeente.contact.events import TaskAsked, TaskEnded, TaskLate, TasksAllDone
from gemeente.contact.models import FollowUpTask, Question
from gemeente.contact.partner_letters import ask_partner, tell_withdrawn
from gemeente.contact.partners import partners
from gemeente.contact.task_rules import Asking, NewTask, TaskState
from gemeente.contact.types import QuestionState
from gemeente.kernel import clock
from gemeente.kernel.commands import about, command
from gemeente.kernel.errors import DomainError, NotFound
from gemeente.kernel.events import publish

WATCHED_AT_MOST = 500
CLOSED = gettext_noop("De vraag is afgerond.")


@command(right=Right.HANDLE_QUESTION, purpose=Purpose.HANDLE_QUESTION)
def ask_task(*, actor: Actor, question: UUID, task: NewTask) -> UUID:
    """Ask a team or a partner to do something within a question; the question stays with its owner, its date and urgency stay.

    The resident reads in their thread who looks along, never what was asked; a partner gets a mail. Returns the task's id.
    Raises DomainError for a team that ended or a partner that is not in the register, and as `require_task` does; NotAllowed for
    another team's question. Source: vision, "goede afhandeling van een vraag" (V31).
    """
    held = lock_for(actor, question)
    _require_known(task)
    rules.require_task(task, _facts(held), now=clock.now())
    about(subject=held.party, object_id=held.id)
    row = _create(held, actor, task)
    if held.state == QuestionState.NEW:
        held.state = QuestionState.WORKING
    held.handler = held.handler or actor.id
    _save(held)
    words = f"{_name(row)}: {row.asked}"
    write_history(held.id, "task_asked", actor, words=words, due=row.due_at.isoformat(), why_later=row.why_later)
    _tell(row, "partner_looks" if row.partner else "team_looks")
    if row.partner:
        ask_partner(held, row)
    publish(TaskAsked(task=row.id, question=held.id, team=row.team, partner=row.partner, due_at=row.due_at))
    return row.id


def _create(held: Question, actor: Actor, task: NewTask) -> FollowUpTask:
    return FollowUpTask.objects.create(
        question=held.id,
        team=task.team,
        partner=task.partner,
        asked=task.asked.strip()[: rules.ASKED_AT_MOST],
        asked_by=actor.key,
        asked_by_name=actor.name,
        asked_at=clock.now(),
        due_at=task.due_at,
        why_later=task.why_later.strip()[: rules.WHY_AT_MOST],
        agreed=task.agreed,
    )


def _require_known(task: NewTask) -> None:
    if task.team and team_card(task.team) is None:
        raise DomainError("Dit team bestaat niet meer. Kies een ander team.")
    if task.partner and task.partner not in partners():
        raise DomainError("Deze partner staat niet meer in de lijst. Kies een andere partner.")


def _facts(held: Question) -> Asking:
    running = FollowUpTask.objects.filter(question=held.id, state=TaskState.OPEN)
    return Asking(
        number=held.number,
        state=QuestionState(held.state),
        team=held.team,
        answer_due=None if held.first_answered_at else held.answer_due,
        open_tasks=set(running.values_list("team", "partner", "asked")),
    )


def _name(row: FollowUpTask) -> str:
    return teams()[row.team].name if row.team else row.partner


def _tell(row: FollowUpTask, kind: str) -> None:
    # What the resident reads says who, and nothing of what was asked or found: therefore it is a line of its own.
    write_history(row.question, kind, system(_name(row)))


def _save(held: Question) -> None:
    held.version += 1
    held.save()


def _hold(task: UUID) -> tuple[FollowUpTask, Question]:
    """Return a task with its question, both held. The question first, as every deed on it does: no two wait for each other."""
    known = FollowUpTask.objects.filter(id=task).values_list("question", flat=True).first()
    if known is None:
        raise NotFound("Deze taak is er niet.")
    held = lock(known)
    about(subject=held.party, object_id=held.id)
    return FollowUpTask.objects.select_for_update().get(id=task), held


def _hold_for_doer(actor: Actor, task: UUID) -> tuple[FollowUpTask, Question]:
    row, held = _hold(task)
    handles = question_rules.may_open(actor, team=held.team, handler=held.handler)
    rules.require_doer(actor, team=row.team, handles=handles)
    rules.require_open(TaskState(row.state))
    return row, held


def _end(row: FollowUpTask, held: Question, actor: Actor, state: TaskState, words: str) -> None:
    row.state, row.ended_at, row.ended_by_name, row.words = state, clock.now(), actor.name, words
    row.save()
    _save(held)
    write_history(held.id, f"task_{state}", actor, words=f"{_name(row)}: {words}")
    _tell(row, "looked" if state == TaskState.DONE else "looks_no_more")
    publish(TaskEnded(task=row.id, question=held.id, state=state))


def _return_to_owner(held: Question) -> None:
    if not FollowUpTask.objects.filter(question=held.id, state=TaskState.OPEN).exists():
        publish(TasksAllDone(question=held.id, team=held.team, handler=held.handler))


@command(right=Right.HANDLE_QUESTION, purpose=Purpose.HANDLE_QUESTION)
def finish_task(*, actor: Actor, task: UUID, words: str) -> None:
    """Say that a task is done, in words for who asked it; after the last one the question is its owner's turn again.

    The asked team says so itself; what a partner answered is noted by who may handle the question. Raises DomainError without
    words, Conflict when it has ended, NotAllowed for anybody else.
    """
    row, held = _hold_for_doer(actor, task)
    said = rules.require_words(words, "Schrijf op wat u deed of vond. Uw collega gaat daarmee verder.")
    _end(row, held, actor, TaskState.DONE, said)
    _return_to_owner(held)


@command(right=Right.HANDLE_QUESTION, purpose=Purpose.HANDLE_QUESTION)
def give_back_task(*, actor: Actor, task: UUID, reason: str) -> None:
    """Say that a task cannot be done here, and why; its question's owner is to move. Raises as `finish_task` does."""
    row, held = _hold_for_doer(actor, task)
    _end(row, held, actor, TaskState.GIVEN_BACK, rules.require_words(reason, "Schrijf op waarom u de taak teruggeeft."))
    _return_to_owner(held)


@command(right=Right.HANDLE_QUESTION, purpose=Purpose.HANDLE_QUESTION)
def withdraw_task(*, actor: Actor, task: UUID, reason: str) -> None:
    """Take a task back that is no longer needed, with the reason; a partner hears that they need do nothing.

    Raises NotAllowed for a question of another team, and else as `finish_task` does.
    """
    row, held = _hold(task)
    question_rules.require_open(actor, team=held.team, handler=held.handler)
    rules.require_open(TaskState(row.state))
    _withdraw(row, held, actor, rules.require_words(reason, "Schrijf op waarom de taak niet meer nodig is."))


def _withdraw(row: FollowUpTask, held: Question, actor: Actor, reason: str) -> None:
    _end(row, held, actor, TaskState.WITHDRAWN, reason)
    if row.partner:
        tell_withdrawn(held, row)


@command(right=Right.DELIVER, purpose=Purpose.HANDLE_QUESTION)
def withdraw_tasks_of_closed(*, actor: Actor, question: UUID) -> int:
    """Withdraw what is still asked in a question that was closed, so that nobody works on for nothing; return how many.

    Does nothing when it runs again by now. Idempotent.
    """
    held = lock_surviving(question)
    about(subject=held.party, object_id=held.id)
    if held.state != QuestionState.CLOSED:
        return 0
    waiting = FollowUpTask.objects.select_for_update().filter(question=held.id, state=TaskState.OPEN).order_by("id")
    for row in waiting:
        _withdraw(row, held, actor, CLOSED)
    return len(waiting)


@command(right=Right.DELIVER, purpose=Purpose.CHECK_QUALITY)
def note_late_tasks(*, actor: Actor) -> int:
    """Note each open task of which the day passed, once, where its question's owner and both leads see it; return how many.

    At most 500 a run (V31).
    """
    late = FollowUpTask.objects.select_for_update(skip_locked=True).filter(
        state=TaskState.OPEN, late_at=None, due_at__lt=clock.now()
    )[:WATCHED_AT_MOST]
    owners = dict(Question.objects.filter(id__in={row.question for row in late}).values_list("id", "team"))
    for row in late:
        FollowUpTask.objects.filter(id=row.id).update(late_at=clock.now())
        write_history(row.question, "task_late", actor, words=f"{_name(row)}: {row.asked}")
        owner = owners[row.question]
        publish(TaskLate(task=row.id, question=row.question, owner=owner, team=row.team, partner=row.partner))
    return len(late)
