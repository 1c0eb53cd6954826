"""The rules that come with the product, and what holds for any text whatever the rules."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gemeente.contact.urgency import Urgency, UrgencyRules, load_rules
from gemeente.contact.urgency.text import fresh_text, split_words

LANGUAGES = ("ar", "bg", "de", "en", "es", "fa", "fr", "it", "nl", "pl", "pt", "ro", "ru", "so", "ti", "tr", "uk", "zh")
DANGER = (
    ("N1", "ik wil niet meer leven"),
    ("N2", "mijn man slaat mij en de kinderen"),
    ("N3", "het ruikt in huis naar gas"),
    ("N4", "mijn moeder ligt op de grond en reageert niet"),
    ("N5", "we staan met een baby op straat en weten niet waar we vannacht moeten slapen"),
    ("V1", "morgen worden wij uit ons huis gezet"),
    ("V2", "wij zitten zonder stroom"),
    ("V3", "er is vandaag niks te eten voor de kinderen"),
    ("V4", "morgen is de begrafenis en de akte is er nog niet"),
    ("V5", "morgen vlieg ik en mijn paspoort is kwijt"),
    ("V6", "de thuiszorg komt vandaag niet"),
    ("V7", "er ligt glas in de zandbak"),
    ("V8", "de termijn voor mijn bezwaar loopt vandaag af"),
)
HARMLESS = (
    "DRINGEND!!! wanneer wordt mijn container geleegd?",
    "ik lach me dood om die parkeerapp",
    "geen spoed hoor, maar de lantaarn knippert",
    "vorig jaar was er brand in de schuur, wie vergoedt dat",
    "welke vergunning heb ik nodig voor een vuurwerkshow",
    "in Turkije is het huis van mijn zus ingestort door de aardbeving",
)


@pytest.fixture(scope="module")
def rules() -> UrgencyRules:
    return load_rules()


@pytest.mark.parametrize(("code", "text"), DANGER)
def test_each_code_has_a_message_that_shows_it(rules: UrgencyRules, code: str, text: str) -> None:
    assert rules.assess(text, "nl").code == code


@pytest.mark.parametrize("text", HARMLESS)
def test_what_only_sounds_dangerous_is_normal(rules: UrgencyRules, text: str) -> None:
    assert rules.assess(text, "nl").urgency == Urgency.NORMAL


def test_each_language_has_its_words(rules: UrgencyRules) -> None:
    assert tuple(sorted(rules.compiled.lexicons)) == LANGUAGES


@pytest.mark.parametrize(("code", "text"), DANGER)
def test_greeting_name_and_history_change_nothing(rules: UrgencyRules, code: str, text: str) -> None:
    letter = f"Geachte heer/mevrouw,\n\n{text}\n\nMet vriendelijke groet,\nJ. de Vries\nHoofdstraat 3"
    answer = f"Hoi,\n{text}\n\nOp 3 mei 2025 schreef de gemeente:\n> ik wil dood\n> er is brand in huis"
    assert rules.assess(letter, "nl") == rules.assess(text, "nl")
    assert rules.assess(answer, "nl").code == code


@given(
    text=st.text()
    | st.lists(
        st.sampled_from("hij slaat mij niet gas brand dood . , ! \n > van: 9 geen vorig jaar de".split(" "))
    ).map(" ".join),
    language=st.sampled_from((*LANGUAGES, "xx", "")),
)
def test_no_text_ever_raises(rules: UrgencyRules, text: str, language: str) -> None:
    finding = rules.assess(text, language)
    assert (finding.urgency == Urgency.NORMAL) == (finding.code == "")
    assert bool(finding.words) == bool(finding.code)


@given(parts=st.lists(st.sampled_from([text for _, text in DANGER] + list(HARMLESS)), min_size=1, max_size=3))
def test_capitals_and_line_ends_change_nothing(rules: UrgencyRules, parts: list[str]) -> None:
    text = ". ".join(parts)
    expected = rules.assess(text, "nl")
    assert rules.assess(text.upper(), "nl").code == expected.code
    assert rules.assess(f"  {text}\r\n", "nl") == expected


@pytest.mark.parametrize(
    "text",
    [
        "hij slaat mij niet " * 6_000,
        "dood wil ik " * 9_000,
        "van: x\naan: y\n" * 8_000,
        "> gas\n" * 20_000,
        "a" * 100_000,
    ],
)
def test_a_hostile_text_is_cut_to_size(text: str) -> None:
    words = split_words(fresh_text(text))
    assert len(words.plain) <= 25_000 / 2 + 1
    assert len(words.raw) == len(words.plain) == len(words.sentence) == len(words.clause)


def test_danger_at_the_end_of_a_long_text_is_found(rules: UrgencyRules) -> None:
    assert rules.assess("Over de afvalkalender. " * 5_000 + "Ik wil niet meer leven.", "nl").code == "N1"


class TestFreshText:
    def test_history_goes(self) -> None:
        assert "brand" not in fresh_text("Dank u wel.\n\nVan: a@b.nl\nAan: c@d.nl\nOnderwerp: brand\nEr is brand")

    def test_a_text_of_history_alone_stays(self) -> None:
        assert "brand" in fresh_text("> er is brand")

    def test_regards_to_somebody_are_no_signature(self) -> None:
        assert "moeder" in fresh_text("Ik ga weg.\nGroeten aan mijn moeder")

    def test_a_name_in_the_signature_goes(self) -> None:
        assert fresh_text("Er is iets.\n\nMvg,\nPiet Brand").strip() == "Er is iets."
