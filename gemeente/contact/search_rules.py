"""Decisions about searching in texts, without a database: what was asked, in which slices of time, and how it is shown."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from gemeente.kernel.clock import AMSTERDAM

LETTERS_AT_MOST = 200
WORDS_AT_MOST = 12
PREFIX_FROM = 4
# How many months each slice of time reaches back; the last one holds all that is older. The newest is searched first.
SLICES = (1, 3, 12)
# Stand around what was found in a text. Private characters: no text that comes out of the database holds them.
BEGIN, END = "\ue000", "\ue001"

_PIECE = re.compile(r'"([^"]*)"|(\S+)')
_WORD = re.compile(r"\w+(?:['’.-]\w+)*")
_NUMBER = re.compile(r"\s*(20[0-9]{2}-[0-9]{5,8})\s*", re.ASCII)


@dataclass(frozen=True)
class TextQuery:
    """What to look for, as PostgreSQL's `to_tsquery` reads it: all of it, any of it, and the last word as a beginning."""

    all: str
    any: str
    begun: str


@dataclass(frozen=True)
class Slice:
    """A part of time: `months` as the index knows them ("" for all that is older), and the moment before which it ends."""

    months: str
    until: datetime


def question_number(text: str) -> str:
    """Return the number of a question, when that is all that was typed; else ""."""
    found = _NUMBER.fullmatch(text)
    return found[1] if found else ""


def read_words(text: str) -> TextQuery | None:
    """Return what is asked of the texts, or None without any word. Words between quotes belong together.

    At most 200 letters and 12 words count. A word is never an operator: nothing that is typed can fail or exclude.
    """
    pieces = list(_pieces(text[:LETTERS_AT_MOST]))[:WORDS_AT_MOST]
    if not pieces:
        return None
    quoted = [f"'{piece}'" for piece in pieces]
    last = pieces[-1]
    # Fewer letters begin too many words. What stands between quotes was meant as it is.
    begins = " " not in last and len(last) >= PREFIX_FROM and not text.rstrip().endswith('"')
    begun = " & ".join([*quoted[:-1], f"{quoted[-1]}:*"]) if begins else ""
    return TextQuery(all=" & ".join(quoted), any=" | ".join(quoted), begun=begun)


def _pieces(text: str) -> Iterator[str]:
    for phrase, word in _PIECE.findall(text):
        words = [found.replace("'", "’") for found in _WORD.findall(phrase or word)]
        if phrase and words:
            yield " ".join(words)
        else:
            yield from words


def slices(*, before: datetime, since: datetime | None = None) -> list[Slice]:
    """Return the slices of time before a moment, the newest first, as far back as `since`. Both aware."""
    local = before.astimezone(AMSTERDAM)
    # Months counted from the year 0, so that one can step back over a new year.
    newest = local.year * 12 + local.month - 1
    found, until, done = [], before, 0
    for reach in SLICES:
        found.append(Slice(" | ".join(f"'@{_name(newest - back)}'" for back in range(done, reach)), until))
        until, done = _begin(newest - reach + 1), reach
    found.append(Slice("", until))
    return [one for one in found if since is None or one.until > since]


def _name(month: int) -> str:
    return f"{month // 12}-{month % 12 + 1:02}"


def _begin(month: int) -> datetime:
    return datetime(month // 12, month % 12 + 1, 1, tzinfo=AMSTERDAM)


def marked(text: str) -> tuple[tuple[str, bool], ...]:
    """Return a text in pieces, each with whether it is what was looked for. Plain text: who shows it escapes it."""
    pieces = re.split(f"({BEGIN}[^{END}]*{END})", text)
    return tuple((piece.strip(BEGIN + END), piece.startswith(BEGIN)) for piece in pieces if piece)
