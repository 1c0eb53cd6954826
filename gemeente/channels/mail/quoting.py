"""Parts what somebody wrote now from the history below it and from their closing lines.

Nothing is thrown away: what is not `fresh` stands in `quoted` or `signature`. When in doubt it stays fresh.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import takewhile

_LINE_READ = 300
_SIGNATURE_LINES = 14
_SIGNATURE_LINE_LENGTH = 80

_REPLY_SUBJECT = re.compile(r"\s*(?:re|antw|antwoord|aw|sv|odp)\s*(?:\[\d+\])?\s*:", re.IGNORECASE)
_FORWARD_SUBJECT = re.compile(r"\s*(?:fw|fwd|doorst|doorgestuurd|tr|wg|vs)\s*:", re.IGNORECASE)
_FORWARD_LINE = re.compile(
    r"\s*(?:-{2,}\s*(?:forwarded message|doorgestuurd bericht|doorgezonden bericht)\b"
    r"|begin (?:doorgestuurd bericht|forwarded message)\s*:)",
    re.IGNORECASE,
)
_ORIGINAL_LINE = re.compile(
    r"\s*-{2,}\s*(?:oorspronkelijk(?:e)? bericht|origineel bericht|original message|original appointment"
    r"|ursprüngliche nachricht|message d'origine)\s*-{2,}\s*\Z",
    re.IGNORECASE,
)
_FROM_FIELD = re.compile(r"\s*[*_]{0,2}(?:van|from|von|de)\s?:[*_]{0,2}\s*\S", re.IGNORECASE)
_SENT_FIELD = re.compile(r"\s*[*_]{0,2}(?:verzonden|verstuurd|datum|sent|date|gesendet|envoyé)\s?:", re.IGNORECASE)
_TO_FIELD = re.compile(r"\s*[*_]{0,2}(?:aan|to|an|à|onderwerp|subject|betreff|objet)\s?:", re.IGNORECASE)
_RULE = re.compile(r"\s*(?:_{5,}|-{5,})\s*\Z")
_DATED = re.compile(r"\s*(?:op|on|am|le)\s.*\d", re.IGNORECASE)
_SAYS_WROTE = re.compile(
    r"\b(?:schreef|wrote|schrieb|geschreven|a écrit)(?!\s+(?:ik|wij|we|i)\b)[^:]{0,160}:?.{0,40}:\s*\Z", re.IGNORECASE
)
_NAMED_FIRST = re.compile(r"\s(?:schreef|wrote)\s(?:het volgende )?(?:op|on)\s.{0,80}\d.{0,20}:\s*\Z", re.IGNORECASE)
_WROTE = re.compile(r"\s(?:schreef|wrote)\b", re.IGNORECASE)
_TIME_OR_ADDRESS = re.compile(r"\d{1,2}[:.]\d{2}\b|\S@\S")
_DEVICE = re.compile(
    r"(?:verstuurd|verzonden) (?:vanaf|vanuit|via|met|door) .{1,60}|sent (?:from|with|via) .{1,60}"
    r"|(?:download|get|verkrijg) outlook (?:voor|for) .{1,80}|outlook (?:voor|for) \w+ (?:downloaden|.{0,60})"
    r"|-{0,2}\s*verzonden met .{1,40}",
    re.IGNORECASE,
)
_GREETING = re.compile(
    r"(?:met (?:de )?(?:vriendelijke|hartelijke|beste) groet(?:en|jes)?|vriendelijke groet(?:en)?|hartelijke groet(?:en)?"
    r"|m\.? ?vr\.? ?gr\.?|mvg|groet(?:en|jes)?|hoogachtend|(?:kind|best|warm) regards|yours (?:sincerely|faithfully))\s*[,.!]?",
    re.IGNORECASE,
)
_IN_NAMES = re.compile(r"van|de[rn]?|het|te[nr]?|en|of|bij|in|op|aan|tot|voor|von|und|zu|du|d[ai]|el|al|bin|and|the")
_REACHABLE = re.compile(r"\d[\d -]{7,}|\S@\S|\bwww\.")
_AFTERTHOUGHT = re.compile(r"\s*(?:p\.?\s?s\b|n\.?\s?b\b|let op|nog iets|trouwens)|.*\?", re.IGNORECASE)


@dataclass(frozen=True)
class Split:
    """The three layers of a text; `only_quoted` says that nothing new stood above the history, so `fresh` holds it all."""

    fresh: str
    quoted: str
    signature: str
    only_quoted: bool = False


def split(text: str, *, subject: str, is_answer: bool) -> Split:
    """Part a text. `is_answer` says that the mail refers to an earlier one.

    A forwarded mail is content, not history, and stays fresh; so do answers written between quoted lines, with the lines.
    """
    lines = text.split("\n")
    answers = is_answer or bool(_REPLY_SUBJECT.match(subject))
    at = _history_start(lines, answers=answers, forwards=bool(_FORWARD_SUBJECT.match(subject)))
    if at < len(lines) and _FORWARD_LINE.match(lines[at][:_LINE_READ]):
        return Split(_joined(lines), "", "")
    above, below = lines[:at], lines[at:]
    fresh_lines, quoted_lines = _without_quotes(above)
    quoted = _joined([*quoted_lines, *below])
    fresh, signature = _without_signature(fresh_lines)
    if not (fresh or signature) and quoted:
        return Split(_joined(lines), "", "", only_quoted=True)
    return Split(fresh or signature, quoted, signature if fresh else "")


def _joined(lines: list[str]) -> str:
    return re.sub(r"\n{3,}", "\n\n", "\n".join(line.rstrip() for line in lines)).strip("\n")


def _history_start(lines: list[str], *, answers: bool, forwards: bool) -> int:
    """Return the line at which unmarked history or a forwarded mail begins; the number of lines when neither does."""
    for at, line in enumerate(lines):
        if _FORWARD_LINE.match(line[:_LINE_READ]) or _ORIGINAL_LINE.match(line[:_LINE_READ]):
            return at
        if not forwards and _is_header_block(lines, at):
            return at - 1 if at and _RULE.match(lines[at - 1][:_LINE_READ]) else at
        if answers and (length := _attribution(lines, at)) and not _quote_follows(lines, at + length):
            return at
    return len(lines)


def _is_header_block(lines: list[str], at: int) -> bool:
    if not _FROM_FIELD.match(lines[at][:_LINE_READ]):
        return False
    block = [line[:_LINE_READ] for line in lines[at + 1 : at + 9]]
    return any(map(_SENT_FIELD.match, block)) and any(map(_TO_FIELD.match, block))


def _attribution(lines: list[str], at: int) -> int:
    """Return over how many lines a "Op … schreef …:" runs from here: at most three, as programs wrap it; 0 for none."""
    if lines[at].startswith(">"):
        return 0
    block = list(takewhile(str.strip, lines[at : at + 3]))
    for length in range(1, len(block) + 1):
        words = " ".join(line.strip()[:_LINE_READ] for line in block[:length])[:_LINE_READ]
        if _is_attribution(words, begins=block[0]):
            return length
    return 0


def _is_attribution(words: str, *, begins: str) -> bool:
    if not words.endswith(":") or not _TIME_OR_ADDRESS.search(words):
        return False
    # A name can be anything, so the line above one that says who wrote is not taken along.
    named = _WROTE.search(begins[:_LINE_READ]) and _NAMED_FIRST.search(words)
    return bool(named or (_DATED.match(words) and _SAYS_WROTE.search(words)))


def _quote_follows(lines: list[str], at: int) -> bool:
    following = next((line for line in lines[at : at + 4] if line.strip()), "")
    return following.startswith(">")


def _without_quotes(lines: list[str]) -> tuple[list[str], list[str]]:
    """Return the lines without their "> " runs, and those runs; all of them when answers stand in between the runs."""
    marks = list(_quoted_marks(lines))
    answered = 0
    for at, marked in enumerate(marks[1:], start=1):
        ended_before = not marked and lines[at].strip() and _last_word(lines, marks, at)
        answered += bool(ended_before)
    if answered > 1:
        return lines, []
    fresh = [line for line, marked in zip(lines, marks, strict=True) if not marked]
    return fresh, [line for line, marked in zip(lines, marks, strict=True) if marked]


def _last_word(lines: list[str], marks: list[bool], at: int) -> bool:
    """Tell whether the nearest line above that says something is a quoted one."""
    before = at - 1
    while before >= 0 and not lines[before].strip():
        before -= 1
    return before >= 0 and marks[before]


def _quoted_marks(lines: list[str]) -> Iterator[bool]:
    intro = 0
    for at, line in enumerate(lines):
        if not intro and (length := _attribution(lines, at)) and _quote_follows(lines, at + length):
            intro = length
        yield bool(intro) or line.startswith(">")
        intro = max(0, intro - 1)


def _without_signature(lines: list[str]) -> tuple[str, str]:
    text = _joined(lines)
    kept = text.split("\n")
    at = _signature_start(kept)
    return _joined(kept[:at]), _joined(kept[at:])


def _signature_start(lines: list[str]) -> int:
    for at in range(max(0, len(lines) - _SIGNATURE_LINES), len(lines)):
        if _begins_signature(lines, at):
            return at
    return len(lines)


def _begins_signature(lines: list[str], at: int) -> bool:
    line, rest = lines[at].strip()[:_LINE_READ], lines[at + 1 :]
    if line == "--":
        return True
    if _DEVICE.fullmatch(line):
        return not any(later.strip() for later in rest)
    separate = at == 0 or not lines[at - 1].strip()
    return separate and bool(_GREETING.fullmatch(line)) and not any(map(_says_more, rest))


def _says_more(line: str) -> bool:
    """Tell whether a line below a greeting may be more than a name, a function or an address.

    Nobody may miss "ik wil dood" because it stands below a greeting: words in lower case are no name.
    """
    words = line.split()
    sentence = len(words) >= 4 and line.rstrip().endswith((".", "!"))
    small = sum(word[0].islower() and not _IN_NAMES.fullmatch(word) for word in words)
    says = small > 1 and not _REACHABLE.search(line)
    return len(line) > _SIGNATURE_LINE_LENGTH or len(words) > 8 or sentence or says or bool(_AFTERTHOUGHT.match(line))
