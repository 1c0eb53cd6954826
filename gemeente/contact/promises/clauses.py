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
_SUBORDINATE = re.compile(
    r"^\W*(?:als|mocht|mochten|wanneer|when|indien|zodra|mits|tenzij|nadat|zodat|omdat|waarna|voordat|if"
    r"|once|unless|because|provided|as soon as)\b"
)


def clauses(letters: str, start: int, end: int, rules: Rules) -> Iterator[tuple[int, int]]:
    """Yield begin and end of each clause of a sentence, in order; together they cover it."""
    cuts = [start]
    for joint in _JOINT.finditer(letters, start, end):
        cuts.append(joint.end())
    cuts.append(end)
    begin = start
    has_verb = False
    for left, right in pairwise(cuts):
        own = _has_own_verb(letters[left:right], rules)
        if own and has_verb:
            yield begin, left
            begin, has_verb = left, False
        has_verb = has_verb or own
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
