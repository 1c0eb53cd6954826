"""What a question is called: in the resident's own words as far as there are any (R7)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gemeente.contact.rules import TITLE_AT_MOST, shorten, title_of

WORDLESS = "Een vraag zonder woorden"


def title(*, subject: str = "", text: str = "", product: str = "") -> str:
    return title_of(subject=subject, text=text, product_name=product)


@pytest.mark.parametrize(
    "subject",
    ["De stoep", "Re: De stoep", "RE: FW: antw: De stoep", "  re : De   stoep\t", "Doorst: De stoep", "Aw: De stoep"],
)
def test_the_residents_own_subject_comes_first_without_marks_of_replying(subject: str) -> None:
    assert title(subject=subject, text="Iets anders.", product="Een paspoort") == "De stoep"


def test_a_word_that_only_begins_like_a_mark_stays() -> None:
    assert title(subject="Regen in de kelder") == "Regen in de kelder"


@pytest.mark.parametrize("subject", ["", "Re:", "  ", "fwd: re:"])
def test_without_a_subject_it_is_called_after_the_product(subject: str) -> None:
    assert title(subject=subject, text="Mijn pas is weg", product="Een paspoort") == "Een paspoort"


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Er ligt een boom om. Kunt u komen?", "Er ligt een boom om"),
        ("Beste gemeente,\n\nEr ligt een boom om.", "Er ligt een boom om"),
        ("Goedemorgen! Er ligt een boom om", "Er ligt een boom om"),
        ("L.S., er ligt een boom om", "er ligt een boom om"),
        ("Moi\nEr ligt een boom om", "Er ligt een boom om"),
        ("... Er ligt een boom om", "Er ligt een boom om"),
        ("?!\n\nEr ligt een boom om", "Er ligt een boom om"),
    ],
)
def test_without_a_product_it_is_called_after_the_first_words_past_the_greeting(text: str, named: str) -> None:
    assert title(text=text) == named


@pytest.mark.parametrize("text", ["", " \n ", "...?!", "Beste gemeente,"])
def test_a_question_without_words_still_has_a_name(text: str) -> None:
    assert title(text=text) == WORDLESS


@given(st.text(max_size=300), st.text(max_size=300), st.sampled_from(["", "Een paspoort"]))
def test_a_title_is_one_line_that_fits(subject: str, text: str, product: str) -> None:
    named = title(subject=subject, text=text, product=product)
    assert 0 < len(named) <= TITLE_AT_MOST
    assert named == " ".join(named.split())


@given(st.from_regex(r"[a-z]{2,20}( [a-z]{2,20}){1,30}", fullmatch=True))
def test_a_long_title_is_cut_between_words(text: str) -> None:
    cut = shorten(text)
    if len(text) <= TITLE_AT_MOST:
        assert cut == text
        return
    kept = cut.removesuffix("…")
    assert kept != cut
    assert text.startswith(f"{kept} ")


def test_one_endless_word_is_cut_too() -> None:
    assert len(shorten("x" * 500)) == TITLE_AT_MOST
