"""Who is called in by "@name" in a note, without a database."""

import re
from collections.abc import Iterable
from uuid import UUID

from gemeente.kernel.errors import DomainError

AT_MOST = 10

# Not the @ inside a mail address.
_CALLED = re.compile(r"(?<![\w.])@(?=\w)")
_FIRST_WORD = re.compile(r"[\w’'-]+")


def first_words(text: str) -> list[str]:
    """Return the first word of each name that a note calls, at most ten: whom to look up."""
    return [word[0] for rest in _called(text) if (word := _FIRST_WORD.match(rest))]


def called_in(text: str, people: Iterable[tuple[UUID, str]]) -> list[UUID]:
    """Return which of these people (id, name) a note calls, by their whole name or by a first name that is only theirs.

    Raises DomainError when a first name fits several people.
    """
    known = list(people)
    return list(dict.fromkeys(key for rest in _called(text) for key in _who(rest, known)))


def _called(text: str) -> list[str]:
    return [text[found.end() :] for found in _CALLED.finditer(text)][:AT_MOST]


def _who(rest: str, people: list[tuple[UUID, str]]) -> list[UUID]:
    whole = [(key, name) for key, name in people if re.match(rf"{re.escape(name)}(?!\w)", rest, re.IGNORECASE)]
    if whole:
        longest = max(len(name) for _, name in whole)
        return [key for key, name in whole if len(name) == longest]
    word = _FIRST_WORD.match(rest)
    first = [key for key, name in people if word and name.split()[0].casefold() == word[0].casefold()]
    if len(first) > 1:
        raise DomainError("Meer collega’s heten zo. Schrijf achter de @ de hele naam.")
    return first
