"""The words that the catalogue knows, and how a resident's word finds them: inflected, compounded or misspelt."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import OSA

from gemeente.products.matching.words import stem, stem_english

MIN_PART = 4
SHORT_PARTS = frozenset(
    {"id", "kap", "gft", "woz", "ozb", "vog", "wmo", "brp", "pgb", "bsn", "kvk", "vve", "biz", "pmd", "gpk", "rij"}
)
NO_PARTS = frozenset(
    (
        "voor",
        "over",
        "door",
        "onder",
        "achter",
        "tegen",
        "terug",
        "samen",
        "langs",
        "buiten",
        "binnen",
        "ring",
        "lijk",
        "heid",
        "elijk",
        "tion",
        "tief",
        "rijk",
        "ling",
        "baar",
        "zaam",
        "aard",
        "ster",
        "loos",
        "schap",
        "eren",
        "isch",
        "teit",
        "atie",
        "verd",
        "veer",
        "eerd",
        "stel",
        "kort",
        "ding",
        "zijn",
        "gaan",
        "staan",
        "komt",
        "weer",
        "meer",
        "niet",
        "deel",
        "lang",
        "klei",
        "punt",
        "port",
        "poort",
        "lijke",
        "best",
        "acht",
        "zoek",
        "zoeker",
        "wijs",
        "west",
        "oost",
        "noord",
        "zuid",
    )
)
STREETS = ("straat", "laan", "weg", "plein", "singel", "kade")
MIN_TYPO = 5
EXACT, LOOSE, TYPO, PART, INSIDE = 1.0, 0.85, 0.75, 0.8, 0.6
_LINK = re.compile(r"(?:s|e|en|n)$")
_FOLDS = (
    ("ij", "ei"),
    ("y", "ei"),
    ("ou", "au"),
    ("c", "k"),
    ("ph", "f"),
    ("z", "s"),
    ("v", "f"),
    ("dt", "t"),
    ("d", "t"),
    ("q", "k"),
)


@dataclass(frozen=True, slots=True)
class Found:
    """A term of the catalogue that a word stands for, and how sure that is (0-1)."""

    term: str
    sureness: float


class Vocabulary:
    """Finds terms for words of one language. Built once from the words of all phrases; then it only reads.

    English words are not split: English writes its compounds apart.
    """

    def __init__(self, words: Iterable[str], *, english: bool = False) -> None:
        self._english = english
        self._stem = stem_english if english else stem
        self._spelled = frozenset(words)
        known = {self._stem(word): word for word in sorted(self._spelled)}
        self._atoms = frozenset(known)
        self._parts = {word: parts for word in known if len(parts := self._split(word, known[word])) > 1}
        self._misspelt = _deletion_index(self._atoms)
        self.find = lru_cache(maxsize=50_000)(self._find)

    def terms(self, word: str) -> tuple[str, ...]:
        """Return the terms of a word of the catalogue itself: its parts when it is a compound, else its stem."""
        base = self._stem(word)
        return self._parts.get(base, (base,))

    def spells(self, word: str) -> bool:
        """Say whether the catalogue uses this very word, not just an inflection of it."""
        return word in self._spelled

    def _find(self, word: str, tolerant: bool) -> tuple[Found, ...]:
        base = self._stem(word)
        if base in self._atoms:
            return tuple(Found(term, EXACT) for term in self.terms(word))
        if not tolerant or self._names_a_street(word):
            return ()
        return self._loose(base) or self._compound(word, base) or self._typo(word, base) or self._begins(word)

    def _names_a_street(self, word: str) -> bool:
        """An unknown word that ends in "straat" is a street; its front says nothing: Goudlaan, Visserstraat."""
        return not self._english and word.endswith(STREETS)

    def _loose(self, base: str) -> tuple[Found, ...]:
        for other in (base[:-1] if base[-1:] in "td" else "", base.removeprefix("ge"), base + "t", base + "d"):
            if len(other) >= 3 and other != base and other in self._atoms:
                return tuple(Found(term, LOOSE) for term in self._parts.get(other, (other,)))
        return ()

    def _compound(self, word: str, base: str) -> tuple[Found, ...]:
        parts = self._split(base, word)
        return tuple(Found(part, PART) for part in parts) if len(parts) > 1 else ()

    def _typo(self, word: str, base: str) -> tuple[Found, ...]:
        if len(word) < MIN_TYPO:
            return ()
        near = {known for key in _deletions(_sound(base)) for known in self._misspelt.get(key, ())}
        allowed = 2 if len(base) >= 9 else 1
        scored = sorted((OSA.distance(base, known), known) for known in near if known[0] == base[0] or len(base) >= 7)
        if not scored or scored[0][0] > allowed + 1:
            return ()
        best = scored[0][1]
        return tuple(Found(term, TYPO) for term in self._parts.get(best, (best,)))

    def _begins(self, word: str) -> tuple[Found, ...]:
        """Find a known word at the front or the back of an unknown compound: paspoortgedoe, spoedpaspoort."""
        if self._english:
            return ()
        for cut in range(len(word) - 3, 4, -1):
            if (front := self._part(word[:cut])) and len(front) >= 5:
                return tuple(Found(term, INSIDE) for term in self._parts.get(front, (front,)))
        for cut in range(2, len(word) - 4):
            if (back := self._part(word[cut:])) and len(back) >= 5:
                return tuple(Found(term, INSIDE) for term in self._parts.get(back, (back,)))
        return ()

    def _part(self, word: str) -> str:
        for form in (word, _LINK.sub("", word)):
            if (
                (len(form) >= MIN_PART or form in SHORT_PARTS)
                and form not in NO_PARTS
                and self._stem(form) in self._atoms
            ):
                return self._stem(form)
        return ""

    def _split(self, base: str, word: str) -> tuple[str, ...]:
        """Split a compound into known words, the longest first part first; (base,) when it is none."""
        for cut in range(len(word) - 3, 1, -1) if not self._english else ():
            first = self._part(word[:cut])
            if not first or first == base:
                continue
            rest = word[cut:]
            tail = self._part(rest)
            if tail and tail != base:
                return (*self._split(first, word[:cut]), *self._split(tail, rest))
        return (base,)


def _sound(word: str) -> str:
    for written, heard in _FOLDS:
        word = word.replace(written, heard)
    return word


def _deletions(word: str) -> list[str]:
    return [word, *(word[:at] + word[at + 1 :] for at in range(len(word)))]


def _deletion_index(words: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
    """Index every word by itself and by itself less one letter: two words at edit distance 1 share a key."""
    index: dict[str, tuple[str, ...]] = {}
    for word in sorted(words):
        # Nearly every key has one word: all keys of a word share one tuple.
        alone = (word,)
        if len(word) >= 4:
            for key in dict.fromkeys(_deletions(_sound(word))):
                index[key] = index[key] + alone if key in index else alone
    return index
