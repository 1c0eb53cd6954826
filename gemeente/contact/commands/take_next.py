"""Take the most urgent question that is there to take."""

from typing import Any
from uuid import UUID

from django.db import connection

from gemeente.access.types import Actor, Purpose, Right
from gemeente.contact.commands.hand_over import accept_hand_over
from gemeente.contact.commands.handle import take_up_question
from gemeente.kernel import clock
from gemeente.kernel.commands import command
from gemeente.kernel.sql import statement


@command(right=Right.HANDLE_QUESTION, purpose=Purpose.HANDLE_QUESTION)
def take_next_question(*, actor: Actor) -> str | None:
    """Take the most urgent question of one's teams that nobody helps with, and return its number; None when there is none.

    Also there to take: what was handed over to one's team and waits, and what a colleague had who is away today, when this
    employee covers or nobody does. Two who ask at once get two questions.
    """
    values: dict[str, Any] = {"teams": list(actor.teams), "employee": actor.id, "today": clock.today()}
    with connection.cursor() as cursor:
        cursor.execute(statement("gemeente.contact.sql", "next"), values)
        found: tuple[UUID, str, bool] | None = cursor.fetchone()
    if found is None:
        return None
    question, number, handed = found
    take = accept_hand_over if handed else take_up_question
    take(actor=actor, question=question)
    return number
