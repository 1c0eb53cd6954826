"""Plays what other teams and partners are asked within the questions of the demonstration."""

from uuid import UUID

from gemeente.access.types import Actor
from gemeente.contact import commands
from gemeente.contact.queries.workspace import conversation, number_of
from gemeente.contact.task_rules import NewTask
from gemeente.demonstration.stories import Event
from gemeente.kernel import clock
from gemeente.kernel.calendar import add_workdays


def play_task(event: Event, question: UUID, actor: Actor) -> None:
    """Ask a task, or say how the one that this employee may end was ended."""
    if event.do == "task":
        kind, _colon, name = event.whom.partition(":")
        day = add_workdays(clock.today(), event.due)
        task = NewTask(asked=event.text, day=day, why_later=event.why, agreed=kind == "partner", **{kind: name})
        commands.ask_task(actor=actor, question=question, task=task)
        return
    mine = next(card.task.id for card in conversation(actor, number_of(question)).tasks if card.mine)
    if event.do == "task_done":
        commands.finish_task(actor=actor, task=mine, words=event.text)
    else:
        commands.give_back_task(actor=actor, task=mine, reason=event.text)
