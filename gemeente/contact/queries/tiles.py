"""A question in small, from its row."""

from datetime import datetime
from uuid import UUID

import msgspec

from gemeente.contact.models import Question
from gemeente.contact.steps import steps_of
from gemeente.contact.types import QuestionState, QuestionTile, Urgency


class TileRow(msgspec.Struct):
    """What a tile needs of a question, for statements that fetch no more than that."""

    id: UUID
    number: str
    title: str
    state: str
    urgency: str
    urgency_code: str
    team: str
    asked_at: datetime
    answer_due: datetime
    first_answered_at: datetime | None
    closed_at: datetime | None
    needs_from_resident: str


def tile_of(row: Question | TileRow) -> QuestionTile:
    """Return what a list shows of a question."""
    state = QuestionState(row.state)
    return QuestionTile(
        id=row.id,
        number=row.number,
        title=row.title,
        state=state,
        urgency=Urgency(row.urgency),
        urgency_code=row.urgency_code,
        team=row.team,
        asked_at=row.asked_at,
        answer_due=row.answer_due,
        answered_at=row.first_answered_at,
        closed_at=row.closed_at,
        needs=row.needs_from_resident,
        steps=steps_of(
            state=state,
            asked_at=row.asked_at,
            answer_due=row.answer_due,
            answered_at=row.first_answered_at,
            closed_at=row.closed_at,
            needs=row.needs_from_resident,
        ),
    )
