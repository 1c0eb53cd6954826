"""`gemeente promises FILE.jsonl|-`: the promises in draft answers, one JSON line each."""

import msgspec

from gemeente.config.json_lines import explain_lines
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


def main(argv: list[str]) -> int:
    """Print one line per draft; see `explain_lines`."""
    what = "Laat zien welke beloften in concepten staan."
    return explain_lines(argv, name="promises", what=what, kind=_Line, explain=explain)
