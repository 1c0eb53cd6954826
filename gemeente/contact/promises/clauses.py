"""Cut a sentence into clauses: a new one begins at a comma or conjunction when what follows has a verb of its own."""

import re
from collections.abc import Iterator
from itertools import pairwise

from gemeente.contact.promises.rules import Rules

_JOINT = re.compile(
    r"\s*[,:()–—§]+\s*|\s+-\s+|\s+(?=(?:en|maar|dus|want|and|but|so|als|indien|zodra|mits|tenzij|nadat"
    r"|zodat|omdat|waarna|voordat"
    r"|if|once|unless|because|provided|as soon as|so that|after which)\s)"
)
_OPENING = re.compile(r"^(?:\W|(?:en|maar|dus|want|dan|and|but|so|then|ook|daarna|vervolgens|also|therefore)\s)+")
_WORD = re.compile(r"[a-z']+")
_SUBJECT = re.compile(r"\b(?:ik|wij|we|u|je|i|you|they|hij|zij|ze|it|het|er)\b")
_FINITE = re.compile(
    r"\b(?:heb|hebt|heeft|hebben|is|zijn|was|waren|bent|wordt|worden|zal|zullen|zult|kan|kunt|kunnen|moet"
    r"|moeten|mag|wil|wilt|willen|ga|gaat|gaan"
    r"|dient|hoeft|hoort|krijgt|ontvangt|will|shall|is|are|has|have|can|must|may|should|would)\b|'(?:ll|ve|re|m)\b"
)
# a note of what was done, after which comes what is still to do: "mw. teruggebeld, bel haar do nog"
_NOTED = re.compile(r"^\W*(?!(?:zoals|als|conform|na|as)\b).*\b[a-z]*ge[a-z]{3,}(?:d|t|en)\W*$", re.DOTALL)
_THEN = re.compile(r"(?:dan|then)\b")
# where a main clause begins after a subordinate one without a comma: "als u tekent bel ik u", "once it is signed we'll"
_MAIN = re.compile(
    r"\s(?:(?!(?:dat|als|of|die|wat|en|voor|met|van|bij|naar|zodra|aan|door|waar|nadat|omdat)\s)[a-z]{2,}"
    r" (?:ik|wij|we)\b(?!.* (?:heb|hebben|ben|zijn)\b)"
    r"|(?:i|we|you|they|it|she|he|our [a-z]+)(?:'ll| will| shall)\b)"
)
_SUBORDINATE = re.compile(
    r"^\W*(?:als|mocht|mochten|wanneer|when|indien|zodra|mits|tenzij|nadat|zodat|omdat|waarna|voordat|if"
    r"|once|unless|because|provided|as soon as|should (?:you|the|it|this|that|there|your|they|we|anything))\b"
)


def clauses(letters: str, start: int, end: int, rules: Rules) -> Iterator[tuple[int, int]]:
    """Yield begin and end of each clause of a sentence, in order; together they cover it."""
    cuts = [start, *(joint.end() for joint in _JOINT.finditer(letters, start, end)), end]
    begin = start
    has_verb = False
    for left, right in pairwise(cuts):
        then = left > start and bool(_THEN.match(letters, left))
        own = _has_own_verb(letters[left:right], rules)
        if own and (has_verb or then):
            yield begin, left
            begin, has_verb = left, False
        has_verb = has_verb or own or bool(_NOTED.match(letters[left:right]))
        main = _MAIN.search(letters, left + 8, right) if _SUBORDINATE.match(letters[begin:right]) else None
        if main:
            yield begin, main.start() + 1
            begin = main.start() + 1
    yield begin, end


def _has_own_verb(part: str, rules: Rules) -> bool:
    if _SUBORDINATE.match(part):
        return True
    bare = _OPENING.sub("", part)
    first = _WORD.match(bare)
    if first and (first.group() in rules.strong or first.group() in rules.silent):
        return True
    if not _SUBJECT.search(bare) and not rules.ours.search(bare):
        return bool(_FINITE.search(bare))
    words = _WORD.findall(bare)
    return bool(_FINITE.search(bare)) or any(
        word in rules.strong or word in rules.silent or word in rules.first for word in words
    )
