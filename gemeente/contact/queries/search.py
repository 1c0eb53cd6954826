"""Search in what was said: the questions that an employee may open, with what was found; the others are counted only."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from django.db import OperationalError, connection, transaction
from psycopg.errors import QueryCanceled

from gemeente.access.types import Actor, Right
from gemeente.contact import search_rules as rules
from gemeente.contact.models import Question
from gemeente.contact.search_rules import TextQuery
from gemeente.contact.types import QuestionState
from gemeente.kernel import clock
from gemeente.kernel.errors import TooMuch
from gemeente.kernel.sql import statement

AT_MOST = 20
ELSEWHERE_AT_MOST = 100
MOMENTS_AT_MOST = 20
SECONDS_AT_MOST = 3
EVER = datetime(1900, 1, 1, tzinfo=clock.AMSTERDAM)
_LAST, _FIRST = UUID(int=2**128 - 1), UUID(int=0)


@dataclass(frozen=True, kw_only=True)
class TextFilter:
    """What narrows a search down; "" and None narrow nothing. `since` and `before` are aware, and about when it was asked."""

    team: str = ""
    product: str = ""
    channel: str = ""
    state: str = ""
    since: datetime | None = None
    before: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class FoundQuestion:
    """A question that holds the words. Title and snippet are plain text in pieces, each with whether it was looked for.

    The snippet is of the moment that fits best: who said it, and when. `fits` is false when the words stand elsewhere: in the
    title, in the wish, or far back in a long thread.
    """

    id: UUID
    number: str
    title: tuple[tuple[str, bool], ...]
    team: str
    state: QuestionState
    channel: str
    asked_at: datetime
    handler: UUID | None
    snippet: tuple[tuple[str, bool], ...]
    who: str
    at: datetime | None
    direction: str
    internal: bool
    fits: bool


@dataclass(frozen=True, kw_only=True)
class FoundTexts:
    """A page of found questions. `elsewhere` counts what other teams have, to 100. `after` is where the next page begins.

    `understood` is false when there was nothing to look for but words like "de" and "het"; `begun` is true when the last word was
    taken as the beginning of a word, because as a whole word it was nowhere.
    """

    items: tuple[FoundQuestion, ...]
    elsewhere: int
    after: str
    understood: bool
    begun: bool = False


class _Row(msgspec.Struct):
    id: UUID
    number: str
    title: str
    team: str
    state: QuestionState
    channel: str
    asked_at: datetime
    handler: UUID | None
    snippet: str | None
    who: str | None
    at: datetime | None
    direction: str | None
    internal: bool | None
    fits: bool


_rows = msgspec.json.Decoder(list[_Row])


def search_texts(actor: Actor, words: str, *, narrow: TextFilter, after: str = "", begins: bool = True) -> FoundTexts:
    """Return the questions that hold all these words, the newest first, 20 a page; three statements at most.

    With `begins` the last word may be the beginning of one when it is nowhere as a whole. Raises TooMuch when it takes over
    three seconds.
    """
    query = rules.read_words(words)
    if query is None:
        return FoundTexts(items=(), elsewhere=0, after="", understood=False)
    values = _values(actor, narrow, after)
    try:
        with transaction.atomic(savepoint=False), connection.cursor() as cursor:
            cursor.execute("SELECT set_config('statement_timeout', %s, true)", [f"{SECONDS_AT_MOST}s"])
            found = _page(cursor, query, values)
            if begins and query.begun and not (found.items or found.elsewhere):
                begun = TextQuery(all=query.begun, any=query.begun.replace("&", "|"), begun="")
                return _page(cursor, begun, values, begun=True)
            return found
    except OperationalError as error:
        if isinstance(error.__cause__, QueryCanceled):
            raise TooMuch("Zoeken duurt zo te lang. Gebruik een woord meer, of kies een kortere tijd.") from error
        raise


def _values(actor: Actor, narrow: TextFilter, after: str) -> dict[str, Any]:
    moment, key = _cursor(after) or (narrow.before or clock.now(), _LAST)
    parts = rules.slices(before=moment, since=narrow.since)
    return {
        "months": [part.months for part in parts],
        "until": [part.until for part in parts],
        "until_id": [key, *[_FIRST] * (len(parts) - 1)][: len(parts)],
        "since": narrow.since or EVER,
        "opens_all": actor.may(Right.SEE_ALL_QUESTIONS),
        "teams": list(actor.teams),
        "employee": actor.id,
        "team": narrow.team,
        "product": narrow.product,
        "channel": narrow.channel,
        "state": narrow.state,
        "limit": AT_MOST + 1,
        "elsewhere": ELSEWHERE_AT_MOST,
        "moments": MOMENTS_AT_MOST,
        "marks": rules.BEGIN + rules.END,
        "style": f"StartSel={rules.BEGIN}, StopSel={rules.END}",
    }


def _page(cursor: Any, query: TextQuery, values: dict[str, Any], *, begun: bool = False) -> FoundTexts:
    cursor.execute(statement("gemeente.contact.sql", "search_texts"), values | {"all": query.all, "any": query.any})
    understood, elsewhere, page = cursor.fetchone()
    rows = _rows.decode(page)
    last = rows[AT_MOST - 1] if len(rows) > AT_MOST else None
    return FoundTexts(
        items=tuple(map(_found, rows[:AT_MOST])),
        elsewhere=elsewhere,
        after=f"{last.asked_at.isoformat()}/{last.id}" if last else "",
        understood=understood,
        begun=begun,
    )


def _found(row: _Row) -> FoundQuestion:
    return FoundQuestion(
        id=row.id,
        number=row.number,
        title=rules.marked(row.title),
        team=row.team,
        state=row.state,
        channel=row.channel,
        asked_at=row.asked_at,
        handler=row.handler,
        snippet=rules.marked(row.snippet or ""),
        who=row.who or "",
        at=row.at,
        direction=row.direction or "",
        internal=bool(row.internal),
        fits=row.fits,
    )


def _cursor(after: str) -> tuple[datetime, UUID] | None:
    """Return where a page begins, or None for the first one and for nonsense."""
    moment, _, key = after.partition("/")
    try:
        begin, question = datetime.fromisoformat(moment).astimezone(clock.AMSTERDAM), UUID(key)
    except (ValueError, OverflowError):
        return None
    return (begin, question) if begin > EVER else None


def is_number(number: str) -> bool:
    """Tell whether there is a question of this number. One statement."""
    return Question.objects.filter(number=number).exists()
