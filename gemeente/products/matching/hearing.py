"""From a message to terms: which words of the catalogue a resident used, how surely, and where."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from gemeente.products.matching.catalogue import CatalogueRow, split_list
from gemeente.products.matching.index import content_words
from gemeente.products.matching.lexicon import DIALECTS, Lexicon
from gemeente.products.matching.reading import read
from gemeente.products.matching.tables import read_table
from gemeente.products.matching.vocabulary import Found, Vocabulary
from gemeente.products.matching.words import tokens

ENGLISH = "en:"
TRANSLATED, BORROWED = 0.95, 0.8
DUTCH = frozenset({"nl", "af", "und", "", *DIALECTS})
SENTENCE_GAP = 4
MAX_PLACES = 20
MIN_HALF = 3


@dataclass
class Heard:
    """A term in a message: its weight, the places where it stands, and the resident's own words for it."""

    weight: float = 0.0
    places: list[int] = field(default_factory=list)
    words: list[str] = field(default_factory=list)


class Listener:
    """Turns messages into terms, for one catalogue. Reads only, after it is built."""

    def __init__(self, rows: Sequence[CatalogueRow], data: Path) -> None:
        self._stop, everyday = _common_words(data / "common-words.tsv")
        self._lexicon = Lexicon(data / "lexicon.tsv")
        dutch = {
            word for row in rows for text in (row.plain_name, row.upl, *row.phrases) for word in self._dutch_words(text)
        }
        english = {
            word for row in rows for text in (row.plain_name_en, *row.phrases_en) for word in self._english_words(text)
        }
        self._dutch = Vocabulary(dutch)
        self._english = Vocabulary(english, english=True)
        self.everyday = frozenset(
            term for word in everyday for term in (*self._dutch.terms(word), *self.english_terms(word))
        )

    def dutch_terms(self, text: str) -> tuple[str, ...]:
        """Return the distinct terms of a Dutch phrase."""
        return tuple(dict.fromkeys(term for word in self._dutch_words(text) for term in self._dutch.terms(word)))

    def english_terms(self, text: str) -> tuple[str, ...]:
        """Return the distinct terms of an English phrase."""
        words = self._english_words(text)
        return tuple(dict.fromkeys(ENGLISH + term for word in words for term in self._english.terms(word)))

    def hear(self, text: str, language: str) -> dict[str, Heard]:
        """Return the terms of a message by name."""
        heard: dict[str, Heard] = {}
        place = 0
        for sentence in read(text):
            words = tokens(sentence.text)
            for at, word in enumerate(words):
                for found in self._terms(words, at, language):
                    spot = heard.setdefault(found.term, Heard())
                    spot.weight = max(spot.weight, sentence.weight * found.sureness)
                    if len(spot.places) < MAX_PLACES:
                        spot.places.append(place + at)
                    if word not in spot.words:
                        spot.words.append(word)
            place += len(words) + SENTENCE_GAP
        return heard

    def _dutch_words(self, text: str) -> list[str]:
        return content_words(text, self._stop["nl"])

    def _english_words(self, text: str) -> list[str]:
        return content_words(text, self._stop["en"])

    def _terms(self, words: Sequence[str], at: int, language: str) -> Iterator[Found]:
        word = words[at]
        if joined := self._joined(words, at):
            yield from self._dutch.find(joined, tolerant=False)
        if language == "en":
            yield from self._english_or_translated(words, at)
        elif language in DUTCH:
            yield from self._dutch_or_dialect(words, at)
        else:
            yield from (*self._translated(words, at, language), *self._borrowed(word))

    def _joined(self, words: Sequence[str], at: int) -> str:
        """Return a word and the next as one: "bouw vergunning"; empty when the catalogue does not write it so.

        Short words and a stop word at the end join nothing: "waar je" is no "waarje", "in den" no inflection of "IND".
        """
        if at + 1 == len(words) or words[at + 1] in self._stop["nl"]:
            return ""
        halves = words[at : at + 2]
        joined = "".join(halves)
        return joined if min(map(len, halves)) >= MIN_HALF and self._dutch.spells(joined) else ""

    def _dutch_or_dialect(self, words: Sequence[str], at: int) -> Sequence[Found]:
        word = words[at]
        if word in self._stop["nl"]:
            return ()
        if found := self._dutch.find(word, tolerant=False):
            return found
        for dialect in DIALECTS:
            if found := self._translated(words, at, dialect):
                return found
        return self._english_exact(word) or self._dutch.find(word, tolerant=True)

    def _english_or_translated(self, words: Sequence[str], at: int) -> Sequence[Found]:
        word = words[at]
        if word in self._stop["en"]:
            return ()
        translated = self._translated(words, at, "en")
        found = self._english.find(word, tolerant=not translated)
        return (*(Found(ENGLISH + one.term, one.sureness) for one in found), *translated) or self._borrowed(word)

    def _translated(self, words: Sequence[str], at: int, language: str) -> tuple[Found, ...]:
        dutch = self._lexicon.translate(language, words, at)
        return tuple(Found(found.term, TRANSLATED) for word in dutch for found in self._dutch.find(word, tolerant=True))

    def _borrowed(self, word: str) -> Sequence[Found]:
        """Find a word that the catalogue itself uses, in a message in another language: "DigiD", "uittreksel", "parking".

        The English phrases of the catalogue also hold words of other languages.
        """
        if word in self._stop["nl"] or word in self._stop["en"] or len(word) < 3:
            return ()
        dutch = tuple(Found(one.term, BORROWED) for one in self._dutch.find(word, tolerant=False))
        return (*dutch, *self._english_exact(word))

    def _english_exact(self, word: str) -> tuple[Found, ...]:
        if word in self._stop["en"]:
            return ()
        return tuple(Found(ENGLISH + one.term, BORROWED) for one in self._english.find(word, tolerant=False))


def _common_words(path: Path) -> tuple[dict[str, frozenset[str]], frozenset[str]]:
    stop: dict[str, set[str]] = {"nl": set(), "en": set()}
    everyday: set[str] = set()
    for _, cells in read_table(path, ("language", "kind", "words")):
        target = stop[cells["language"]] if cells["kind"] == "stop" else everyday
        target.update(word for part in split_list(cells["words"]) for word in tokens(part))
    return {language: frozenset(words) for language, words in stop.items()}, frozenset(everyday)
