"""Decisions about what a resident told once, without a database (V66)."""

import re
from collections.abc import Iterable
from enum import StrEnum
from functools import cache
from pathlib import Path

import msgspec
from django.utils.translation import gettext_noop

from gemeente.contact.types import FactCard
from gemeente.kernel.errors import Conflict, DomainError
from gemeente.products.matching.words import stem, tokens
from gemeente.residents.rules import passes_eleven_test

WORDS_AT_MOST = 500
LABEL_AT_MOST = 60
_SHORTEST = 4
_PART = 5
_NINE_DIGITS = re.compile(r"(?<!\d)\d{9}(?!\d)")
_DATA = Path(__file__).parent / "data" / "facts.toml"


class Knowing(StrEnum):
    """What an employee says who asks for something that looks like what was told: nothing yet, "again", or "something else"."""

    NOT_SEEN = ""
    AGAIN = "again"
    OTHER = "other"


class AlreadyTold(Conflict):
    """The resident told this before; `facts` are to be shown first."""

    def __init__(self, facts: tuple[FactCard, ...]) -> None:
        super().__init__(gettext_noop("Dit heeft de inwoner al verteld. Kijk eerst of dit genoeg is."))
        self.facts = facts


def words_of_fact(words: str) -> str:
    """Return a fact's words on one line. Raises DomainError for none, for more than a sentence or two, and for a BSN in them."""
    kept = " ".join(words.split())
    if not kept:
        raise DomainError("Schrijf op wat de inwoner vertelde.")
    if len(kept) > WORDS_AT_MOST:
        raise DomainError("Dit is te lang om te onthouden. Maak er een of twee zinnen van.")
    if any(passes_eleven_test(number) for number in _NINE_DIGITS.findall(kept)):
        raise DomainError("Hier staat een burgerservicenummer in. Haal dat eerst weg.")
    return kept


def require_not_told(asking: str, facts: Iterable[FactCard], *, knowing: Knowing) -> tuple[FactCard, ...]:
    """Return what is asked again. Raises AlreadyTold for somebody who was not shown it yet.

    Who saw it may ask all the same: then it counts as asked again, unless they say that it is something else.
    """
    told = told_before(asking, facts) if knowing != Knowing.OTHER else ()
    if told and knowing == Knowing.NOT_SEEN:
        raise AlreadyTold(told)
    return told


def told_before(asking: str, facts: Iterable[FactCard]) -> tuple[FactCard, ...]:
    """Return the facts that share a word with what is asked, inflections and compounds included; common words don't count."""
    asked = _content(asking)
    return tuple(fact for fact in facts if _meets(asked, _content(f"{fact.label} {fact.words}")))


def _content(text: str) -> set[str]:
    return {stem(word) for word in tokens(text) if len(word) >= _SHORTEST} - _common()


@cache
def _common() -> frozenset[str]:
    read = msgspec.toml.decode(_DATA.read_bytes(), type=dict[str, str])
    return frozenset(map(stem, tokens(read["common"])))


def _meets(asked: set[str], told: set[str]) -> bool:
    return any(_same(one, other) for one in asked for other in told)


def _same(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    return short == long or (len(short) >= _PART and (long.startswith(short) or long.endswith(short)))
