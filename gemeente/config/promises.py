"""`gemeente promises FILE.jsonl|-`: the promises in draft answers, one JSON line each."""

import argparse
import sys
from collections.abc import Iterable
from contextlib import nullcontext
from pathlib import Path

import msgspec

from gemeente.contact.promises import Promise, find_promises, local


class _Line(msgspec.Struct):
    id: str | int
    written_at: str
    text: str


def explain(line: _Line) -> dict[str, object]:
    """Return what is printed for one draft. Raises ValueError when `written_at` is no moment."""
    found = find_promises(line.text, written=local(line.written_at))
    return {"id": line.id, "promises": [_shown(promise) for promise in found]}


def _shown(promise: Promise) -> dict[str, str | None]:
    shown = {
        "quote": promise.quote,
        "action": promise.action.value,
        "who": promise.who,
        "due": promise.due.isoformat(timespec="seconds") if promise.due else None,
    }
    return shown | ({"condition": promise.condition} if promise.condition else {})


def _explain_all(lines: Iterable[bytes]) -> int:
    """Print the promises of each line, in order; say of each bad one which it is. Return how many were bad."""
    bad = 0
    for number, raw in enumerate(lines, start=1):
        if not raw.strip():
            continue
        try:
            shown = explain(msgspec.json.decode(raw, type=_Line))
        except (msgspec.MsgspecError, ValueError, OverflowError, RecursionError) as wrong:
            sys.stderr.write(f"regel {number}: {wrong}\n")
            bad += 1
            continue
        sys.stdout.buffer.write(msgspec.json.encode(shown) + b"\n")
    return bad


def main(argv: list[str]) -> int:
    """Print one line per draft. A line that is no draft is named on the error output, and the others still come.

    Exit 1 when a line was bad, or when the file cannot be read.
    """
    parser = argparse.ArgumentParser(
        prog="gemeente promises", description="Laat zien welke beloften in concepten staan."
    )
    parser.add_argument("file", help="JSON Lines met id, written_at en text, of - voor de invoer")
    chosen = parser.parse_args(argv)
    try:
        with nullcontext(sys.stdin.buffer) if chosen.file == "-" else Path(chosen.file).open("rb") as lines:
            return int(_explain_all(lines) > 0)
    except OSError as unreadable:
        sys.stderr.write(f"{chosen.file}: {unreadable.strerror}\n")
        return 1
