"""Walking through the product by its own links, so that a new screen is walked without anybody adding it to a list."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from tests.browser.visitor import Visitor

# Files and data, which are no screens.
_NO_SCREEN = re.compile(r"^/documenten/|/document/|/bron/$|\.json$")
_PART_WITH_NUMBER = re.compile(r"(?<=/)[^/]*\d[^/]*(?=/|$)")


def kind_of(link: str) -> str:
    """Return which screen a link leads to: its path without numbers and keys, and without what only turns pages."""
    parts = urlsplit(re.sub(r"^/postbus/[^/]+/", "/postbus/1/", link))
    closed = "?klaar=ja" if "klaar=ja" in parts.query else ""
    return _PART_WITH_NUMBER.sub("*", parts.path).removesuffix("#") + closed


def screens(somebody: Visitor, start: str, *, without: str = "") -> Iterator[str]:
    """Open each kind of screen once that somebody can reach by links from `start`; yields its path while it is open.

    What lies below `without` is left to another walk.
    """
    to_see, known = [start], {kind_of(start)}
    while to_see:
        path = to_see.pop(0)
        assert somebody.open(path) == 200, f"a link leads to nothing: {path}"
        known.add(kind_of(somebody.path))  # a link may lead on to another screen
        yield somebody.path
        for link in _links(somebody):
            elsewhere = _NO_SCREEN.search(urlsplit(link).path) or (without and link.startswith(without))
            if kind_of(link) not in known and not elsewhere:
                known.add(kind_of(link))
                to_see.append(link)


def _links(somebody: Visitor) -> list[str]:
    hrefs: list[str] = somebody.page.locator("a[href]").evaluate_all(
        "all => all.filter(one => one.origin === location.origin).map(one => one.pathname + one.search)"
    )
    return hrefs
