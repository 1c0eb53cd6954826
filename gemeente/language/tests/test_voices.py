import tomllib
import unicodedata

import pytest

from gemeente.language.detect import UNKNOWN, _telling_words
from gemeente.language.voices import LANGUAGES, script_of, voices, without_accents

TABLES = [
    pytest.param(script, table, id=f"{language}.{script}")
    for language, scripts in tomllib.loads(LANGUAGES.read_text(encoding="utf-8")).items()
    for script, table in scripts.items()
]


@pytest.mark.parametrize(("script", "table"), TABLES)
def test_every_listed_word_is_one_that_detection_can_meet(script: str, table: dict[str, str]) -> None:
    words = table.get("words", "").split()
    assert [
        word for word in words if _telling_words(unicodedata.normalize("NFKC", f"{word} {word}")) != [word] * 2
    ] == []
    assert len(words) == len(set(words))


@pytest.mark.parametrize(("script", "table"), TABLES)
def test_every_listed_word_and_letter_is_in_its_script(script: str, table: dict[str, str]) -> None:
    signs = set(table.get("words", "") + table.get("letters", ""))
    strange = {sign for sign in signs if script_of(sign) not in ("", script)}
    assert strange == set()


def test_dutch_comes_first() -> None:
    assert voices()["LATIN"].all[0].language == UNKNOWN


def test_every_script_has_a_voice_that_the_model_knows_or_one_voice_only() -> None:
    assert [
        script for script, known in voices().items() if len(known.all) > 1 and not any(v.model for v in known.all)
    ] == []


def test_accents_fall_away_in_latin_letters_only() -> None:
    assert without_accents("şülé") == "sule"
    assert without_accents("мій") == "мій"
