"""One voice: whether two messages to one resident repeat or contradict each other, without a database (R29)."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from gemeente.contact.promises.due import said_in
from gemeente.contact.promises.text import plain
from gemeente.contact.rules import CATCH_ALL
from gemeente.kernel.clock import AMSTERDAM

# How long a message still sounds.
WITHIN = timedelta(hours=24)
# From how many words, and from which share of the shorter message, two say the same.
WORDS_FROM = 4
SAME_FROM = 0.6
_WORD = re.compile(r"[a-z]{4,}")


class Clash(StrEnum):
    """Why an earlier message deserves a look; the most pressing first."""

    OTHER_DATE = "other_date"
    SAME_WORDS = "same_words"
    SAME_QUESTION = "same_question"
    SAME_PRODUCT = "same_product"


@dataclass(frozen=True, kw_only=True)
class Words:
    """What is said to a resident: in which question, about which product, when."""

    question: UUID
    product: str
    text: str
    at: datetime


def clashes(now: Words, earlier: Words) -> tuple[Clash, ...]:
    """Return how a message that is about to leave touches an earlier one; none when they are about different things.

    Another date counts within one question or product only: two questions may well have two dates.
    """
    same_question = now.question == earlier.question
    same_product = not same_question and now.product == earlier.product != CATCH_ALL
    found = {
        Clash.OTHER_DATE: (same_question or same_product) and _names_other_day(now, earlier),
        Clash.SAME_WORDS: _says_the_same(now.text, earlier.text),
        Clash.SAME_QUESTION: same_question,
        Clash.SAME_PRODUCT: same_product,
    }
    return tuple(clash for clash, holds in found.items() if holds)


def _names_other_day(now: Words, earlier: Words) -> bool:
    """Tell whether both name days, and no day in common: "dinsdag" is counted from when each was written."""
    one, other = _days(now), _days(earlier)
    return bool(one and other and one.isdisjoint(other))


def _days(words: Words) -> set[date]:
    said = said_in(plain(words.text).letters, words.at.astimezone(AMSTERDAM))
    days = (one.day or (one.exact.astimezone(AMSTERDAM).date() if one.exact else None) for one in said if not one.open)
    return {day for day in days if day}


def _says_the_same(one: str, other: str) -> bool:
    mine, theirs = (set(_WORD.findall(plain(text).letters)) for text in (one, other))
    fewest = min(len(mine), len(theirs))
    return fewest >= WORDS_FROM and len(mine & theirs) >= SAME_FROM * fewest
