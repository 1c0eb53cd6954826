"""JSON Lines in and JSON Lines out: a command that explains each of many short texts."""

import argparse
import sys
from collections.abc import Callable, Iterable, Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import TypeVar

import msgspec

T = TypeVar("T", bound=msgspec.Struct)

_BAD = (msgspec.MsgspecError, ValueError, OverflowError, RecursionError)


def explain_lines(
    argv: Sequence[str], *, name: str, what: str, kind: type[T], explain: Callable[[T], dict[str, object]]
) -> int:
    """Run a command that prints one line for each line of a file, or of the standard input ("-"), in order.

    A line that is no `kind`, or of which `explain` raises ValueError, is named on the error output; the others still come.
    Returns the exit code: 1 when a line was bad, or when the file cannot be read.
    """
    parser = argparse.ArgumentParser(prog=f"gemeente {name}", description=what)
    fields = ", ".join(field.name for field in msgspec.structs.fields(kind))
    parser.add_argument("file", help=f"JSON Lines met {fields}, of - voor de invoer")
    file = parser.parse_args(argv).file
    try:
        with nullcontext(sys.stdin.buffer) if file == "-" else Path(file).open("rb") as lines:
            return int(_explain_all(lines, kind, explain) > 0)
    except OSError as unreadable:
        sys.stderr.write(f"{file}: {unreadable.strerror}\n")
        return 1


def _explain_all(lines: Iterable[bytes], kind: type[T], explain: Callable[[T], dict[str, object]]) -> int:
    bad = 0
    for number, raw in enumerate(lines, start=1):
        if not raw.strip():
            continue
        try:
            shown = explain(msgspec.json.decode(raw, type=kind))
        except _BAD as wrong:
            sys.stderr.write(f"regel {number}: {wrong}\n")
            bad += 1
        else:
            sys.stdout.buffer.write(msgspec.json.encode(shown) + b"\n")
    return bad
