"""How we speak: what residents told researchers about words (R…), and the vision's own ("een inwoner is geen klant")."""

import re

import pytest

from tests.browser.lived_through import SURNAME, Life, Sheet
from tests.browser.post import Post
from tests.browser.product import Product
from tests.browser.town import Town
from tests.browser.visitor import DESK, NUMBER

LONGEST_SENTENCE = 15
SENTENCE_ENDS = re.compile(r"(?<=[.!?:])\s+|\n+")
WEB_ADDRESS = re.compile(r"https?://\S+")


@pytest.fixture(scope="module")
def sheets(everybody: Town, product: Product) -> list[Sheet]:
    """Return every page and mail in the life of one question."""
    life = Life(everybody, Post(product))
    life.live()
    everybody.rest()
    return life.sheets


@pytest.fixture(scope="module")
def read_by_residents(sheets: list[Sheet]) -> list[Sheet]:
    """Return what the resident read, on screen and by mail."""
    return [sheet for sheet in sheets if sheet.reader != "employee"]


@pytest.fixture(scope="module")
def pages(sheets: list[Sheet]) -> list[Sheet]:
    """Return the pages of MijnGroningen."""
    return [sheet for sheet in sheets if sheet.reader == "resident"]


def found(pattern: str, sheets: list[Sheet]) -> list[str]:
    """Return where a pattern stands, with the words around it."""
    expression = re.compile(rf".{{0,40}}(?:{pattern}).{{0,40}}", re.IGNORECASE)
    return [f"{sheet.where}: {hit}" for sheet in sheets for hit in expression.findall(sheet.text)]


def test_V27_R12_nobody_is_called_klant(sheets: list[Sheet], town: Town) -> None:
    assert not found("klant", sheets)
    somebody = town.visitor()
    for path in ("/inloggen/", "/postbus/", "/postbus/rj/"):
        somebody.open(path)
        assert "klant" not in somebody.seen().lower()


def test_R5_who_asked_nothing_sees_nothing_but_where_to_ask(pages: list[Sheet]) -> None:
    (home,) = (sheet for sheet in pages if sheet.where == "/ (nothing asked)")
    assert home.text.count("Stel uw vraag") >= 1
    for heading in ("Dit kunt u nu doen", "Uw vragen", "Alle vragen", "Alle berichten"):
        assert heading not in home.text


def test_R7_a_number_is_always_named(read_by_residents: list[Sheet]) -> None:
    for sheet in read_by_residents:
        named = re.sub(rf"vraagnummer (is )?{NUMBER.pattern}", "", sheet.text, flags=re.IGNORECASE)
        assert not NUMBER.search(WEB_ADDRESS.sub("", named)), sheet.where


def test_R9_ontvangen_is_never_said(read_by_residents: list[Sheet]) -> None:
    assert not found("ontvangen", read_by_residents)


def test_R10_words_that_nobody_understood_are_not_used(read_by_residents: list[Sheet]) -> None:
    assert not found("in behandeling|samenwerk", read_by_residents)
    bare = {"open", "lopend", "afgerond", "gesloten"}
    for sheet in read_by_residents:
        assert not bare & {line.strip().lower() for line in sheet.text.splitlines()}, sheet.where
    labels = {line for sheet in read_by_residents for line in sheet.text.splitlines() if line.startswith("Mijn ")}
    assert labels <= {"Mijn vraag is niet opgelost"}


def test_R11_a_question_is_a_vraag_and_nothing_else(read_by_residents: list[Sheet]) -> None:
    assert found(r"\bvraag\b", read_by_residents)
    assert not found(r"\b(zaak|zaken|zaaknummer|casus|dossier|ticket|case|melding|aanvraag)\b", read_by_residents)


def test_R3_what_one_can_do_has_one_word(read_by_residents: list[Sheet]) -> None:
    assert found("Dit kunt u nu doen", read_by_residents)
    assert not found(r"\b(taak|taken|to-?do|openstaande?|acties?)\b", read_by_residents)


def test_R20_every_link_stays_here_or_calls(pages: list[Sheet]) -> None:
    for sheet in pages:
        assert sheet.links, sheet.where
        elsewhere = [link for link in sheet.links if not link.startswith(("/", "?", "#", "tel:"))]
        assert not elsewhere, sheet.where


def test_R24_everybody_is_called_by_name_and_u(read_by_residents: list[Sheet]) -> None:
    assert not found(r"\b(je|jij|jou|jouw|jullie)\b", read_by_residents)
    assert not found("meneer, mevrouw|meneer/mevrouw|heer/mevrouw|geachte", read_by_residents)
    for sheet in read_by_residents:
        if sheet.where.startswith("/ ("):
            assert re.search(rf"Goed\w+, meneer {SURNAME}", sheet.text)
        if sheet.reader == "post":
            assert f"Beste meneer {SURNAME}," in sheet.text, sheet.where


def test_R25_no_sentence_is_longer_than_fifteen_words(read_by_residents: list[Sheet]) -> None:
    long = {
        f"{sheet.where}: {sentence}"
        for sheet in read_by_residents
        for sentence in SENTENCE_ENDS.split(sheet.text)
        if len(sentence.split()) > LONGEST_SENTENCE
    }
    assert not long


def test_R26_another_way_to_reach_us_stands_on_every_page_and_in_every_mail(read_by_residents: list[Sheet]) -> None:
    for sheet in read_by_residents:
        assert "14 050" in sheet.text, sheet.where
        assert sheet.reader == "post" or "Harm Buiterplein 1" in sheet.text, sheet.where


def test_R27_a_chosen_language_is_the_whole_interface_and_is_remembered(town: Town) -> None:
    maya = town.resident("Maya Okafor")
    maya.open("/")
    maya.page.locator("body").get_by_text("English", exact=True).click(timeout=1_000)
    for path in ("/", "/vragen/", "/berichten/", "/stel-uw-vraag/"):
        maya.open(path)
        assert maya.page.locator("html").get_attribute("lang") == "en"


def test_R27_a_chosen_language_is_there_again_on_another_screen(town: Town) -> None:
    pieter = town.resident("Pieter de Vries", on=DESK)
    for language, other in (("English", "en"), ("Nederlands", "nl")):
        pieter.open("/vragen/")
        pieter.page.get_by_role("button", name=language, exact=True).click()
        assert pieter.path == "/vragen/"
        elsewhere = town.visitor()
        elsewhere.page.context.clear_cookies()
        elsewhere.log_in_as("Pieter de Vries")
        assert elsewhere.page.locator("html").get_attribute("lang") == other
        elsewhere.page.context.clear_cookies()
