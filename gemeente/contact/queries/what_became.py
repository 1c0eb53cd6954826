"""What became of the residents whom an employee helped (V25). Their own only: never a figure for a person, never a comparison."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import msgspec
from django.db import connection

from gemeente.access.types import Actor
from gemeente.contact import rules
from gemeente.contact.types import QuestionState
from gemeente.kernel import clock
from gemeente.kernel.sql import statement

PAGE = 20
LOOKS_BACK = timedelta(days=183)


class WhatBecame(msgspec.Struct, frozen=True, kw_only=True):
    """A question with which somebody helped: how it ended, and how the resident says it went."""

    number: str
    title: str
    team: str
    handler: UUID | None
    state: QuestionState
    outcome: str
    closed_at: datetime | None
    times_reopened: int
    grade: int | None
    solved: bool | None
    told_again: bool | None
    words: str
    answered_at: datetime | None
    at: datetime
    opens: bool = False


_found = msgspec.json.Decoder(list[WhatBecame])


def what_became(actor: Actor, *, page: int = 0) -> tuple[list[WhatBecame], bool]:
    """Return what became of this employee's own questions of the last half year, 20 a page, and whether there is more.

    One statement. `opens` tells whether they may still open it: another team may have it now.
    """
    values: dict[str, Any] = {
        "employee": actor.key,
        "since": clock.now() - LOOKS_BACK,
        "limit": PAGE + 1,
        "offset": page * PAGE,
    }
    with connection.cursor() as cursor:
        cursor.execute(statement("gemeente.contact.sql", "what_became"), values)
        found = _found.decode(cursor.fetchone()[0])
    shown = [
        msgspec.structs.replace(one, opens=rules.may_open(actor, team=one.team, handler=one.handler))
        for one in found[:PAGE]
    ]
    return shown, len(found) > PAGE
