"""`gemeente understand FILE.jsonl|-`: what the rules make of messages, one JSON line each."""

import msgspec

from gemeente.config.json_lines import explain_lines
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


def main(argv: list[str]) -> int:
    """Print one line per message; see `explain_lines`."""
    what = "Laat zien wat wij van berichten begrijpen."
    return explain_lines(argv, name="understand", what=what, kind=_Line, explain=explain)
