"""Decisions about names, numbers and addresses, without a database."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from gemeente.residents.types import ReachBy

_NOT_WORD = re.compile(r"[\W_]+")
_POSTCODE = re.compile(r"\b([1-9][0-9]{3})\s?([A-Za-z]{2})?\b")
_DATE = re.compile(r"\b([0-3]?[0-9])[-/. ]([01]?[0-9])[-/. ]((?:19|20)[0-9]{2})\b", re.ASCII)
_PHONE = re.compile(r"(?<![\w+])(?:\+31|0031|0)(?:[ -]?[0-9]){9}\b", re.ASCII)
_NINE_DIGITS = re.compile(r"\b[0-9]{8,9}\b", re.ASCII)
# Letters that no decomposition takes apart; what one types for them on a keyboard without them.
_PLAIN = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "æ": "ae", "œ": "oe"})
PREFIXES = frozenset(
    "aan bij d da dal de del den der des di do du el het in la le op s t te ten ter toe uit van von voor".split()
)
NAMES_AT_MOST = 6
LETTERS_AT_MOST = 40
LONG_FROM = 6


def passes_eleven_test(number: str) -> bool:
    """Tell whether nine digits form a BSN: 9a+8b+7c+6d+5e+4f+3g+2h−i divides by 11 (Besluit BSN)."""
    if not (len(number) == 9 and number.isascii() and number.isdigit()) or number == "000000000":
        return False
    weights = (9, 8, 7, 6, 5, 4, 3, 2, -1)
    return sum(weight * int(digit) for weight, digit in zip(weights, number, strict=True)) % 11 == 0


def search_key(text: str) -> str:
    """Return text without accents, capitals and punctuation: what two spellings of one name share."""
    flat = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    kept = "".join(char for char in flat if not unicodedata.combining(char))
    return _NOT_WORD.sub(" ", kept.translate(_PLAIN)).strip()


def email_key(address: str) -> str:
    """Return an e-mail address as one compares it: trimmed, without capitals."""
    return address.strip().casefold()


def phone_key(number: str) -> str:
    """Return the digits of a phone number in the Dutch national form: "0612345678" for "+31 6 1234 5678"."""
    digits = re.sub(r"\D", "", number)
    for prefix in ("0031", "31"):
        if digits.startswith(prefix) and len(digits) == len(prefix) + 9:
            return "0" + digits[len(prefix) :]
    return digits


def can_reach(way: str, *, email: str, phone: str, street: str) -> bool:
    """Tell whether somebody with these can be reached this way; what is said in MijnGroningen reaches everybody."""
    needed = {ReachBy.EMAIL.value: email, ReachBy.PHONE.value: phone, ReachBy.LETTER.value: street}
    return bool(needed.get(way, way))


@dataclass(frozen=True)
class SearchWords:
    """What stands in one search box: parts of names, a postcode (whole or its four digits), a house number, and the rest."""

    names: tuple[str, ...]
    postcode: str = ""
    house_number: str = ""
    birth_date: date | None = None
    phone: str = ""
    bsn: str = ""

    @property
    def leading(self) -> str:
        """Return the name that tells most: the longest that is no "van" or "de"; "" when there are no names."""
        return max(self.names, key=lambda name: (name not in PREFIXES, len(name)), default="")


def read_search(text: str) -> SearchWords:
    """Take search words apart: "hoekstra 9715", "9715 ab 214", "04-03-1955", "06 1234 5678" or a BSN.

    A number counts only as the house beside a postcode. Of names the first six count.
    """
    text, phone = _taken(_PHONE, text)
    text, day = _taken(_DATE, text)
    text, bsn = _taken(_NINE_DIGITS, text)
    found = _POSTCODE.search(text)
    postcode = f"{found[1]}{(found[2] or '').upper()}" if found else ""
    rest = search_key(_POSTCODE.sub(" ", text, count=1)).split()
    numbers = [word for word in rest if word[0].isdigit()]
    names = tuple(word[:LETTERS_AT_MOST] for word in rest if not word[0].isdigit())[:NAMES_AT_MOST]
    return SearchWords(
        names,
        postcode=postcode,
        house_number=numbers[0] if numbers and postcode else "",
        birth_date=_day(day),
        phone=phone_key(phone),
        bsn=bsn.zfill(9) if passes_eleven_test(bsn.zfill(9)) else "",
    )


def _taken(pattern: re.Pattern[str], text: str) -> tuple[str, str]:
    found = pattern.search(text)
    return (text[: found.start()] + " " + text[found.end() :], found[0]) if found else (text, "")


def _day(text: str) -> date | None:
    found = _DATE.fullmatch(text)
    try:
        return date(int(found[3]), int(found[2]), int(found[1])) if found else None
    except ValueError:
        return None


def variants(word: str) -> set[str]:
    """Return a word and what is left of it without one letter, also as it sounds: "ij" and "y" are the same.

    Two words that are one typing mistake apart share a variant: a letter too many, too few, another, or two swapped.
    """
    return {spelled[:at] + spelled[at + 1 :] for spelled in (word, _sound(word)) for at in range(len(spelled) + 1)}


def mistakes(typed: str, word: str) -> int:
    """Return how many typing mistakes lie between two words: letters too many, too few, other, or two neighbours swapped."""
    before: list[int] = []
    row = list(range(len(word) + 1))
    for nth, letter in enumerate(typed, start=1):
        older, before, row = before, row, [nth]
        for at, other in enumerate(word, start=1):
            best = min(before[at] + 1, row[at - 1] + 1, before[at - 1] + (letter != other))
            if nth > 1 and at > 1 and letter == word[at - 2] and typed[nth - 2] == other:
                best = min(best, older[at - 2] + 1)
            row.append(best)
    return row[-1]


def likely_meant(typed: str, words: set[str], *, at_most: int) -> list[str]:
    """Return which of these words somebody may have meant, the nearest first.

    One mistake in any word, and two in one of six letters or more; "ij" for "y" is none.
    """
    allowed = 1 if len(typed) < LONG_FROM else 2
    near = ((min(mistakes(typed, word), mistakes(_sound(typed), _sound(word))), word) for word in words)
    return [word for away, word in sorted(near) if away <= allowed][:at_most]


def _sound(word: str) -> str:
    return word.replace("ij", "y")
