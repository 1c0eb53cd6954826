"""Reading a message: what the resident says now, sentence by sentence, with how much each sentence counts."""

import re
from dataclasses import dataclass

MAX_CHARACTERS = 20_000

_QUOTE_HEADER = re.compile(
    r"^\s*(?:(?:op|on|am|le)\b.{3,120}\b(?:schreef|wrote|schrieb|écrit)\b.*"
    r"|-{2,} ?(?:oorspronkelijk|original|doorgestuurd|forwarded).*|(?:van|from|von): .*@.*)$",
    re.IGNORECASE,
)
_GREETING = re.compile(
    r"^\s*(?:geachte|beste|hallo|hoi|hey|hi|hello|dear|dag|goede?n?\s?(?:morgen|middag|avond|dag)|l\.?\s?s\.?|moi"
    r"|good\s(?:morning|afternoon))\b[^,.!?\n]{0,40}(?:[,.!]|$)",
    re.IGNORECASE,
)
_SIGNATURE = re.compile(
    r"^\s*(?:met (?:vriendelijke|hartelijke) groet\w*|vriendelijke groet\w*|hoogachtend|m\.?v\.?g\.?|gr(?:oet(?:en|jes)?)?\b"
    r"|(?:kind |best )?regards|mit freundlichen|alvast bedankt|bij voorbaat dank|verstuurd vanaf|sent from)",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"(?<=[.!?…])\s+|\n+")
_ASKS = re.compile(
    r"\b(?:ik wil|wil ik|wou ik|wij willen|we willen|graag|kan ik|kunnen (?:wij|we|jullie)|kunt u|mag ik|mag dat|moet ik|hoe|waar"
    r"|vraag|aanvragen|heb .{0,30}nodig|i want|i need|i would like|how|where|can (?:i|you|we)|do (?:i|we)|please)\b",
    re.IGNORECASE,
)
_IN_PASSING = re.compile(
    r"\b(?:gaat niet (?:om|over)|geen vraag over|niet bedoeld|is al geregeld|not about)\b", re.IGNORECASE
)

QUESTION, ASKING, OPENING, IN_PASSING = 1.1, 1.05, 1.05, 0.3


@dataclass(frozen=True)
class Sentence:
    """One sentence and its weight; 1.0 is ordinary."""

    text: str
    weight: float


def read(text: str) -> tuple[Sentence, ...]:
    """Return the sentences that the resident wrote now; never more than the first 20,000 characters.

    Quoted history, a greeting and a signature are left out. Opening sentences and questions weigh more.
    """
    spoken = [part for line in _own_lines(text[:MAX_CHARACTERS]) for part in _SENTENCE_END.split(line) if part.strip()]
    return tuple(Sentence(part, _weight(part, place)) for place, part in enumerate(spoken))


def _own_lines(text: str) -> list[str]:
    lines: list[str] = []
    for line in text.splitlines():
        if _QUOTE_HEADER.match(line[:300]) and lines:
            break
        if line.lstrip().startswith(">") or not line.strip():
            continue
        if lines and _SIGNATURE.match(line):
            break
        lines.append(line)
    if lines:
        lines[0] = _GREETING.sub("", lines[0], count=1)
    return lines


def _weight(sentence: str, place: int) -> float:
    if _IN_PASSING.search(sentence):
        return IN_PASSING
    weight = OPENING if place < 2 else 1.0
    if _ASKS.search(sentence):
        weight *= ASKING
    return weight * QUESTION if sentence.rstrip().endswith("?") else weight
