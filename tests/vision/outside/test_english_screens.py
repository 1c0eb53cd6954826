"""R27: with English chosen, no screen and no mail speaks Dutch, but for what somebody wrote in it, and that says that it is."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.browser.post import Post
from tests.browser.town import Town
from tests.browser.visitor import DESK, Visitor
from tests.browser.walk import screens
from tests.vision.outside.test_every_screen import faults

# Words of Dutch that are no words of English.
DUTCH = re.compile(
    r"\b(de|het|een|van|uw|wij|niet|voor|met|bij|aan|naar|dit|deze|geen|zijn|wordt|ook|nog|dat|maar|kunt|heeft|bent|"
    r"hebben|vraag|vragen|bericht|berichten|inwoner|medewerker|gemeente|kies|schrijf|stuur|bekijk|terug|uur)\b",
    re.IGNORECASE,
)
# A name is no language: "Hiltje de Vries", "B. van der Laan".
NAME = re.compile(
    r"\b[A-Z][\w.’'-]*(?: (?:[Vv]an|[Dd]e|der|den|ter|ten|het|’t|'t))+ [A-Z]\w+|De Broodbus van Van Dam|WIJ Groningen"
)
ADDRESS = re.compile(r"https?://\S+|\S+@\S+|/[\w/-]+/")
# Every text of the page that is in the language of the page, also what only a screen reader says, or a field shows.
TEXTS = """() => {
    const spoken = one => one.closest("[lang]").lang;
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const found = [];
    while (walk.nextNode()) {
        const one = walk.currentNode.parentElement;
        if (one.tagName !== "SCRIPT" && one.tagName !== "TEXTAREA" && spoken(one) === "en") found.push(walk.currentNode.data);
    }
    for (const name of ["aria-label", "placeholder", "title", "alt", "data-l"])
        for (const one of document.querySelectorAll(`[${name}]`)) if (spoken(one) === "en") found.push(one.getAttribute(name));
    return [document.title.split(" – ").at(-1), ...found].map(text => text.trim()).filter(Boolean);
}"""


def dutch(somebody: Visitor, where: str) -> Iterator[str]:
    """Say which Dutch stands on the page that is open, without saying that it is Dutch."""
    if somebody.page.locator("html").get_attribute("lang") != "en":
        yield f"{where}: the page says that it is not English"
    texts: list[str] = somebody.page.evaluate(TEXTS)
    for text in texts:
        if DUTCH.search(ADDRESS.sub("", NAME.sub("", text))):
            yield f"{where}: {text[:120]}"


def choose(somebody: Visitor, language: str) -> None:
    with somebody.page.expect_navigation():
        somebody.page.get_by_role("button", name=language, exact=True).click()


@contextmanager
def in_english(somebody: Visitor, start: str) -> Iterator[None]:
    """Let somebody read English from `start` on, and Dutch again afterwards: others use the same screen."""
    somebody.open(start)
    choose(somebody, "English")
    try:
        yield
    finally:
        somebody.open(start)
        choose(somebody, "Nederlands")


def walked(somebody: Visitor, start: str, *, at_least: int, without: str = "") -> list[str]:
    """Walk through all screens from `start` in English; return what is Dutch on any of them, or wrong in axe."""
    seen, wrong = 0, list[str]()
    with in_english(somebody, start):
        for path in screens(somebody, start, without=without):
            wrong += dutch(somebody, path)
            wrong += faults(somebody, path)
            seen += 1
    assert seen >= at_least, "the walk ended too soon: links are missing"
    return wrong


def test_R27_V5_every_screen_of_a_resident_in_english(town: Town) -> None:
    linda = town.resident("Linda Kuipers", on=DESK, javascript=True)
    assert walked(linda, "/", at_least=7, without="/postbus/") == []


def test_R27_V5_every_screen_for_who_is_not_logged_in_in_english(town: Town) -> None:
    somebody = town.visitor(on=DESK, javascript=True)
    assert walked(somebody, "/stel-uw-vraag/", at_least=4, without="/postbus/") == []


@pytest.mark.parametrize("name", ["Jan Mulder", "Sanne Kok"])
def test_R27_V5_every_screen_of_the_workspace_in_english(town: Town, name: str) -> None:
    employee = town.employee(name, javascript=True)
    employee.open("/werk/doel/")
    employee.page.locator("main button[type=submit]").click()
    assert walked(employee, "/werk/", at_least=7) == []


def test_R27_mistakes_and_confirmations_are_in_english_too(town: Town) -> None:
    somebody = town.visitor(on=DESK, javascript=True)
    with in_english(somebody, "/stel-uw-vraag/"):
        somebody.press("Send your question")
        wrong = list(dutch(somebody, "the form, sent empty"))
        somebody.page.locator("#id_text").fill("I smell gas in the hall of our flat")
        somebody.page.locator("#id_email").fill("gas.english@voorbeeld.nl")
        somebody.press("Send your question")
        wrong += dutch(somebody, "the confirmation of danger")
        for path in ("/bestaat-niet/", "/vragen/", "/vragen/2020-00001/"):
            somebody.open(path)
            wrong += dutch(somebody, path)
    assert wrong == []


def test_R27_R16_a_mail_speaks_the_language_of_its_reader(town: Town, post: Post) -> None:
    maya = town.resident("Maya Okafor", on=DESK)
    maya.open("/stel-uw-vraag/")
    maya.page.locator("#id_text").fill("When will my street light be repaired? It has been dark for days.")
    maya.press("Send your question")
    number = maya.number_here()
    post.wait_for_mail("maya.okafor@voorbeeld.nl", about=number)
    mail = next(one for one in post.received("maya.okafor@voorbeeld.nl") if number in one.text)
    assert f"Your question number is {number}." in mail.text
    assert "Dear Ms Okafor," in mail.text
    assert not DUTCH.findall(ADDRESS.sub("", f"{mail.subject}\n{mail.text}"))
