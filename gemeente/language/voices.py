"""The languages we know: read from data/languages.toml, and turned into tables that are quick to ask."""

import tomllib
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

LANGUAGES = Path(__file__).parent / "data" / "languages.toml"
Credits = tuple[tuple[int, float], ...]

_WITHOUT_ACCENT = {"ı": "i", "ł": "l", "ø": "o", "đ": "d", "ß": "ss", "æ": "ae", "ə": "e"}
_SCRIPTS = {"CJK": "HAN", "HIRAGANA": "KANA", "KATAKANA": "KANA"}


@dataclass(frozen=True)
class Voice:
    """One language in one script. `model` holds the labels of the model for it."""

    language: str
    prior: float
    model: tuple[str, ...]


@dataclass(frozen=True)
class Voices:
    """The languages of one script. `words` and `letters` say to which voices (by number) they point, and how surely (0 to 1)."""

    all: tuple[Voice, ...]
    words: Mapping[str, Credits]
    letters: Mapping[str, Credits]

    def credits(self, word: str) -> Credits:
        """Return to which voices a word in lower case points."""
        found = self.words.get(word) or self.words.get(without_accents(word))
        if found is not None:
            return found
        return max((self.letters[sign] for sign in word if sign in self.letters), key=_sureness, default=())


def without_accents(word: str) -> str:
    """Return a word in Latin letters as people type it in haste. In other scripts marks make other letters, and stay."""
    return word if word.isascii() else "".join(map(_bare, word))


@lru_cache(4096)
def _bare(sign: str) -> str:
    if script_of(sign) != "LATIN":
        return sign
    return _WITHOUT_ACCENT.get(sign) or unicodedata.normalize("NFD", sign)[0]


@lru_cache(4096)
def script_of(sign: str) -> str:
    """Return the script of one character, such as "LATIN"; empty when it is no letter."""
    if not sign.isalpha():
        return ""
    name = unicodedata.name(sign, "").partition(" ")[0]
    return _SCRIPTS.get(name, name)


@cache
def voices() -> dict[str, Voices]:
    """Return the voices by script. Read once a process."""
    tables: dict[str, dict[str, dict[str, Any]]] = defaultdict(dict)
    for language, scripts in _languages().items():
        for script, table in scripts.items():
            tables[script][language] = table
    return {script: _voices(of_script) for script, of_script in tables.items()}


@cache
def borrowed() -> frozenset[str]:
    """Return the Dutch words that people use in any language."""
    return frozenset(_languages()["nl"]["LATIN"]["borrowed"].split())


@cache
def _languages() -> dict[str, dict[str, dict[str, Any]]]:
    return tomllib.loads(LANGUAGES.read_text(encoding="utf-8"))


def _voices(tables: dict[str, dict[str, Any]]) -> Voices:
    return Voices(
        all=tuple(
            Voice(language, float(table["prior"]), tuple(table.get("model", (language,))))
            for language, table in tables.items()
        ),
        words=_credits(
            _forms(f"{table.get('words', '')} {table.get('borrowed', '')}".split()) for table in tables.values()
        ),
        letters=_credits(table.get("letters", "") for table in tables.values()),
    )


def _forms(words: Iterable[str]) -> set[str]:
    return {form for word in words for form in (word, without_accents(word))}


def _credits(signs_by_voice: Iterable[Iterable[str]]) -> dict[str, Credits]:
    has: dict[str, list[int]] = defaultdict(list)
    for number, signs in enumerate(signs_by_voice):
        for sign in set(signs):
            has[sign].append(number)
    return {sign: tuple((number, 1 / len(numbers)) for number in numbers) for sign, numbers in has.items()}


def _sureness(pointers: Credits) -> float:
    return pointers[0][1]
