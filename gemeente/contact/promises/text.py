"""From a draft as it stands to sentences and clauses, in plain letters that keep their place in the draft."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

LONGEST_DRAFT = 20_000
LONGEST_SENTENCE = 700
SHORT_LINE = 60

_SAME = str.maketrans({"’": "'", "‘": "'", "`": "'", "´": "'", "\u00a0": " ", "\u202f": " ", "\t": " ", "\r": " "})
_HISTORY = re.compile(
    r"^(?:(?:op|on)\b[^\n]{4,160}\b(?:schreef|wrote)\b[^\n]{0,80}:|[-_ ]{3,}\s*(?:oorspronkelijk bericht"
    r"|original message)"
    r"|(?:van|from)\s?:[^\n]{1,200}\n(?:aan|to|verzonden|sent|datum|date)\s?:)",
    re.MULTILINE,
)
_NOT_OURS = re.compile(
    r'^[ ]*>[^\n]*$|"[^"\n]{0,600}"|[“„][^”“"\n]{0,600}[”“"]|«[^»\n]{0,600}»|(?<!\w)\'[^\'\n]{12,600}\'(?!\w)',
    re.MULTILINE,
)
_ABBREVIATION = re.compile(
    r"(?:\b(?:dhr|mevr|mw|nr|ca|bijv|bv|evt|resp|incl|excl|a\.s|z\.s\.m|zsm|m\.b\.t|i\.v\.m|o\.a|d\.d|drs"
    r"|ir|mr|mrs|ms|dr|st|tel|no|max|min"
    r"|jan|feb|mrt|apr|aug|sept|sep|okt|oct|nov|dec|ma|di|wo|do|vr|za|zo|mon|tue|wed|thu|fri|sat|sun|a\.m"
    r"|p\.m|t\.a\.v|art|e\.g|i\.e)"
    r"|\b[a-hj-tv-z])\.$"
)
_STOP = re.compile(
    r"[.!?…]+(?=[\s\")\]]|$)|\n[ ]*\n\s*|\n|;|:(?=\s*\n)"
    r"|,?\s+(?=(?:met (?:vriendelijke|hartelijke) groet|groet(?:en|jes)?|mvg|hoogachtend|(?:kind|best"
    r"|warm) regards|regards|yours sincerely)\b)"
)
_BULLET = re.compile(r"\s*(?:[-*•–]|\d{1,2}[.)])\s")


@dataclass(frozen=True)
class Plain:
    """A draft in lower case without accents; `places[i]` is where letter i stands in the draft."""

    letters: str
    places: tuple[int, ...]


@lru_cache(maxsize=4096)
def _plain_letter(letter: str) -> str:
    kept = unicodedata.normalize("NFD", letter.translate(_SAME))[:1].lower()
    return kept if len(kept) == 1 else "?"


def plain(draft: str) -> Plain:
    """Return the draft in plain letters; what is quoted, and older mail below it, becomes blank."""
    kept = [(place, letter) for place, letter in enumerate(draft[:LONGEST_DRAFT]) if not unicodedata.combining(letter)]
    letters = "".join(_plain_letter(letter) for _, letter in kept)
    history = _HISTORY.search(letters)
    if history:
        letters = letters[: history.start()]
    letters = _NOT_OURS.sub(lambda quoted: "§" * len(quoted.group()), letters)
    return Plain(letters, tuple(place for place, _ in kept))


def sentences(letters: str) -> Iterator[tuple[int, int]]:
    """Yield begin and end of each sentence, its closing mark included."""
    start = 0
    for stop in _STOP.finditer(letters):
        if not _ends(letters, start, stop):
            continue
        yield from _bounded(letters, start, stop.end())
        start = stop.end()
    yield from _bounded(letters, start, len(letters))


def _ends(letters: str, start: int, stop: re.Match[str]) -> bool:
    mark = stop.group()
    if mark == "\n":
        line = letters[letters.rfind("\n", 0, stop.start()) + 1 : stop.start()]
        return len(line) < SHORT_LINE or bool(_BULLET.match(letters, stop.end()))
    if mark != ".":
        return True
    if not _ABBREVIATION.search(letters[max(start, stop.start() - 8) : stop.end()]):
        return True
    return letters[stop.end() : stop.end() + 2].startswith("\n\n")


def _bounded(letters: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while end - start > LONGEST_SENTENCE:
        cut = letters.rfind(" ", start + 1, start + LONGEST_SENTENCE)
        cut = cut if cut > start else start + LONGEST_SENTENCE
        yield start, cut
        start = cut
    if letters[start:end].strip():
        yield start, end
