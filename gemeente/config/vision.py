"""`gemeente vision`: for each row of the vision the tests that prove it, and how they did last.

The rows stand in docs/vision.md; a test proves a row by carrying its id in its name (`test_V30_…`). How it did last is read
from the report that `make test` writes. Works in a checkout, where the tests are.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from xml.etree import ElementTree

ROWS = Path("docs/vision.md")
REPORT = Path("test-results/tests.xml")
TESTS = ("gemeente", "tests")

_ROW = re.compile(r"^\| (V\d+) \| ([^|]+) \|", re.MULTILINE)
_TEST = re.compile(r"^\s*(?:async )?def (test_\w+)", re.MULTILINE)
_ID = re.compile(r"(?<![A-Za-z0-9])V\d+(?![0-9])")


def rows(text: str) -> dict[str, str]:
    """Return the phrase of each row by its id."""
    return {key: phrase.strip() for key, phrase in _ROW.findall(text)}


def proofs(root: Path) -> dict[str, list[str]]:
    """Return the names of the tests below `root` that carry each id."""
    found: dict[str, list[str]] = defaultdict(list)
    for name in _tests(root):
        for key in _ID.findall(name.replace("_", " ")):
            found[key].append(name)
    return found


def _tests(root: Path) -> Iterator[str]:
    for folder in TESTS:
        for path in sorted((root / folder).rglob("test_*.py")):
            yield from _TEST.findall(path.read_text(encoding="utf-8"))


def outcomes(report: Path) -> dict[str, str]:
    """Return how each test did last, by name without parameters; one failure among its parameters is a failure."""
    if not report.exists():
        return {}
    found: dict[str, str] = {}
    # Our own test run wrote this file: it is no input from outside.
    for case in ElementTree.parse(report).iter("testcase"):  # noqa: S314
        name = case.get("name", "").partition("[")[0]
        failed = case.find("failure") is not None or case.find("error") is not None
        skipped = case.find("skipped") is not None
        outcome = "faalt" if failed else "overgeslagen" if skipped else "slaagt"
        found[name] = outcome if found.get(name) in (None, "slaagt") else found[name]
    return found


def _lines(phrases: Mapping[str, str], found: Mapping[str, list[str]], last: Mapping[str, str]) -> Iterator[str]:
    for key, phrase in phrases.items():
        tests = found.get(key, [])
        yield f"{key:<4} {phrase}" + ("" if tests else "  –  nog niet")
        for name in tests:
            yield f"       {last.get(name, 'nog niet gedraaid'):<18}{name}"


def main(argv: list[str]) -> int:
    """Print the rows with their proofs, and how many are proven; exit 1 when a proof failed last time."""
    phrases, found, last = rows(ROWS.read_text(encoding="utf-8")), proofs(Path()), outcomes(REPORT)
    print("\n".join(_lines(phrases, found, last)))
    proven = [key for key in phrases if found.get(key) and all(last.get(name) == "slaagt" for name in found[key])]
    print(f"\n{len(proven)} van {len(phrases)} regels bewezen.")
    return int(any(last.get(name) == "faalt" for names in found.values() for name in names))
