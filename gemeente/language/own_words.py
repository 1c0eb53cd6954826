"""What the writer says: without what is forwarded, quoted or signed, and without streets and names."""

import re
from collections.abc import Iterable

WINDOW = 20_000
LONGEST = 2_000
MAX_LINE = 300

_HISTORY = re.compile(
    r"\s*(?:-{2,}\s*(?:oorspronkelijk|original|doorgestuurd|forwarded|urspr|weitergeleitet|message|mensaje)"
    r"|(?:op|on|am|le|el|il|em|dnia|в|у) .{3,120}(?:schreef|wrote|schrieb|écrit|escribió|scritto|escreveu|napisał|пише).*:\s*$"
    r"|(?:van|from|von): |(?:de|da|od|kimden): .*@)",
    re.IGNORECASE,
)
_SUBJECT = re.compile(
    r"\s*(?:(?:re|fw|fwd|aw|wg|antw|rv|tr):|(?:onderwerp|subject|betreft|betreff|objet|asunto): )", re.IGNORECASE
)
_SIGNATURE = re.compile(
    r"\s*(?:met (?:vriendelijke|hartelijke) groet|vriendelijke groet|hoogachtend|m\.?v\.?g\.?\b|(?:kind |best )?regards"
    r"|mit freundlichen|cordialement|verzonden vanaf|verstuurd vanaf|sent from|gesendet von|--\s*$)",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|\S+@\S+|\b\w+\.(?:nl|com|org|eu|net)\b", re.IGNORECASE)
_QUOTE = re.compile(
    r"\"[^\"\n]{2,300}\"|“[^”\n]{2,300}”|„[^“”\n]{2,300}[“”]|«[^»\n]{2,300}»|‘[^’\n]{2,300}’|(?<!\w)'[^'\n]{4,300}'(?!\w)"
)
_STREET = re.compile(
    r"\b(?:(?:[A-Z]\w{0,30}|in|de|der|van|v/d|'t|t) ){0,4}[A-Z][\w']{0,30}"
    r"(?:straat|weg|laan|plein|kade|singel|diep|hof|dijk|gracht|markt|pad|wal|park|poort|buurt|wijk)\b"
)
_NAME = re.compile(r"\b[A-Z][\w-]{0,30}(?: (?:van|de|der|den|ter|ten|'t|el|al|ben|von))+ [A-Z][\w-]{0,30}")
_WORD = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]|[^\W\d_]{2,}")


def own_words(text: str) -> str:
    """Return at most 2,000 characters that show the writer's own language, out of the first 20,000.

    What would leave fewer than two words is not taken away: then the street, the name or the quote is the message.
    """
    lines = text[:WINDOW].splitlines()
    part = "\n".join(_own_lines(lines) or lines).strip()[:LONGEST]
    for pattern in (_ADDRESS, _QUOTE, _STREET, _NAME):
        shorter = pattern.sub(" ", part)
        if _says_something(shorter):
            part = shorter
    return part


def _own_lines(lines: Iterable[str]) -> list[str]:
    kept: list[str] = []
    spoken = False
    for line in lines:
        begin = line[:MAX_LINE]
        history = _HISTORY.match(begin)
        if spoken and (history or _SIGNATURE.match(begin)):
            break
        if not history and not _SUBJECT.match(begin) and not begin.lstrip().startswith(">"):
            kept.append(line)
            spoken = spoken or _says_something(begin)
    return kept if spoken else []


def _says_something(text: str) -> bool:
    return len(_WORD.findall(text)) >= 2
