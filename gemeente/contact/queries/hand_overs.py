"""The way a question went through the house, and what still waits to be accepted."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import msgspec
from django.db.models import OuterRef, Subquery
from django.db.models.functions import JSONObject

from gemeente.access.queries import teams
from gemeente.access.types import Actor
from gemeente.contact.models import HandOver

PATH_AT_MOST = 50


@dataclass(frozen=True, kw_only=True)
class HandOverCard:
    """One hand-over as a screen shows it. `mine_to_accept` tells whether the reader may accept it or give it back."""

    from_team: str
    from_name: str
    to_team: str
    reason: str
    at: datetime
    accept_by: datetime
    accepted_at: datetime | None
    given_back_at: datetime | None
    ended_by_name: str
    give_back_reason: str
    escalated: bool
    mine_to_accept: bool

    @property
    def open(self) -> bool:
        """Tell whether it still waits."""
        return self.accepted_at is None and self.given_back_at is None


class HandOverRow(msgspec.Struct):
    """An open hand-over as it is read along with its question."""

    from_team: str
    from_name: str
    to_team: str
    to_employee: UUID | None
    reason: str
    at: datetime
    accept_by: datetime
    accepted_at: datetime | None
    given_back_at: datetime | None
    ended_by_name: str
    give_back_reason: str
    escalated_at: datetime | None


def open_hand_over_along() -> Subquery:
    """Return what reads the open hand-over of a question along with its row: at most one is open. No statement."""
    rows = HandOver.objects.filter(question=OuterRef("id"), accepted_at=None, given_back_at=None)
    return Subquery(rows.values(card=JSONObject(**{name: name for name in HandOverRow.__struct_fields__}))[:1])


def hand_over_from(actor: Actor, read: dict[str, str] | None) -> HandOverCard | None:
    """Return the open hand-over that was read along."""
    return _card(actor, msgspec.convert(read, HandOverRow)) if read else None


def hand_overs_of(actor: Actor, question: UUID) -> list[HandOverCard]:
    """Return the hand-overs of a question, newest first, at most 50. One statement."""
    rows = HandOver.objects.filter(question=question).order_by("-at")[:PATH_AT_MOST]
    return [_card(actor, row) for row in rows]


def _card(actor: Actor, row: HandOver | HandOverRow) -> HandOverCard:
    return HandOverCard(
        from_team=teams()[row.from_team].name,
        from_name=row.from_name,
        to_team=teams()[row.to_team].name,
        reason=row.reason,
        at=row.at,
        accept_by=row.accept_by,
        accepted_at=row.accepted_at,
        given_back_at=row.given_back_at,
        ended_by_name=row.ended_by_name,
        give_back_reason=row.give_back_reason,
        escalated=row.escalated_at is not None,
        mine_to_accept=row.to_team in actor.teams or row.to_employee == actor.key,
    )
