"""What stands in the data, as a reader of English meets it: said in English where we can, else marked with its own language."""

import re
from html import unescape

import pytest
from django.utils import translation
from django.utils.translation import gettext
from hypothesis import given
from hypothesis import strategies as st

from gemeente.contact import history_words
from gemeente.contact.partners import partners
from gemeente.contact.words import own, said
from gemeente.products.queries import catalogue

pytestmark = pytest.mark.django_db
WRITTEN = "De stoep voor mijn huis ligt los en mijn moeder is gevallen."


def test_a_reader_of_dutch_meets_it_as_it_is() -> None:
    with translation.override("nl"):
        assert own(WRITTEN) == WRITTEN
        assert said("een vraag behandelen") == "een vraag behandelen"


def test_what_we_always_say_the_same_is_said_in_english() -> None:
    with translation.override("en"):
        assert own("een vraag behandelen") == said("een vraag behandelen") == "handling a question"


def test_what_our_history_says_keeps_its_values_in_english() -> None:
    told = {"number": "2026-12071", "title": "Losse stoep", "count": 3, "who": "Jan Mulder", "grade": 8}
    for written in history_words.ALL:
        with translation.override("en"):
            assert said(written % told) == gettext(written) % told != written % told
        with translation.override("nl"):
            assert said(written % told) == written % told


def test_what_the_partners_of_the_shipped_register_are_for_is_said_in_english() -> None:
    with translation.override("en"):
        assert not [one.what_for for one in partners().values() if said(one.what_for) == one.what_for]


def test_every_product_has_its_english_name() -> None:
    named: dict[str, set[str]] = {}  # two products may share their Dutch name
    for product in catalogue().values():
        named.setdefault(product.name, set()).add(product.name_en)
    with translation.override("en"):
        assert all(said(dutch) in english - {""} for dutch, english in named.items())


def test_what_somebody_wrote_stays_and_says_its_language() -> None:
    with translation.override("en"):
        assert own(WRITTEN) == f'<span lang="nl">{WRITTEN}</span>'
        assert own("My pavement is loose and my mother fell.") == "My pavement is loose and my mother fell."
        assert own("Моя мама впала на вулиці, бо тротуар розбитий.").startswith('<span lang="uk">')
        assert said(WRITTEN) == WRITTEN


@given(text=st.text(max_size=200), language=st.sampled_from(["nl", "en"]))
def test_nothing_is_lost_and_nothing_becomes_markup(text: str, language: str) -> None:
    with translation.override(language):
        shown, words = own(text), said(text)
    inside = re.sub(r'^<span lang="[a-z]{2,3}">(.*)</span>$', r"\1", shown, flags=re.DOTALL)
    assert "<" not in inside
    assert unescape(inside) == words
