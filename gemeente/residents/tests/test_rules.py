from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gemeente.residents.rules import (
    LETTERS_AT_MOST,
    NAMES_AT_MOST,
    SearchWords,
    email_key,
    likely_meant,
    mistakes,
    passes_eleven_test,
    phone_key,
    read_search,
    search_key,
    variants,
)
from gemeente.residents.types import Name, PartyKind


@pytest.mark.parametrize(
    ("number", "passes"),
    [("999990019", True), ("999990018", False), ("000000000", False), ("12345678", False), ("99999001٩", False)],
)
def test_the_eleven_test(number: str, passes: bool) -> None:
    assert passes_eleven_test(number) is passes


@given(st.integers(1, 99_999_999), st.integers(0, 9))
def test_one_wrong_last_digit_never_passes_too(begin: int, last: int) -> None:
    good = [digit for digit in range(10) if passes_eleven_test(f"{begin:08}{digit}")]
    assert len(good) <= 1


def test_spellings_of_one_name_share_a_key() -> None:
    assert search_key("Özdemir-Brûlé") == search_key("OZDEMIR  brule") == "ozdemir brule"


@given(st.text(max_size=60))
def test_a_search_key_is_its_own_key(text: str) -> None:
    assert search_key(search_key(text)) == search_key(text)


@pytest.mark.parametrize("number", ["06 1234 5678", "+31 6 12345678", "0031612345678", "(06) 12-34-56-78"])
def test_one_phone_number_however_written(number: str) -> None:
    assert phone_key(number) == "0612345678"


def test_mail_addresses_are_compared_without_capitals() -> None:
    assert email_key(" Hiltje@Voorbeeld.NL ") == "hiltje@voorbeeld.nl"


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("9715ab 214", SearchWords((), "9715AB", "214")),
        ("hoekstra 9715", SearchWords(("hoekstra",), "9715")),
        ("Jan de Vries 12", SearchWords(("jan", "de", "vries"))),
        ("0123 AB", SearchWords(("ab",))),
        ("Łukasz Ørsted", SearchWords(("lukasz", "orsted"))),
        ("Олена", SearchWords(("олена",))),
        ("vries 4-3-1955", SearchWords(("vries",), birth_date=date(1955, 3, 4))),
        ("31-02-1955", SearchWords(())),
        ("06 1234 5678", SearchWords((), phone="0612345678")),
        ("+31612345678 bos", SearchWords(("bos",), phone="0612345678")),
        ("999990019", SearchWords((), bsn="999990019")),
        ("999990018", SearchWords(())),
    ],
)
def test_what_stands_in_the_search_box(words: str, found: SearchWords) -> None:
    assert read_search(words) == found


@given(st.text(max_size=300))
def test_whatever_is_typed_is_read_and_bounded(text: str) -> None:
    asked = read_search(text)
    assert len(asked.names) <= NAMES_AT_MOST
    assert all(0 < len(name) <= LETTERS_AT_MOST for name in asked.names)


def test_the_leading_name_is_the_longest_that_is_no_prefix() -> None:
    assert read_search("van der Bos").leading == "bos"
    assert read_search("Jan Hoekstra").leading == "hoekstra"
    assert read_search("van de").leading == "van"
    assert read_search("9715").leading == ""


_WORD = st.text("abcdijklmnoyz", min_size=1, max_size=12)


@given(_WORD, st.sampled_from(["drop", "add", "change", "swap"]), st.integers(0, 12), st.sampled_from("abijyz"))
def test_one_typing_mistake_is_one_and_is_found(word: str, kind: str, at: int, letter: str) -> None:
    at %= len(word)
    typed = {
        "drop": word[:at] + word[at + 1 :],
        "add": word[:at] + letter + word[at:],
        "change": word[:at] + letter + word[at + 1 :],
        "swap": word[:at] + word[at : at + 2][::-1] + word[at + 2 :],
    }[kind]
    assert mistakes(typed, word) == (typed != word)
    assert variants(typed) & variants(word)
    assert word in likely_meant(typed, {word, "xxxxx"}, at_most=2)


@pytest.mark.parametrize(
    ("typed", "word", "meant"),
    [
        ("dykstra", "dijkstra", True),
        ("bos", "bas", True),
        ("bos", "bank", False),
        ("mohamet", "mohammed", True),
        ("jansen", "hansens", True),
    ],
)
def test_how_far_a_name_may_lie_from_what_was_typed(typed: str, word: str, meant: bool) -> None:
    assert (likely_meant(typed, {word}, at_most=1) == [word]) is meant


def test_names_as_people_are_called() -> None:
    name = Name(kind=PartyKind.PERSON, given="Hiltje", prefix="de", family="vries", gender="V")
    assert (name.full, name.polite, name.short) == ("Hiltje de vries", "mevrouw De vries", "H. de vries")
    nameless = Name(kind=PartyKind.PERSON, given="Robin", family="Bakker", gender="O")
    assert nameless.polite == "Robin Bakker"
    shop = Name(kind=PartyKind.BUSINESS, business="Bakkerij Van Dam")
    assert shop.full == shop.polite == shop.short == "Bakkerij Van Dam"
