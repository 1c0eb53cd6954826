"""Where people get a screen: each their own browser context, so that nobody sees another's session."""

from typing import TypeVar

from playwright.sync_api import Browser, BrowserContext

from tests.browser.visitor import DESK, PHONE, Employee, Resident, Screen, Visitor

V = TypeVar("V", bound=Visitor)

PATIENCE_MILLISECONDS = 30_000
NOBODY = ""


class Town:
    """All who use one product. Somebody stays logged in on a screen, so that not every test begins with that.

    JavaScript is off unless a test asks for it: the product works without.
    """

    def __init__(self, browser: Browser, address: str) -> None:
        self._browser, self._address = browser, address
        self._screens: dict[tuple[str, Screen, bool], BrowserContext] = {}
        self.people: list[Visitor] = []

    def visitor(self, *, on: Screen = PHONE, javascript: bool = False) -> Visitor:
        """Return somebody who is not logged in."""
        return self._sit_down(Visitor, NOBODY, on, javascript)

    def resident(self, name: str, *, on: Screen = PHONE, javascript: bool = False) -> Resident:
        """Return a resident or business of the demonstration, logged in."""
        return self._sit_down(Resident, name, on, javascript)

    def employee(self, name: str, *, on: Screen = DESK, javascript: bool = False) -> Employee:
        """Return an employee of the demonstration, logged in."""
        return self._sit_down(Employee, name, on, javascript)

    def _sit_down(self, kind: type[V], name: str, on: Screen, javascript: bool) -> V:
        known = self._screens.get((name, on, javascript))
        screen = known or self._new_screen(on, javascript)
        somebody = kind(screen.new_page(), self._address)
        self.people.append(somebody)
        if known is None and name != NOBODY:
            somebody.log_in_as(name)
        self._screens[name, on, javascript] = screen
        return somebody

    def _new_screen(self, on: Screen, javascript: bool) -> BrowserContext:
        screen = self._browser.new_context(
            viewport={"width": on.width, "height": on.height},
            java_script_enabled=javascript,
            locale="nl-NL",
            timezone_id="Europe/Amsterdam",
        )
        screen.set_default_timeout(PATIENCE_MILLISECONDS)
        return screen

    def rest(self) -> None:
        """Close the pages of everybody; who is logged in stays so."""
        for somebody in self.people:
            somebody.page.close()
        self.people.clear()
