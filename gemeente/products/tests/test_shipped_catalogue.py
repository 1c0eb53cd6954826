"""What the catalogue and the lexicon that ship with the product must keep to."""

import pytest

from gemeente.products.matching import CatalogueRow, load_catalogue
from gemeente.products.matching.hearing import Listener
from gemeente.products.matching.index import PhraseIndex
from gemeente.products.matching.matcher import DATA, load_priors
from gemeente.products.matching.words import stem, tokens

GENERAL = 3.0
ROWS = load_catalogue(sorted(DATA.glob("catalogue*.tsv")))


@pytest.fixture(scope="module")
def listener() -> Listener:
    return Listener(ROWS, DATA)


def marked(row: CatalogueRow, listener: Listener) -> list[tuple[str, tuple[str, ...]]]:
    """Return the decisive and negative phrases of several words, with the terms that are left of each."""
    return [
        (phrase, terms(phrase.lstrip("!-")))
        for phrases, terms in ((row.phrases, listener.dutch_terms), (row.phrases_en, listener.english_terms))
        for phrase in phrases
        if phrase[0] in "!-" and len(tokens(phrase)) > 1
    ]


def test_no_decisive_or_negative_phrase_rests_on_one_everyday_or_general_word(listener: Listener) -> None:
    index = PhraseIndex(ROWS, dutch=listener.dutch_terms, english=listener.english_terms, everyday=listener.everyday)
    bare = [
        (row.upl, phrase)
        for row in ROWS
        for phrase, terms in marked(row, listener)
        if len(terms) == 1 and index.rarity[terms[0]] < GENERAL
    ]
    assert bare == []


def test_every_weighed_product_is_in_the_catalogue() -> None:
    assert set(load_priors(DATA / "priors.tsv")) <= {row.upl for row in ROWS}


@pytest.mark.parametrize("text", ["in den", "die er", "in een", "heeft je", "op en", "waar je"])
def test_two_small_words_are_not_read_as_one(listener: Listener, text: str) -> None:
    assert listener.hear(text, "nl") == {}


def test_words_written_apart_are_read_as_one_when_the_catalogue_writes_them_so(listener: Listener) -> None:
    assert set(listener.dutch_terms("parkeervergunning")) <= set(listener.hear("parkeer vergunning", "nl"))


def test_by_the_way_is_not_about_a_wedding(listener: Listener) -> None:
    assert listener.hear("trouwens", "nl") == {}


@pytest.mark.parametrize(("word", "other"), [("buurt", "buren"), ("lozen", "los"), ("gestort", "storten")])
def test_words_that_only_look_alike_keep_apart(word: str, other: str) -> None:
    assert stem(word) != stem(other)


@pytest.mark.parametrize(
    ("text", "language"),
    [("Искам да регистрирам фирма", "bg"), ("Chcę zarejestrować firmę", "pl"), ("Quiero registrar mi empresa", "es")],
)
def test_to_register_something_is_not_to_register_oneself_as_a_resident(
    listener: Listener, text: str, language: str
) -> None:
    assert "brp" not in listener.hear(text, language)
