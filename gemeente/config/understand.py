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


def _explain_all(lines: Iterable[bytes]) -> int:
    """Print what each line means, in order; say of each bad one which it is. Return how many were bad."""
    bad = 0
    for number, raw in enumerate(lines, start=1):
        if not raw.strip():
            continue
        try:
            line = msgspec.json.decode(raw, type=_Line)
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as wrong:
            sys.stderr.write(f"regel {number}: {wrong}\n")
            bad += 1
            continue
        sys.stdout.buffer.write(msgspec.json.encode(explain(line)) + b"\n")
    return bad


def main(argv: list[str]) -> int:
    """Print one line per message. A line that is no message is named on the error output, and the others still come.

    Exit 1 when a line was bad, or when the file cannot be read.
    """
    parser = argparse.ArgumentParser(
        prog="gemeente understand", description="Laat zien wat wij van berichten begrijpen."
    )
    parser.add_argument("file", help="JSON Lines met id en text, of - voor de invoer")
    chosen = parser.parse_args(argv)
    try:
        with nullcontext(sys.stdin.buffer) if chosen.file == "-" else Path(chosen.file).open("rb") as lines:
            return int(_explain_all(lines) > 0)
    except OSError as unreadable:
        sys.stderr.write(f"{chosen.file}: {unreadable.strerror}\n")
        return 1
