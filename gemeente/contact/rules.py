"""Decisions about questions, without a database: who may see, when the answer is due, what comes next."""

import re
from collections.abc import Iterable
from datetime import datetime, timedelta

from gemeente.access.types import Actor, ActorKind, Right
from gemeente.contact.types import Outcome, QuestionState, Urgency
from gemeente.kernel.calendar import add_workdays, end_of_workday, is_workday, start_of_workday
from gemeente.kernel.clock import AMSTERDAM
from gemeente.kernel.errors import Conflict, DomainError, NotAllowed

CATCH_ALL = "UPL-naam nog niet beschikbaar"
CATCH_ALL_TEAM = "kcc"
CATCH_ALL_NORM = 2
TITLE_AT_MOST = 80
# How long a question may stand still, with its owner, in a hand-over or in a task, before its leads see it. Most answers are
# due within five working days: after three without a step there is still time to put it right.
SILENT_WORKDAYS = 3

_REPLY_MARK = re.compile(r"^\s*((re|fw|fwd|antw|doorst|aw)\s*:\s*)+", re.IGNORECASE)
_GREETING = re.compile(
    r"^\s*(beste|hallo|hoi|hi|hello|dear|geachte|goede(morgen|middag|navond|ndag)|goed[ea]n?dag|moi|l\.?s\.?)\b[^.,!?\n]{0,60}[.,!?\n]+\s*",
    re.IGNORECASE,
)


def answer_due(*, asked_at: datetime, norm_workdays: int, urgency: Urgency) -> datetime:
    """Return the moment, aware, before which the resident hears from us.

    *Nu* today, *vandaag* before the end of the next working day, else the norm of the product in working days. The channel
    is not among the arguments: it must not matter (vision V81). Source: service norm per product (V8).
    """
    day = asked_at.astimezone(AMSTERDAM).date()
    if urgency == Urgency.NOW:
        return end_of_today_or_later(asked_at)
    days = 1 if urgency == Urgency.TODAY else norm_workdays
    return end_of_workday(add_workdays(day, days))


def end_of_today_or_later(asked_at: datetime) -> datetime:
    """Return closing time today; at night or in the weekend two hours from now, for danger does not keep office hours."""
    day = asked_at.astimezone(AMSTERDAM).date()
    closes = end_of_workday(day)
    if is_workday(day) and start_of_workday(day) <= asked_at < closes - timedelta(hours=1):
        return closes
    return asked_at + timedelta(hours=2)


def title_of(*, subject: str, text: str, product_name: str) -> str:
    """Return what to call a question: the resident's own subject, else the product, else their first words (R7)."""
    own = _REPLY_MARK.sub("", subject).strip()
    if own:
        return shorten(own)
    if product_name:
        return product_name
    sentences = re.split(r"[.!?\n]", _GREETING.sub("", text))
    return next(filter(None, map(shorten, sentences)), "Een vraag zonder woorden")


def shorten(text: str) -> str:
    """Return at most 80 characters, cut between words."""
    flat = " ".join(text.split())
    if len(flat) <= TITLE_AT_MOST:
        return flat
    return flat[: TITLE_AT_MOST - 1].rsplit(" ", 1)[0] + "…"


def may_open(actor: Actor, *, team: str, handler: object, asked_teams: Iterable[str] = ()) -> bool:
    """Tell whether an employee may read this question: their team's, their own, or by a role that sees all (need to know).

    `asked_teams` have an open task in it and read along while it is open; without them the answer is who may handle it.
    """
    if actor.may(Right.SEE_ALL_QUESTIONS) or team in actor.teams or (handler is not None and handler == actor.id):
        return True
    return not actor.teams.isdisjoint(asked_teams)


def require_open(actor: Actor, *, team: str, handler: object, asked_teams: Iterable[str] = ()) -> None:
    """Raise NotAllowed when this employee may not read this question, as `may_open` says; the system may."""
    if actor.kind == ActorKind.SYSTEM or may_open(actor, team=team, handler=handler, asked_teams=asked_teams):
        return
    raise NotAllowed("Deze vraag is van een ander team. Vraag de teamleider als u hem nodig heeft.")


def require_same_version(*, seen: int, now: int) -> None:
    """Raise Conflict when somebody else changed the question after this person opened it."""
    if seen != now:
        raise Conflict("Een collega heeft deze vraag net veranderd. Bekijk eerst wat er nieuw is. Uw tekst is bewaard.")


def change_urgency(*, before: Urgency, to: Urgency, reason: str, by_handler: bool) -> Urgency:
    """Return the new urgency. Anyone may raise it; only somebody else than who has to hurry lowers it, with a reason (V91).

    Raises NotAllowed when the handler lowers it, DomainError when anybody lowers it without a reason.
    """
    if to.rank < before.rank and by_handler:
        raise NotAllowed("U behandelt deze vraag. Lager zetten kan alleen een collega, met een reden.")
    if to.rank < before.rank and not reason.strip():
        raise DomainError("U zet de haast lager. Schrijf erbij waarom.")
    return to


def close(*, state: QuestionState, outcome: Outcome | None, words: str) -> Outcome:
    """Return the outcome with which a question may close. Source: V28, "passend antwoord of oplossing".

    Raises DomainError without an outcome or without words for the resident, and when it is closed already.
    """
    if state == QuestionState.CLOSED:
        raise Conflict("Deze vraag is al afgerond.")
    if outcome is None:
        raise DomainError("Kies hoe het is afgelopen.")
    if len(words.strip()) < 10:
        raise DomainError("Schrijf in een paar woorden voor de inwoner hoe het is afgelopen.")
    return outcome


def ask_back(*, state: QuestionState, needs: str) -> str:
    """Return what the resident is asked for. Raises DomainError when nothing is, or when the question is closed."""
    if state == QuestionState.CLOSED:
        raise Conflict("Deze vraag is al afgerond. Geef antwoord, of bel de inwoner.")
    if not needs.strip():
        raise DomainError("Schrijf op wat u van de inwoner nodig heeft.")
    return needs.strip()


def reopen(*, state: QuestionState) -> None:
    """Raise DomainError when there is nothing to reopen: the question still runs."""
    if state != QuestionState.CLOSED:
        raise DomainError("Deze vraag loopt nog. U kunt hieronder reageren.")
