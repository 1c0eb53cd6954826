"""Find promises in a draft answer: what, who, by when. README.md says what counts."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from gemeente.contact.promises.clauses import clauses
from gemeente.contact.promises.commitments import Clause, promiser
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
_AS_SAID = re.compile(
    r"^\W*(?:zoals|as)\b.{0,60}?\b(?:besproken|afgesproken|beloofd|toegezegd|gezegd|gemeld|aangekondigd"
    r"|promised|agreed|discussed)\b,?|^\W*naar aanleiding van [^,:]{3,80}[,:]"
)
_HAS_SUBJECT = re.compile(
    r"(?:dan |ook |then |also )?(?:u|je|you|het|it|de|the|uw|your|hij|zij|he|she|they)\b|(?:hoort?"
    r"|krijgt?|ontvangt|verneemt) (?:u|je|hij|zij|ze)\b"
)
_EMBEDDED = re.compile(
    r"(?<=.{8})\b(?:wat|hoe|of|waarom|wie|welke|waar|what|how|whether|why|which|who) (?:wij|we|ik|u|het"
    r"|de|uw|dit|dat|er|eruit|hij|zij|i|you|it|the|your|has|is)\b.*"
    r"|(?P<keep>\b(?:ervoor|zorgen|zorg|zorgt|toezeggen|beloof|beloven|zeg u toe|make sure|ensure"
    r"|promise)),?(?: er)?(?: u)?(?: dat| that)? .*",
    re.DOTALL,
)
_NAME = re.compile(r"(?: (?:de|van|der|den|ten|ter))*(?: [A-Z][\w'’-]{1,30}){1,3}")
_PERSON = re.compile(
    r"(?<![\w.])(?P<name>[A-Z][\w'’-]{1,30}(?: (?:de|van|der|den|ten|ter))*(?: [A-Z][\w'’-]{1,30}){0,2})"
    r"(?: (?:zal|gaat|will|is going to))? (?:(?:u|je|het|then|also) )*(?P<verb>is [a-z]+ing|[a-z]+)\b"
)
_JOINED = re.compile(r"(?:\b(?:en|maar|and|but)|[,:])\s*$")
_THEN = re.compile(r"\W*(?:dan|then)\b")
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


# for so many sentences "zij" may still be somebody of ours who was named
SPOKEN_OF = 2
# a subject that waits for its verb: "de collega die uw dossier behandelt, …"
_WAITING = re.compile(r"(?: [a-z'-]+){0,3},? (?:die|who)\b")


@dataclass(frozen=True)
class Promise:
    """A promise found: the words as they stand, the kind of act, who, the last moment of keeping it, and its condition."""

    quote: str
    action: PromiseKind
    who: str
    due: datetime | None
    condition: str | None = None


@dataclass(frozen=True)
class _Sentence:
    """A sentence of a draft; `spoken_of`: just before it somebody of ours was named ("Kim … Zij belt u")."""

    draft: str
    letters: Plain
    start: int
    end: int
    spoken_of: bool

    @property
    def words(self) -> str:
        return self.letters.letters[self.start : self.end]


def find_promises(draft: str, *, written: datetime) -> list[Promise]:
    """Return the promises of a draft, in order; `written` is aware and local."""
    letters = plain(draft)
    language = _language(letters.letters, rules("nl"))
    found: list[Promise] = []
    since = SPOKEN_OF
    for start, end in sentences(letters.letters):
        found.extend(_in_sentence(_Sentence(draft, letters, start, end, since < SPOKEN_OF), written, language))
        since = 0 if language.ours.search(letters.letters, start, end) else since + 1
    return found


def _in_sentence(sentence: _Sentence, written: datetime, draft_language: Rules) -> Iterator[Promise]:
    language = _language(sentence.words, draft_language)
    greeting = _GREETING.match(sentence.words)
    sentence = replace(sentence, start=sentence.start + (greeting.end() if greeting else 0))
    words = sentence.words
    if words.rstrip(' \n")').endswith("?"):
        return
    if any(never.search(words) for never in (language.request, language.offer, language.threat)):
        return
    reported = language.reported.search(words)
    parts = _merged(list(_clauses(sentence, language)), sentence.letters.letters, written, language)
    for place, part in enumerate(parts):
        if part.conditional or (reported and part.end > sentence.start + reported.start()):
            continue
        words = _AS_SAID.sub("", part.words).strip()
        words = (
            _EDGES.sub("", words).rstrip(" .,;:!\n").replace("'m", " am").replace("'re", " are").replace("'ll", " will")
        )
        bare = _EMBEDDED.sub(r"\g<keep>", words)
        if language.never.search(bare) or _DURATION_LAW.search(words):
            continue
        said = said_in(part.words, written)
        due = last_moment(said, written)
        conditions = _conditions(parts, place)
        dated = bool(due or conditions or any(each.open for each in said) or language.soon.search(words))
        who = promiser(part, words, bare, dated, language)
        if who:
            yield _promise(sentence, part, conditions, who, due, language)


def _conditions(parts: list[Clause], place: int) -> list[Clause]:
    """Return the conditions of a clause: those said before it, and one right after it that opens no new clause itself."""
    before = [part for earlier, part in enumerate(parts[:place]) if part.conditional and _opens(parts, earlier)]
    after = [part for part in parts[place + 1 : place + 2] if part.conditional and not _opens(parts, place + 1)]
    return before + after


def _opens(parts: list[Clause], place: int) -> bool:
    if place == 0 or place + 1 == len(parts):
        return place == 0
    return bool(_JOINED.search(parts[place - 1].words) or _THEN.match(parts[place + 1].words))


def _language(sentence: str, otherwise: Rules) -> Rules:
    words = set(_WORD.findall(sentence.replace("'", " ")))
    dutch, english = rules("nl"), rules("en")
    more = len(words & english.known_by) - len(words & dutch.known_by)
    return english if more > 0 else dutch if more < 0 else otherwise


def _clauses(sentence: _Sentence, language: Rules) -> Iterator[Clause]:
    ours, letters = False, sentence.letters
    for left, right in clauses(letters.letters, sentence.start, sentence.end, language):
        words = letters.letters[left:right]
        conditional = _is_condition(words, letters.letters[right : sentence.end], language)
        named = None if conditional else _named(sentence.draft, letters, left, right, language)
        yield Clause(left, right, words, conditional, ours, sentence.spoken_of, named)
        ours = not conditional and (
            bool(language.first & set(_WORD.findall(words)) or language.ours.search(words) or named) or ours
        )


def _is_condition(words: str, rest: str, language: Rules) -> bool:
    if language.condition.match(words):
        return not language.hedges.match(words.strip())
    first = _WORD.match(words.lstrip())
    return bool(_THEN.match(rest) and (language.inverted.match(words) or (first and language.knows(first.group()))))


def _named(draft: str, letters: Plain, start: int, end: int, language: Rules) -> str | None:
    if start == end:
        return None
    for found in _PERSON.finditer(draft, letters.places[start], letters.places[end - 1] + 1):
        name = plain(found.group("name")).letters
        if name.split()[0] not in language.no_names and (
            found.group("verb") in language.strong or " " in found.group("verb")
        ):
            return name
    return None


def _merged(parts: list[Clause], letters: str, written: datetime, language: Rules) -> list[Clause]:
    """Return the clauses, joined where "will look into it and call you Tuesday" makes one promise of two verbs."""
    kept: list[Clause] = []
    for part in parts:
        last = kept[-1] if kept else None
        shared = last and _shares_auxiliary(last, part, language) and not said_in(last.words, written)
        if last and (shared or _waits(last, part, language)):
            kept[-1] = replace(last, end=part.end, words=letters[last.start : part.end])
        else:
            kept.append(part)
    return kept


def _waits(last: Clause, part: Clause, language: Rules) -> bool:
    subject = language.ours.match(_EDGES.sub("", last.words))
    first = _WORD.match(_EDGES.sub("", part.words))
    return bool(
        subject
        and first
        and (first.group() in language.strong or language.future.match(first.group()))
        and _WAITING.match(_EDGES.sub("", last.words), subject.end())
    )


def _shares_auxiliary(last: Clause, part: Clause, language: Rules) -> bool:
    if last.conditional or part.conditional or not language.future.search(last.words):
        return False
    words = _EDGES.sub("", part.words)
    return not (
        language.first & set(_WORD.findall(words))
        or language.ours.search(words)
        or language.future.search(words)
        or _HAS_SUBJECT.match(words)
    )


def _promise(
    sentence: _Sentence, part: Clause, conditions: list[Clause], who: str, due: datetime | None, language: Rules
) -> Promise:
    draft, letters = sentence.draft, sentence.letters
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


def _who(draft: str, letters: Plain, part: Clause, who: str) -> str:
    place = part.words.find(who) if len(who) > 3 else -1
    if place < 0:
        return "I" if who == "i" else who
    start = letters.places[part.start + place]
    end = letters.places[part.start + place + len(who) - 1] + 1
    name = _NAME.match(draft, end)
    named = draft[start : name.end() if name else end]
    return named[0].lower() + named[1:] if named.lower().startswith(_ARTICLES) else named


def _action(words: str, language: Rules) -> PromiseKind:
    return next((kind for kind, said in language.actions if said.search(words)), PromiseKind.ARRANGE)
