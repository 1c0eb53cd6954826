"""Find promises in a draft answer: what, who, by when. README.md says what counts."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from gemeente.contact.promises.clauses import clauses
from gemeente.contact.promises.due import last_moment, said_in
from gemeente.contact.promises.rules import Rules, rules
from gemeente.contact.promises.text import Plain, plain, sentences
from gemeente.contact.types import PromiseKind

_WORD: re.Pattern[str] = re.compile(r"[a-z']+")
_EDGES = re.compile(r"^[\W_]*(?:(?:en|maar|dus|want|and|but|so|dat|that)\s+)*")
_GREETING = re.compile(
    r"^\W*(?:(?:geachte|beste|hallo|hoi|hi|hello|dear|moi|dag|goedemorgen|goedemiddag|goedendag"
    r"|good (?:morning|afternoon))\b[^,.!\n]{0,60}[,!\n]\s*)"
)
_NO_SUBJECT_BEFORE = {
    "dat",
    "als",
    "zodra",
    "of",
    "omdat",
    "zodat",
    "nadat",
    "voordat",
    "wat",
    "die",
    "waarin",
    "waarna",
    "waarop",
    "hoe",
}
_OTHER_SUBJECTS = {"zij", "hij", "ze", "they", "he", "she", "u", "you", "it", "het", "this"}
_JOINS = {"en", "maar", "dus", "want", "and", "but", "so", "that", "then"}
_PAST = re.compile(r"[a-z]{2,}(?:de|te|den|ten)$|[a-z]{3,}ed$")
_AS_SAID = re.compile(
    r"^\W*(?:zoals|as)\b.{0,60}?\b(?:besproken|afgesproken|beloofd|toegezegd|gezegd|gemeld|aangekondigd"
    r"|promised|agreed|discussed)\b,?"
)
_YOU = re.compile(r"\b(?:u|je|jou|uw|er|erop|hierop|hiermee|hierover|daarover|you|your)\b")
_ADDRESSED = re.compile(r"\b(?:u|je|you)\b")
_THEY = re.compile(r"^(?:zij|hij|ze|they|he|she)\b|\b(?:belt|komt|stuurt|neemt|laat|zal|gaat) (?:zij|hij)\b")
_HAS_SUBJECT = re.compile(
    r"(?:dan |ook |then |also )?(?:u|je|you|het|it|de|the|uw|your|hij|zij|he|she|they)\b|(?:hoort?"
    r"|krijgt?|ontvangt|verneemt) (?:u|je)\b"
)
_US = re.compile(r"\b(?:ons|mij|me|us)\b(?! (?:besluit|antwoord))")
_FROM_ME = re.compile(r"\b(?:van mij|from me)\b")
_EMBEDDED = re.compile(
    r"(?<=.{8})\b(?:wat|hoe|of|waarom|wie|welke|waar|what|how|whether|why|which|who) (?:wij|we|ik|u|het"
    r"|de|uw|dit|er|i|you|it|the|your|has|is)\b.*"
    r"|(?P<keep>\b(?:ervoor|zorgen|zorg|zorgt|toezeggen|beloof|beloven|zeg u toe|make sure|ensure"
    r"|promise)),?(?: er)?(?: u)?(?: dat| that)? .*",
    re.DOTALL,
)
_BESIDE = re.compile(
    r"\b(?:met|bij|aan|langs|naar|tegen|voor|with|to|at|near|behind)\s+(?:(?:de|het|uw|the|your)\s+)?$"
)
_NAME = re.compile(r"(?: (?:de|van|der|den|ten|ter))*(?: [A-Z][\w'’-]{1,30}){1,3}")
_ARTICLES = (
    "mijn ",
    "de ",
    "het ",
    "onze ",
    "ons ",
    "een ",
    "my ",
    "our ",
    "the ",
    "a ",
    "one ",
    "mevrouw ",
    "meneer ",
    "someone",
    "iemand",
)
_DURATION_LAW = re.compile(r"\b(?:beslistermijn|termijn|deadline)\b.{0,30}\b(?:is|bedraagt|van)\b")


@dataclass(frozen=True)
class Promise:
    """A promise found: the words as they stand, the kind of act, who, the last moment of keeping it, and its condition."""

    quote: str
    action: PromiseKind
    who: str
    due: datetime | None
    condition: str | None = None


@dataclass(frozen=True)
class _Clause:
    start: int
    end: int
    words: str
    conditional: bool
    ours_before: bool


def find_promises(draft: str, *, written: datetime) -> list[Promise]:
    """Return the promises of a draft, in order; `written` is aware and local."""
    letters = plain(draft)
    language = _language(letters.letters, rules("nl"))
    found: list[Promise] = []
    for start, end in sentences(letters.letters):
        found.extend(_in_sentence(draft, letters, start, end, written, language))
    return found


def _in_sentence(
    draft: str, letters: Plain, start: int, end: int, written: datetime, draft_language: Rules
) -> Iterator[Promise]:
    sentence = letters.letters[start:end]
    language = _language(sentence, draft_language)
    greeting = _GREETING.match(sentence)
    start += greeting.end() if greeting else 0
    sentence = letters.letters[start:end]
    if sentence.rstrip(' \n")').endswith("?") or language.request.search(sentence) or language.offer.search(sentence):
        return
    reported = language.reported.search(sentence)
    parts = _merged(list(_clauses(letters.letters, start, end, language)), letters.letters, written, language)
    conditions = [part for part in parts if part.conditional]
    for part in parts:
        if part.conditional or (reported and part.end > start + reported.start()):
            continue
        words = _AS_SAID.sub("", part.words).strip()
        words = _EDGES.sub("", words).replace("'m", " am").replace("'re", " are").replace("'ll", " will")
        bare = _EMBEDDED.sub(r"\g<keep>", words)
        if language.never.search(bare) or _DURATION_LAW.search(words):
            continue
        said = said_in(part.words, written)
        who = _promiser(part, words, bare, bool(said), language)
        if who:
            yield _promise(draft, letters, part, conditions, who, last_moment(said, written), language)


def _language(sentence: str, otherwise: Rules) -> Rules:
    words = set(_WORD.findall(sentence.replace("'", " ")))
    dutch, english = rules("nl"), rules("en")
    more = len(words & english.known_by) - len(words & dutch.known_by)
    return english if more > 0 else dutch if more < 0 else otherwise


def _clauses(letters: str, start: int, end: int, language: Rules) -> Iterator[_Clause]:
    ours = False
    for left, right in clauses(letters, start, end, language):
        words = letters[left:right]
        conditional = bool(language.condition.match(words)) and not language.hedges.match(words.strip())
        yield _Clause(left, right, words, conditional, ours)
        ours = not conditional and (
            bool(language.first & set(_WORD.findall(words))) or bool(language.ours.search(words)) or ours
        )


def _merged(parts: list[_Clause], letters: str, written: datetime, language: Rules) -> list[_Clause]:
    """Return the clauses, joined where "will look into it and call you Tuesday" makes one promise of two verbs."""
    kept: list[_Clause] = []
    for part in parts:
        last = kept[-1] if kept else None
        if last and _shares_auxiliary(last, part, language) and not said_in(last.words, written):
            kept[-1] = replace(last, end=part.end, words=letters[last.start : part.end])
        else:
            kept.append(part)
    return kept


def _shares_auxiliary(last: _Clause, part: _Clause, language: Rules) -> bool:
    if last.conditional or part.conditional or not language.future.search(last.words):
        return False
    words = _EDGES.sub("", part.words)
    return not (
        language.first & set(_WORD.findall(words))
        or language.ours.search(words)
        or language.future.search(words)
        or _HAS_SUBJECT.match(words)
    )


def _promiser(part: _Clause, words: str, bare: str, dated: bool, language: Rules) -> str | None:
    """Return who promises in this clause, in plain words; None when nobody does."""
    first = _first_person(words, dated, language)
    if first or _is_of_others(bare, language):
        return first
    return (
        _resident(words, dated, language)
        or _third_person(words, dated, part, language)
        or _passive(words, dated, language)
        or _dropped(words, dated, part, language)
    )


def _is_of_others(words: str, language: Rules) -> bool:
    return any(not _BESIDE.search(words[: other.start()]) for other in language.others.finditer(words))


def _first_person(words: str, dated: bool, language: Rules) -> str | None:
    tokens: list[str] = _WORD.findall(words)
    place = next((place for place, token in enumerate(tokens) if token in language.first), None)
    if place is None:
        return None
    verb = _verb_of(tokens, place, language)
    if language.future.search(words):
        return tokens[place] if dated or language.future_plain.search(words) or _has_strong(tokens, language) else None
    if verb is None or verb in language.silent or (_PAST.match(verb) and verb not in language.strong):
        return None
    if not language.weak and verb not in language.strong:
        return None
    if (
        dated
        or (verb in language.strong and verb not in language.weak and language.weak)
        or language.future_plain.search(words)
    ):
        return tokens[place]
    return None


def _has_strong(tokens: list[str], language: Rules) -> bool:
    return any(
        token in language.strong
        or any(token.endswith(verb) for verb in ("bellen", "sturen", "nemen", "zoeken", "geven", "maken"))
        for token in tokens
    )


def _verb_of(tokens: list[str], place: int, language: Rules) -> str | None:
    before = tokens[place - 1] if place else None
    after = tokens[place + 1] if place + 1 < len(tokens) else None
    if before in _NO_SUBJECT_BEFORE:
        return next((token for token in reversed(tokens) if token in language.strong or token in language.silent), None)
    if before is None or before in _JOINS or not language.weak:
        return after
    return before


def _third_person(words: str, dated: bool, part: _Clause, language: Rules) -> str | None:
    subject = language.ours.search(words) or (_THEY.search(words) if part.ours_before else None)
    if not subject:
        return None
    rest = words[: subject.start()] + " " + words[subject.end() :]
    tokens = _WORD.findall(rest)
    near = {*_WORD.findall(words[: subject.start()])[-1:], *_WORD.findall(words[subject.end() :])[:1]}
    if language.passive.search(rest) or (language.silent & near and not language.future_plain.search(rest)):
        return None
    promises = bool(language.future.search(rest) or language.future_plain.search(rest))
    promises = promises or (bool(language.weak) and any(token in language.strong for token in tokens))
    if promises and (dated or _YOU.search(rest) or language.future_plain.search(rest)):
        return subject.group()
    return None


def _passive(words: str, dated: bool, language: Rules) -> str | None:
    future = language.passive_plain.search(words)
    if not (language.passive.search(words) and language.participle.search(words)) or language.passive_never.search(
        words
    ):
        return None
    if not language.definite.search(words) or not (dated or future):
        return None
    by = language.ours.search(words)
    return by.group() if by else _municipality(language)


def _resident(words: str, dated: bool, language: Rules) -> str | None:
    if not any(frame.search(words) for frame in language.resident):
        return None
    if not (
        dated and language.things.search(words + " voor u" * bool(_ADDRESSED.search(words)))
    ) and not language.resident_plain.search(words):
        return None
    by = language.ours.search(words)
    if by:
        return by.group()
    return ("ik" if language.weak else "i") if _FROM_ME.search(words) else ("wij" if language.weak else "we")


def _municipality(language: Rules) -> str:
    return "de gemeente" if language.weak else "the municipality"


def _dropped(words: str, dated: bool, part: _Clause, language: Rules) -> str | None:
    tokens = _WORD.findall(words)
    if not tokens or language.first & set(tokens) or tokens[0] in _OTHER_SUBJECTS:
        return None
    first = next((word for word in tokens[:2] if word in language.strong or word == "will"), None)
    if first is None or _US.search(words) or (first == "call" and not (dated or part.ours_before)):
        return None
    if part.ours_before and (dated or language.future_plain.search(words)):
        return "ik" if language.weak else "i"
    if not part.ours_before and first.endswith("t") and language.weak and first not in ("zet", "laat"):
        return None
    if (
        _YOU.search(words)
        and (dated or first not in language.weak or language.future_plain.search(words))
        and (language.weak or first == "will")
    ):
        return "ik" if language.weak else "i"
    return None


def _promise(
    draft: str,
    letters: Plain,
    part: _Clause,
    conditions: list[_Clause],
    who: str,
    due: datetime | None,
    language: Rules,
) -> Promise:
    after = language.condition_after.search(part.words)
    condition = None
    if conditions:
        condition = _quote(draft, letters, conditions[0].start, conditions[0].end)
    elif after:
        condition = _quote(draft, letters, part.start + after.start(), part.end)
    touching = [each for each in conditions if each.end == part.start or each.start == part.end]
    begin = min([part.start, *(each.start for each in touching)])
    end = max([part.end, *(each.end for each in touching)])
    begin += len(letters.letters[begin:end]) - len(_EDGES.sub("", letters.letters[begin:end]))
    return Promise(
        quote=_quote(draft, letters, begin, end),
        action=_action(part.words, language),
        who=_who(draft, letters, part, who),
        due=None if condition else due,
        condition=condition,
    )


def _quote(draft: str, letters: Plain, start: int, end: int) -> str:
    words = letters.letters[start:end].rstrip(" \n.,;:!?()-–—§")
    start += len(words) - len(words.lstrip())
    return draft[letters.places[start] : letters.places[start + len(words.lstrip()) - 1] + 1]


def _who(draft: str, letters: Plain, part: _Clause, who: str) -> str:
    place = part.words.find(who) if len(who) > 3 else -1
    if place < 0:
        return "I" if who == "i" else who
    start = letters.places[part.start + place]
    end = letters.places[part.start + place + len(who) - 1] + 1
    name = _NAME.match(draft, end)
    named = draft[start : name.end() if name else end]
    return named[0].lower() + named[1:] if named.lower().startswith(_ARTICLES) else named


def _action(words: str, language: Rules) -> PromiseKind:
    return next((kind for kind, said in language.actions if said.search(words)), PromiseKind.OTHER)
