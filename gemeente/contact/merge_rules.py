"""Decisions about putting questions together and taking them apart, without a database (V25, V67, V78)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from gemeente.contact.types import QuestionState, Urgency
from gemeente.kernel.errors import Conflict, DomainError


class Across(StrEnum):
    """How far apart the askers of two questions are."""

    ONE = "one"
    UNKNOWN = "unknown"
    HOUSEHOLD = "household"
    OTHERS = "others"


@dataclass(frozen=True, kw_only=True)
class Side:
    """What of a question a merge depends on. `open_with` is the team that it waits for; `owed` tells of an open promise."""

    id: UUID
    number: str
    party: UUID | None
    household: UUID | None
    email: str
    state: QuestionState
    urgency: Urgency
    answer_due: datetime
    answered_at: datetime | None
    merged: bool
    open_with: str
    owed: bool

    @property
    def closed(self) -> bool:
        """Tell whether it ended."""
        return self.state == QuestionState.CLOSED

    @property
    def waits_for_answer(self) -> bool:
        """Tell whether its answer date is still to be kept."""
        return not self.closed and self.answered_at is None


@dataclass(frozen=True, kw_only=True)
class Together:
    """How the surviving question stands after a merge. `urgency_of` and `date_of` tell which side they come from."""

    state: QuestionState
    urgency_of: UUID
    date_of: UUID
    answered_at: datetime | None


def across(survivor: Side, other: Side) -> Across:
    """Return how far apart the askers are. One mail address is one asker; who lives in one house is not."""
    if survivor.party is not None and survivor.party == other.party:
        return Across.ONE
    if survivor.party is None and other.party is None and _same_address(survivor.email, other.email):
        return Across.ONE
    if survivor.party is None or other.party is None:
        return Across.UNKNOWN
    same_house = survivor.household is not None and survivor.household == other.household
    return Across.HOUSEHOLD if same_house else Across.OTHERS


def _same_address(one: str, other: str) -> bool:
    return bool(one) and one.casefold() == other.casefold()


def require_merge(survivor: Side, other: Side, *, agreed: bool) -> Across:
    """Return how far apart the askers are, when `other` may go into `survivor`.

    Raises Conflict for what was merged before or waits for another team; DomainError for one question, an open one into a
    closed one, and across two residents: always when they are of two houses, else until somebody `agreed` after seeing what
    each would see. What we do not know of goes into what we know, never the other way: our answers go to the survivor's asker.
    """
    if survivor.id == other.id:
        raise DomainError("Dit is dezelfde vraag. Kies een andere vraag.")
    for side in (survivor, other):
        if side.merged:
            raise Conflict("Vraag %(number)s is al samengevoegd met een andere vraag.", number=side.number)
        if side.open_with:
            raise Conflict(
                "Vraag %(number)s wacht nog op %(team)s. Voeg samen als zij hem hebben aangenomen.",
                number=side.number,
                team=side.open_with,
            )
    if survivor.closed and not other.closed:
        raise DomainError(
            "Vraag %(number)s is al afgerond. Open vraag %(other)s en voeg vanaf daar samen.",
            number=survivor.number,
            other=other.number,
        )
    apart = across(survivor, other)
    _require_agreed(survivor, other, apart, agreed=agreed)
    return apart


def _require_agreed(survivor: Side, other: Side, apart: Across, *, agreed: bool) -> None:
    if apart == Across.OTHERS:
        raise DomainError("Dit zijn vragen van twee inwoners. Die voegt u niet samen. Antwoord ieder apart.")
    if survivor.party is None and other.party is not None:
        raise DomainError(
            "Wij weten niet zeker wie vraag %(number)s stelde. Open vraag %(other)s en voeg vanaf daar samen.",
            number=survivor.number,
            other=other.number,
        )
    if apart == Across.HOUSEHOLD and other.owed:
        raise DomainError(
            "Bij vraag %(number)s staat nog een belofte aan deze inwoner open. Houd die eerst.", number=other.number
        )
    if apart != Across.ONE and not agreed:
        raise DomainError("Kijk eerst wat ieder dan ziet. Zet daarna een vinkje.")


def together(survivor: Side, other: Side) -> Together:
    """Return how the surviving question stands: the higher urgency, and the earliest answer date that is still to be kept.

    A date that was kept already is no promise any more: it cannot make an answered question late. With none to keep, the
    earliest of both. So no promise moves to later, and none that is open gets lost.
    """
    waiting = [side for side in (survivor, other) if side.waits_for_answer]
    first = min(waiting or (survivor, other), key=lambda side: side.answer_due)
    return Together(
        state=_state(survivor, other),
        urgency_of=max(survivor, other, key=lambda side: side.urgency.rank).id,
        date_of=first.id,
        answered_at=None if waiting else survivor.answered_at,
    )


def _state(survivor: Side, other: Side) -> QuestionState:
    running = {side.state for side in (survivor, other) if not side.closed}
    if not running:
        return QuestionState.CLOSED
    return running.pop() if len(running) == 1 else QuestionState.WORKING


def require_last(*, last: UUID | None, last_number: str, merged: UUID) -> None:
    """Raise Conflict unless `merged` is the last that went into a question: what came later stands on it."""
    if last is None:
        raise Conflict("Deze vragen zijn al uit elkaar gehaald.")
    if last != merged:
        raise Conflict("Haal eerst vraag %(number)s weer los. Die kwam er later bij.", number=last_number)


@dataclass(frozen=True, kw_only=True)
class Chosen:
    """A message that somebody wants to make a question of."""

    party: UUID | None
    from_resident: bool


def require_split(chosen: Iterable[Chosen], *, asked_for: int, stays: int) -> None:
    """Raise DomainError unless the chosen messages make a question: one resident's own words among them, and not all of them.

    `asked_for` is how many were ticked, `stays` how many messages of a resident would be left. Raises Conflict when a colleague
    took one of them away.
    """
    ticked = list(chosen)
    told = [one for one in ticked if one.from_resident]
    if not asked_for:
        raise DomainError("Kies eerst de berichten die bij de nieuwe vraag horen.")
    if len(ticked) != asked_for:
        raise Conflict("Een van deze berichten staat niet meer in dit gesprek. Bekijk eerst wat er veranderd is.")
    if not told:
        raise DomainError("Kies ook een bericht van de inwoner. Daar begint de nieuwe vraag mee.")
    if not stays:
        raise DomainError("Laat minstens één bericht van de inwoner staan. Anders blijft er geen vraag over.")
    if len({one.party for one in ticked}) > 1:
        raise DomainError("Dit zijn berichten van twee inwoners. Kies berichten van één inwoner.")
