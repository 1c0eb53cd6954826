"""The rule language: how a line of a rule file reads. README.md beside this file explains it to people.

phrase    words in order: `al .. dagen niet . gezien`; `.` leaves room for one word, `..` for three, `...` for seven;
          parts in any order: `mond ~ scheef`, at most five words between them, `slaat ~~ mij` at most ten
          two words as one choice of several: `mond ~ scheef|hangt_af`
word      `gas`, `gaslucht*`, `*lek`, `#` (a number), `hij|zij|EX` (one of these), `EX` (a group, in capitals)
line      phrases in any order, joined by `+`, without those after ` - `; then the room they must share:
          `CHILD + ALONE - PLAYING / clause`, `/ sentence` (default), `/ message`, or a number of words `/ 15`
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

GAPS = {".": 1, "..": 3, "...": 7}
ANY_ORDER = {"~": 5, "~~": 10}
MOST_PARTS = 5
LONGEST_SENTENCE = 25
LONGEST_MESSAGE = 100_000

_GROUP = re.compile(r"[A-Z][A-Z0-9_]*")
_WORD = re.compile(r"\*?[\w'’\u200c]+\*?|#")
_WRITTEN = re.compile(r"(?<=\w)-(?=\w)")


class RulesInvalid(ValueError):
    """A rule file can't be used. The message names the file, the place and what to change."""


@dataclass(frozen=True)
class Item:
    """One place in a phrase: any of these words or groups, after at most `gap` other words."""

    words: frozenset[str]
    groups: frozenset[str]
    gap: int = 0


Phrase = tuple[Item, ...]


@dataclass(frozen=True)
class Together:
    """Phrases that stand near each other in any order, at most `room` words between two; mostly it is one phrase."""

    parts: tuple[Phrase, ...]
    room: int


@dataclass(frozen=True)
class Line:
    """Phrases that must stand together, phrases that must not, and the room: "clause", "sentence" or a number of words."""

    needs: tuple[Phrase, ...]
    without: tuple[Phrase, ...]
    room: str
    reach: int


def parse_line(text: str) -> Line:
    """Return a line as the engine needs it. Raises RulesInvalid, naming the part that can't be read."""
    body, _, room = text.partition("/")
    parts = [part.strip() for part in re.split(r"\s-\s", f" {body} ")]
    needs = tuple(parse_phrase(part) for part in parts[0].split("+"))
    without = tuple(parse_phrase(part) for part in parts[1:])
    name, reach = _room(room.strip())
    return Line(needs, without, name, reach)


def _room(text: str) -> tuple[str, int]:
    if text.isdigit():
        return "words", int(text)
    rooms = {"": LONGEST_SENTENCE, "sentence": LONGEST_SENTENCE, "clause": LONGEST_SENTENCE, "message": LONGEST_MESSAGE}
    if text not in rooms:
        raise RulesInvalid(f"“{text}” after / must be clause, sentence, message or a number of words")
    return text or "sentence", rooms[text]


def parse_phrases(text: str) -> Iterator[Together]:
    """Yield what may be written: parts in any order, once per choice of several words.

    Raises RulesInvalid as `parse_phrase` does, and for more than five parts.
    """
    pieces = re.split(r"\s(~+)\s", f" {text} ")
    parts, marks = pieces[::2], pieces[1::2]
    if len(parts) > MOST_PARTS or not set(marks) <= ANY_ORDER.keys():
        raise RulesInvalid(f"“{text.strip()}” may have {MOST_PARTS} parts, with ~ or ~~ between them")
    room = max((ANY_ORDER[mark] for mark in marks), default=0)
    for chosen in product(*(list(_choices(part)) for part in parts)):
        yield Together(chosen, room)


def _choices(part: str) -> Iterator[Phrase]:
    """Yield the phrases of one part: each choice of several words stands by itself, single words stay together."""
    spelled = []
    for written in part.split():
        single = [name for name in written.split("|") if "_" not in name or _GROUP.fullmatch(name)]
        several = [name.replace("_", " ") for name in written.split("|") if name not in single]
        spelled.append((["|".join(single)] if single else []) + several)
    yield from (parse_phrase(" ".join(words)) for words in product(*spelled))


def parse_phrase(text: str) -> Phrase:
    """Return a phrase as items in order. Raises RulesInvalid for an empty phrase or a word that can't be read."""
    items: list[Item] = []
    gap = 0
    for part in _WRITTEN.sub(" ", text).split():
        if part in GAPS:
            gap = GAPS[part]
            continue
        items.append(_item(part, gap))
        gap = 0
    if not items or gap:
        raise RulesInvalid(f"“{text.strip()}” must begin and end with a word")
    return tuple(items)


def _item(part: str, gap: int) -> Item:
    names = part.split("|")
    groups = frozenset(name for name in names if _GROUP.fullmatch(name))
    words = frozenset(name for name in names if name not in groups)
    for word in words:
        if not _WORD.fullmatch(word):
            raise RulesInvalid(f"“{word}” is not a word, a stem* or a GROUP")
    return Item(words, groups, gap)
