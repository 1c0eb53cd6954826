"""Other languages and dialect: a resident's word becomes the Dutch key words of the catalogue."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from gemeente.products.matching.catalogue import split_list
from gemeente.products.matching.tables import read_table
from gemeente.products.matching.words import fold, tokens

DIALECTS = ("gos", "fy")
MIN_PREFIX = 3
_ARABIC_ARTICLES = ("وال", "بال", "لل", "ال", "و", "ب", "ل")
Entry = tuple[tuple[str, ...], tuple[str, ...]]


class Lexicon:
    """Maps words of one language to Dutch key words. `*` ends a form that may go on; a form may have several words."""

    def __init__(self, path: Path) -> None:
        self._forms: dict[str, dict[str, list[Entry]]] = {}
        for _, cells in read_table(path, ("language", "dutch", "words")):
            for form in split_list(cells["words"]):
                self._add(cells["language"], form, tuple(tokens(cells["dutch"])))

    def _add(self, language: str, form: str, dutch: tuple[str, ...]) -> None:
        words = tuple(fold(form).split())
        self._forms.setdefault(language, {}).setdefault(words[0], []).append((words[1:], dutch))

    def translate(self, language: str, words: Sequence[str], at: int) -> tuple[str, ...]:
        """Return the Dutch key words for the word at this place and what follows it; empty when it is not in the lexicon."""
        forms = self._forms.get(language, {})
        for word in _variants(words[at], language):
            for key in _keys(word):
                for rest, dutch in sorted(forms.get(key, ()), key=lambda entry: -len(entry[0])):
                    if _follows(rest, words, at + 1):
                        return dutch
        return ()


def _variants(word: str, language: str) -> Iterator[str]:
    yield word
    if language in ("ar", "fa"):
        yield from (
            word.removeprefix(part) for part in _ARABIC_ARTICLES if word.startswith(part) and len(word) > len(part) + 2
        )


def _keys(word: str) -> Iterator[str]:
    yield word
    yield from (word[:length] + "*" for length in range(len(word), MIN_PREFIX - 1, -1))


def _follows(rest: tuple[str, ...], words: Sequence[str], at: int) -> bool:
    heard = words[at : at + len(rest)]
    return len(heard) == len(rest) and all(
        word.startswith(form[:-1]) if form.endswith("*") else word == form
        for form, word in zip(rest, heard, strict=True)
    )
