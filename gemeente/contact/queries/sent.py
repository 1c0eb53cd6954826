"""What a confirmation says."""

from dataclasses import dataclass
from uuid import UUID

from gemeente.contact.models import Question
from gemeente.contact.queries.tiles import tile_of
from gemeente.contact.types import QuestionTile
from gemeente.kernel.errors import NotFound


@dataclass(frozen=True, kw_only=True)
class SentQuestion:
    """A question as its confirmation names it; nothing in it but what the asker gave."""

    tile: QuestionTile
    wish: str
    product: str
    reply_channel: str
    email: str
    known: bool


def sent_question(question: UUID, *, by: UUID | None) -> SentQuestion:
    """Return what to confirm. One statement. The caller holds a signed link to this very message.

    Raises NotFound when the message went into the question of somebody else than sent it: a link opens nobody's data.
    """
    row = Question.objects.get(id=question)
    if row.party is not None and row.party != by:
        raise NotFound("Deze bladzijde is niet meer te zien. Uw vraag is er nog wel.")
    return SentQuestion(
        tile=tile_of(row),
        wish=row.wish,
        product=row.product,
        reply_channel=row.reply_channel,
        email=row.asker_email,
        known=row.party is not None,
    )
