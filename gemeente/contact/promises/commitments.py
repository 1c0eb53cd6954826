"""Who commits the municipality in a clause, if anybody does: the writer, a colleague, somebody unnamed, or a thing on its way."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from gemeente.contact.promises.rules import Rules

_WORD: re.Pattern[str] = re.compile(r"[a-z']+")
_LINKS = frozenset("dat als zodra of omdat zodat nadat voordat wat die waarin waarna waarop hoe waar waarover".split())
_JOINS = frozenset("en maar dus want and but so that then".split())
_PAST = re.compile(r"[a-z]{2,}(?:de|te|den|ten)$|[a-z]{3,}ed$")
_OTHER_SUBJECTS = frozenset("zij hij ze they he she u you it het this that".split())
_THEY = re.compile(r"^(?:(?:dan|then|ook) )?(?:zij|hij|ze|die|deze|they|he|she|who)\b|(?<=[a-z][tn] )(?:zij|hij|ze)\b")
_US = re.compile(r"\b(?:ons|mij|me|us)\b(?! (?:besluit|antwoord))")
_FROM_ME = re.compile(r"\b(?:van mij|from me)\b")
_ADDRESSED = re.compile(r"\b(?:u|je|you)\b")
_YOU = re.compile(r"\b(?:u|je|jou|uw|jullie|er|erop|hierop|hiermee|hierover|daarover|you|your)\b")
_BESIDE = re.compile(
    r"\b(?:met|bij|aan|langs|naar|tegen|voor|over|van|of|with|to|at|near|behind|about|from)\s+(?:(?:de|het|uw|the|your)\s+)?$"
)
_OTHERS_BESIDE = re.compile(
    r"\b(?:met|bij|aan|langs|naar|tegen|voor|with|to|at|near|behind)\s+(?:(?:de|het|uw|the|your)\s+)?$"
)
# "onze beheerder, Jan Bos, belt u", "mijn collega Tess, die uw straat kent, belt u"
_APPOSITION = re.compile(r"(?: [a-z'-]+){0,3},? (?:die|who)\b[^,]{2,90},|(?: [a-z'-]+){0,3}, [^,]{2,60},(?= [a-z])")
_SINGULAR_VERB = re.compile(r"[a-z]{2,}t$")
_NO_VERB = frozenset(
    "met het dat uit niet tot wat iet zat laatst eerst direct vast mist kort straat binnenkort".split()
)


@dataclass(frozen=True)
class Clause:
    """A clause of a sentence: its place, its words, whether it states a condition, whether we were its subject before.

    `spoken_of` tells whether somebody of ours was named in the sentence before; `named` is the person, by name and in
    plain letters, who is the subject.
    """

    start: int
    end: int
    words: str
    conditional: bool
    ours_before: bool
    spoken_of: bool
    named: str | None = None


def promiser(part: Clause, words: str, bare: str, dated: bool, language: Rules) -> str | None:
    """Return who promises in this clause, in plain words; None when nobody does.

    `words` is the clause without what merely introduces it, `bare` that without what is embedded in it; `dated` tells
    whether it says when, however vaguely.
    """
    first = _first_person(words, dated, language)
    if first or _is_of_others(bare, language):
        return first
    return (
        _resident(words, dated, language)
        or _third_person(words, dated, part, language)
        or _passive(words, dated, language)
        or _thing(words, dated, language)
        or _dropped(words, dated, part, language)
    )


def _is_of_others(words: str, language: Rules) -> bool:
    return any(not _OTHERS_BESIDE.search(words[: other.start()]) for other in language.others.finditer(words))


def _first_person(words: str, dated: bool, language: Rules) -> str | None:
    tokens: list[str] = _WORD.findall(words)
    place = next((place for place, token in enumerate(tokens) if token in language.first), None)
    if place is None:
        return None
    if language.future.search(words):
        willing = dated or language.future_plain.search(words) or not language.silent & set(tokens)
        return tokens[place] if willing else None
    if not language.present:
        return None
    verb = _verb_of(tokens, place, language)
    if verb is None or not _may_promise(verb, language):
        return None
    plain = verb in language.strong and verb not in language.weak
    return tokens[place] if dated or plain or language.future_plain.search(words) else None


def _may_promise(verb: str, language: Rules) -> bool:
    if verb in language.silent or verb in _NO_VERB:
        return False
    return verb in language.strong or (len(verb) > 2 and not _PAST.match(verb))


def _verb_of(tokens: list[str], place: int, language: Rules) -> str | None:
    before = tokens[place - 1] if place else None
    after = tokens[place + 1] if place + 1 < len(tokens) else None
    if before in _LINKS:
        return next((token for token in reversed(tokens) if language.knows(token)), tokens[-1])
    if before is None or before in _JOINS:
        return after
    return after if after and language.knows(after) and not language.knows(before) else before


def _third_person(words: str, dated: bool, part: Clause, language: Rules) -> str | None:
    for subject in _subjects(words, part, language):
        beside = _APPOSITION.match(words, subject.end())
        told = words[beside.end() if beside else subject.end() :]
        rest = words[: subject.start()] + " " + told
        before, after = _WORD.findall(words[: subject.start()])[-1:], _WORD.findall(told)[:2]
        if language.passive.search(rest) and language.participle.search(rest):
            return None
        plain = language.future_plain.search(rest)
        if not plain and language.silent & {*before, *after[:1]}:
            continue
        acts = language.future.search(rest) or plain or (language.present and _acts(before, after, dated, language))
        if acts and (dated or plain or _YOU.search(rest)):
            return subject.group()
    return None


def _subjects(words: str, part: Clause, language: Rules) -> Iterator[re.Match[str]]:
    for subject in language.ours.finditer(words):
        if not _BESIDE.search(words[: subject.start()]):
            yield subject
    named = re.search(rf"\b{re.escape(part.named)}\b", words) if part.named else None
    if named:
        yield named
    they = _THEY.search(words) if part.ours_before or part.spoken_of else None
    if they:
        yield they


def _acts(before: list[str], after: list[str], dated: bool, language: Rules) -> bool:
    near = [*before, *after]
    if any(token in language.strong and (dated or token not in language.weak) for token in near):
        return True
    return dated and any(_SINGULAR_VERB.match(token) and _may_promise(token, language) for token in near)


def _passive(words: str, dated: bool, language: Rules) -> str | None:
    sure = language.passive_plain.search(words)
    if not (language.passive.search(words) and language.participle.search(words)):
        return None
    if language.passive_never.search(words) or not language.definite.search(words) or not (dated or sure):
        return None
    by = language.ours.search(words)
    return by.group() if by else language.municipality


def _resident(words: str, dated: bool, language: Rules) -> str | None:
    if not any(frame.search(words) for frame in language.resident):
        return None
    if not (
        dated and language.things.search(words + " voor u" * bool(_ADDRESSED.search(words)))
    ) and not language.resident_plain.search(words):
        return None
    return _we(words, language)


def _thing(words: str, dated: bool, language: Rules) -> str | None:
    return _we(words, language) if dated and language.arrives.search(words) else None


def _we(words: str, language: Rules) -> str:
    by = language.ours.search(words)
    if by:
        return by.group()
    return language.me if _FROM_ME.search(words) else language.us


def _dropped(words: str, dated: bool, part: Clause, language: Rules) -> str | None:
    tokens = _WORD.findall(words)
    if not tokens or language.first & set(tokens) or tokens[0] in _OTHER_SUBJECTS:
        return None
    verb = next((word for word in tokens[:2] if word in language.strong or word == "will"), None)
    if verb is None or _US.search(words) or (verb == "call" and not (dated or part.ours_before)):
        return None
    plain = language.future_plain.search(words)
    if part.ours_before and (dated or plain):
        return language.me
    if not part.ours_before and verb.endswith("t") and language.present and verb not in ("zet", "laat"):
        return None
    sure = dated or plain or verb not in language.weak
    if sure and language.towards.search(words) and (language.present or verb == "will"):
        return language.me
    return None
