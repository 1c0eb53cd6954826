import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from py3langid.langid import MODEL_FILE, LanguageIdentifier

from gemeente.language.model import Model

MESSAGES = Path(__file__).parents[3] / "tests" / "understanding" / "data" / "language-tune.jsonl"
# "sr" stands twice in the model: Serbian in both of its scripts.
LABELS = ("nl", "fy", "en", "ar", "ru", "sr", "zh", "ja")


@pytest.fixture(scope="module")
def ours() -> Model:
    return Model(LABELS)


@pytest.fixture(scope="module")
def theirs() -> LanguageIdentifier:
    identifier = LanguageIdentifier.from_model_file(MODEL_FILE)
    identifier.set_languages(list(LABELS))
    return identifier


def _fits_as_there(ours: Model, theirs: LanguageIdentifier, text: str) -> bool:
    """Tell whether a text fits each language as it does there; where the model knows nothing, all languages alike."""
    fits, there = ours.fits(text), dict(theirs.rank(text))
    return len(set(fits.values())) == 1 if len(set(there.values())) == 1 else fits == pytest.approx(there, rel=1e-4)


def test_a_message_fits_as_it_fits_in_py3langid(ours: Model, theirs: LanguageIdentifier) -> None:
    for line in MESSAGES.read_text(encoding="utf-8").splitlines():
        text = json.loads(line)["text"].lower()
        assert _fits_as_there(ours, theirs, text), text


@given(text=st.text(min_size=1, max_size=60))
def test_any_text_fits_as_it_fits_in_py3langid(ours: Model, theirs: LanguageIdentifier, text: str) -> None:
    assert _fits_as_there(ours, theirs, text.lower())


def test_a_text_in_which_the_model_knows_nothing_fits_all_alike(ours: Model) -> None:
    assert set(ours.fits("").values()) == {0.0}


def test_a_language_that_the_model_does_not_know_is_refused() -> None:
    with pytest.raises(ValueError, match="xx"):
        Model(["nl", "xx"])
