"""Which groups does a word belong to? One lexicon per language, asked once per different word."""

from collections.abc import Iterable, Mapping
from functools import lru_cache

from gemeente.contact.urgency.text import plain_words

SHORTEST_GUESS = 7
SHORTEST_STEM_GUESS = 8
LONGEST_STEM = 16
NUMBER = "#"

Symbols = frozenset[int]
NONE: Symbols = frozenset()


class Lexicon:
    """The words of one language. `symbols(word)` forgives one wrong, missing or extra letter in words of seven and more."""

    def __init__(
        self, entries: Mapping[str, Iterable[int]], aliases: Mapping[str, str], exact_only: Iterable[str] = ()
    ):
        self._aliases = {_plain(spelling): _plain(word) for spelling, word in aliases.items()}
        self._exact: dict[str, Symbols] = {}
        self._starts: dict[str, Symbols] = {}
        self._ends: dict[str, Symbols] = {}
        self._inside: dict[str, Symbols] = {}
        self._near: dict[str, Symbols] = {}
        self._correct = frozenset(map(_plain, exact_only))
        # Tens of thousands of spellings point to a few thousand sets: each set is kept once, or they take 15 MB more.
        shared: dict[Symbols, Symbols] = {}
        for pattern, symbols in entries.items():
            self._add(pattern, frozenset(symbols), shared)
        self.symbols = lru_cache(maxsize=20_000)(self._symbols)

    def _add(self, pattern: str, symbols: Symbols, shared: dict[Symbols, Symbols]) -> None:
        stem = pattern if pattern == NUMBER else _plain(pattern.strip("*"))
        front, back = pattern.startswith("*"), pattern.endswith("*")
        if not front and not back:
            stem = self._aliases.get(stem, stem)
        table = {(0, 0): self._exact, (0, 1): self._starts, (1, 0): self._ends, (1, 1): self._inside}[front, back]
        _join(table, stem, symbols, shared)
        if len(stem) >= (SHORTEST_STEM_GUESS if back else SHORTEST_GUESS) and not front:
            for spelling in _one_letter_less(stem):
                _join(self._near, spelling + "*" * back, symbols, shared)

    def _symbols(self, word: str) -> Symbols:
        word = self._aliases.get(word, word)
        found = self._known(word)
        if found or word in self._correct:
            return frozenset(found)
        squeezed = "".join(letter for letter, before in zip(word, " " + word, strict=False) if letter != before)
        return frozenset(self._known(squeezed) or self._guessed(word))

    def _known(self, word: str) -> set[int]:
        found = set(self._exact.get(word, ()))
        if word[:1].isdigit():
            found |= self._exact.get(NUMBER, NONE)
        for end in range(1, min(len(word), LONGEST_STEM) + 1):
            found |= self._starts.get(word[:end], NONE)
        for begin in range(max(len(word) - LONGEST_STEM, 0), len(word)):
            found |= self._ends.get(word[begin:], NONE)
        for stem, symbols in self._inside.items():
            if stem in word:
                found |= symbols
        return found

    def _guessed(self, word: str) -> set[int]:
        if len(word) < SHORTEST_GUESS or word.isdigit():
            return set()
        found: set[int] = set()
        for spelling in _one_letter_less(word):
            found |= self._near.get(spelling, NONE)
        for end in range(SHORTEST_STEM_GUESS - 1, min(len(word), LONGEST_STEM) + 1):
            for spelling in _one_letter_less(word[:end]):
                found |= self._near.get(f"{spelling}*", NONE)
        return found


def _join(table: dict[str, Symbols], key: str, symbols: Symbols, shared: dict[Symbols, Symbols]) -> None:
    joined = table.get(key, NONE) | symbols
    table[key] = shared.setdefault(joined, joined)


def _plain(written: str) -> str:
    return "".join(plain_words(written))


def _one_letter_less(word: str) -> list[str]:
    """Return the word and each spelling without one letter but the first: two words that share one differ little."""
    return [word, *(word[:place] + word[place + 1 :] for place in range(1, len(word)))]
