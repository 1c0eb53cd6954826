"""What a confirmation says."""

from dataclasses import dataclass
from uuid import UUID

from gemeente.contact.models import Question
from gemeente.contact.queries.tiles import tile_of
from gemeente.contact.types import QuestionTile


@dataclass(frozen=True, kw_only=True)
class SentQuestion:
    """A question as its confirmation names it; nothing in it but what the asker gave."""

    tile: QuestionTile
    wish: str
    product: str
    reply_channel: str
    email: str
    known: bool


def sent_question(question: UUID) -> SentQuestion:
    """Return what to confirm. One statement. The caller holds a signed link to this very message."""
    row = Question.objects.get(id=question)
    return SentQuestion(
        tile=tile_of(row),
        wish=row.wish,
        product=row.product,
        reply_channel=row.reply_channel,
        email=row.asker_email,
        known=row.party is not None,
    )
