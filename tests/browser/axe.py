"""axe-core, run on the page that somebody sees."""

from typing import Any

from axe_playwright_python.sync_playwright import Axe

from tests.browser.visitor import Visitor

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
_SCRIPT = Axe().axe_script
_OPTIONS = {"resultTypes": ["violations"], "runOnly": {"type": "tag", "values": RULES}}


def violations(somebody: Visitor) -> list[str]:
    """Return what axe finds wrong on this page, each with the rule and where it is. Needs JavaScript."""
    if not somebody.page.evaluate("'axe' in window"):
        somebody.page.evaluate(_SCRIPT)
    found: list[dict[str, Any]] = somebody.page.evaluate(
        "options => axe.run(options).then(done => done.violations)", _OPTIONS
    )
    return [f"{one['id']}: {node['target']} {node['html'][:120]}" for one in found for node in one["nodes"]]
