"""P1, everybody: each screen is clean in axe on a phone and at a desk, never scrolls sideways, and keeps to the strict CSP."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from tests.browser.axe import violations
from tests.browser.town import Town
from tests.browser.visitor import DESK, PHONE, SMALLEST, Screen, Visitor
from tests.browser.walk import screens

# A browser says this of each page that is no 200, such as those with a mistake in a form.
NOT_OURS = re.compile(r"the server responded with a status of (403|404|409|422)")
TARGET_AT_LEAST = 24


def resize(somebody: Visitor, screen: Screen) -> None:
    somebody.page.set_viewport_size({"width": screen.width, "height": screen.height})


def sideways(page: Page) -> int:
    """Return how many pixels of the page lie beside the screen."""
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


def small_targets(page: Page) -> list[str]:
    """Return what is too small to touch. A link in words is as high as its line; axe judges it by its neighbours."""
    found: list[str] = page.evaluate(
        """least => [...document.querySelectorAll("a[href], button, input, select, textarea, summary")]
            .filter(one => one.checkVisibility({visibilityProperty: true}) && one.type !== "hidden")
            .filter(one => !one.matches(".nl-skip-link"))
            .filter(one => !one.matches("a.nl-link"))
            .map(one => [one.closest("label") ?? one, one])
            .filter(([target]) => Math.min(target.getBoundingClientRect().height, target.getBoundingClientRect().width) < least)
            .map(([, one]) => one.outerHTML.slice(0, 120))""",
        TARGET_AT_LEAST,
    )
    return found


def faults(somebody: Visitor, where: str) -> Iterator[str]:
    """Look at the page at each width, with all that folds open unfolded, and say what is wrong with it."""
    somebody.page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    for screen in (DESK, PHONE):
        resize(somebody, screen)
        yield from (f"{where} at {screen.width}: {one}" for one in violations(somebody))
        yield from (f"{where} at {screen.width}: too small: {one}" for one in small_targets(somebody.page))
    resize(somebody, SMALLEST)
    if beside := sideways(somebody.page):
        yield f"{where} at {SMALLEST.width}: {beside} px beside the screen"
    resize(somebody, DESK)
    yield from (f"{where}: {one}" for one in somebody.traffic.complaints if not NOT_OURS.search(one))
    somebody.traffic.forget()


def walked(somebody: Visitor, start: str, *, at_least: int, without: str = "") -> list[str]:
    """Walk through all screens from `start`; return what is wrong with any of them."""
    seen = 0
    wrong: list[str] = []
    for path in screens(somebody, start, without=without):
        wrong += faults(somebody, path)
        seen += 1
    assert seen >= at_least, "the walk ended too soon: links are missing"
    return wrong


def test_V5_R28_every_screen_of_a_resident(town: Town) -> None:
    linda = town.resident("Linda Kuipers", on=DESK, javascript=True)
    assert walked(linda, "/", at_least=7, without="/postbus/") == []


def test_V5_R28_every_screen_for_who_is_not_logged_in_and_the_postbus(town: Town) -> None:
    somebody = town.visitor(on=DESK, javascript=True)
    assert walked(somebody, "/stel-uw-vraag/", at_least=5) == []


@pytest.mark.parametrize("name", ["Jan Mulder", "Sanne Kok"])
def test_V5_R28_every_screen_of_the_workspace(town: Town, name: str) -> None:
    employee = town.employee(name, javascript=True)
    employee.open("/werk/doel/")
    employee.press("Ga verder")
    assert walked(employee, "/werk/", at_least=7) == []


def test_V5_R28_screens_after_a_mistake_and_after_sending(town: Town) -> None:
    wrong: list[str] = []
    somebody = town.visitor(on=DESK, javascript=True)
    somebody.open("/stel-uw-vraag/")
    somebody.press("Stuur uw vraag")
    wrong += faults(somebody, "the form, sent empty")
    number = somebody.ask("Ik ruik gas in de hal van onze flat", email="gas@voorbeeld.nl")
    wrong += faults(somebody, "the confirmation of danger")
    for path in ("/bestaat-niet/", "/postbus/linda/"):
        somebody.open(path)
        wrong += faults(somebody, path)
    somebody.press("Stuur als e-mail")
    wrong += faults(somebody, "an empty mail")
    somebody.press_expired("/stel-uw-vraag/", "Stuur uw vraag")
    wrong += faults(somebody, "a form that was open too long")

    jan = town.employee("Jan Mulder", javascript=True)
    jan.open_question(number)
    for way in ("Rond af", "Geef door"):
        jan.open_question(number)
        jan.follow(way)
        jan.press(way)
        wrong += faults(jan, f"{way}, sent empty")
    jan.open("/werk/gesprek/")
    jan.press("Bewaar en geef door")
    wrong += faults(jan, "a note, sent empty")
    jan.note_contact("Telefoon", "Waar kan ik mijn hond inschrijven?")
    wrong += faults(jan, "noted")
    jan.find("Hoekstra")
    wrong += faults(jan, "found")
    jan.page.get_by_role("button", name=re.compile("^Open ")).first.click()
    wrong += faults(jan, "a resident")
    assert wrong == []


def test_V5_R28_screens_of_a_question_that_ended_and_of_another(town: Town) -> None:
    wrong: list[str] = []
    linda = town.resident("Linda Kuipers", on=DESK, javascript=True)
    number = linda.ask("Waar is de speeltuin voor kleine kinderen?")
    wrong += faults(linda, "the confirmation")
    town.employee("Jan Mulder", javascript=True).close(
        number, outcome="Uitgelegd", words="De speeltuin is aan de Eikenlaan.", via="MijnGroningen"
    )
    linda.open_question(number)
    wrong += faults(linda, "a question that ended")
    linda.press("Verstuur")
    wrong += faults(linda, "an empty reply")
    for path in ("/werk/", "/vragen/2020-00001/"):
        linda.open(path)
        wrong += faults(linda, path)
    assert wrong == []


def test_the_walk_sees_what_the_csp_forbids(town: Town) -> None:
    somebody = town.visitor(javascript=True)
    somebody.open("/stel-uw-vraag/")
    somebody.page.evaluate(
        "document.body.insertAdjacentHTML('beforeend', '<p style=\"width:900px\"><button></button></p>')"
    )
    seen = "\n".join(faults(somebody, "here"))
    for fault in ("Content Security Policy", "button-name", "too small"):
        assert fault in seen


def test_V5_R28_nothing_appears_only_under_a_mouse(town: Town) -> None:
    somebody = town.visitor()
    somebody.open("/stel-uw-vraag/")
    sheets = somebody.page.locator("link[rel=stylesheet]").evaluate_all("all => all.map(one => one.href)")
    assert len(sheets) == 3
    for sheet in sheets:
        rules = re.findall(r"[^{}]*:hover[^{}]*\{([^}]*)\}", somebody.page.request.get(sheet).text())
        for rule in rules:
            assert not re.search(
                r"\b(display|visibility|opacity|content|clip|clip-path|block-size|height)\s*:", rule
            ), rule


class TestKeyboard:
    """Everything works with a keyboard alone, and one sees where one is."""

    TABS_AT_MOST = 40
    # A search field shows it on the frame around it.
    OUTLINED = """one => [one, one.parentElement].map(getComputedStyle)
        .some(style => style.outlineStyle === "solid" && parseFloat(style.outlineWidth) >= 2)"""

    def tab_to(self, somebody: Visitor, selector: str) -> None:
        """Press Tab until something has the focus; each stop on the way must show that it has."""
        for _ in range(self.TABS_AT_MOST):
            somebody.page.keyboard.press("Tab")
            focused = somebody.page.locator(":focus")
            assert focused.is_visible()
            assert focused.evaluate(self.OUTLINED), (
                f"one does not see the focus: {focused.evaluate('one => one.outerHTML')}"
            )
            if focused.evaluate("(one, selector) => one.matches(selector)", selector):
                return
        pytest.fail(f"{selector} cannot be reached with the keyboard")

    @pytest.mark.parametrize("screen", [PHONE, DESK], ids=["phone", "desk"])
    def test_V5_the_form_is_sent_with_the_keyboard_alone(self, town: Town, screen: Screen) -> None:
        somebody = town.visitor(on=screen)
        somebody.open("/stel-uw-vraag/")
        keyboard = somebody.page.keyboard
        self.tab_to(somebody, ".nl-skip-link")
        self.tab_to(somebody, "#id_text")
        keyboard.type("Is er zondag markt?")
        self.tab_to(somebody, "input[name=via]")
        self.tab_to(somebody, "#id_email")
        keyboard.type("toetsen@voorbeeld.nl")
        self.tab_to(somebody, "main button[type=submit]")
        with somebody.page.expect_navigation():
            keyboard.press("Enter")
        assert "Uw vraag is verstuurd" in somebody.reads()

    def test_V5_in_the_portal_and_the_workspace_each_stop_shows_the_focus(self, town: Town) -> None:
        linda, jan = town.resident("Linda Kuipers", on=PHONE), town.employee("Jan Mulder")
        linda.open("/")
        self.tab_to(linda, "footer a[href='/toegankelijkheid/']")
        jan.open("/werk/gesprek/")
        self.tab_to(jan, "button[value=save]")
