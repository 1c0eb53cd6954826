"""A question in small, from its row."""

from gemeente.contact.models import Question
from gemeente.contact.steps import steps_of
from gemeente.contact.types import QuestionState, QuestionTile, Urgency


def tile_of(row: Question) -> QuestionTile:
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
