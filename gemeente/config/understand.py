"""`gemeente understand FILE.jsonl|-`: what the rules make of messages, one JSON line each."""

import argparse
import sys
from collections.abc import Iterable
from contextlib import nullcontext
from pathlib import Path

import msgspec

from gemeente.contact.understanding import understand


class _Line(msgspec.Struct):
    id: str | int
    text: str


def _read(lines: Iterable[str]) -> Iterable[_Line]:
    return (msgspec.json.decode(line, type=_Line) for line in lines if line.strip())


def explain(line: _Line) -> dict[str, object]:
    """Return what is printed for one message."""
    found = understand(line.text)
    return {
        "id": line.id,
        "language": found.language,
        "urgency": found.urgency.urgency,
        "reason": found.urgency.reason,
        "upl": [match.upl for match in found.products] or [found.product],
        "department": found.department,
        "team": found.team,
    }


def main(argv: list[str]) -> int:
    """Print one line per message; a line that is no message stops with its number."""
    parser = argparse.ArgumentParser(
        prog="gemeente understand", description="Laat zien wat wij van berichten begrijpen."
    )
    parser.add_argument("file", help="JSON Lines met id en text, of - voor de invoer")
    chosen = parser.parse_args(argv)
    with nullcontext(sys.stdin) if chosen.file == "-" else Path(chosen.file).open(encoding="utf-8") as lines:
        for line in _read(lines):
            sys.stdout.write(msgspec.json.encode(explain(line)).decode() + "\n")
    return 0
