"""From a message as it came to words with a place: fresh text only, one spelling, known sentence and clause."""

import re
import unicodedata
from dataclasses import dataclass, field
from functools import lru_cache

HEAD, TAIL = 20_000, 5_000
LONGEST_WORD = 40
CLOSING = 200

_HISTORY = re.compile(
    r"^(?:"
    r"(?:op|on|am|le|el|dnia|w dniu)\b[^\n]{4,160}(?:\n[^\n]{0,80})?"
    r"\b(?:schreef|wrote|schrieb|a écrit|escribió|napisał\w*)\b[^\n]{0,80}"
    r"|[^\n]{0,80}\b(?:schreef op|tarihinde şunu yazdı)\b[^\n]{0,80}"
    r"|[-_ ]{3,}\s*(?:oorspronkelijk bericht|original message|doorgestuurd bericht|forwarded message"
    r"|ursprüngliche nachricht|message d'origine)\b[^\n]*"
    r"|_{10,}[ \t]*"
    r"|(?:van|from|von|de)\s?:[^\n]{1,200}\n(?:(?:aan|to|verzonden|sent|datum|date|gesendet|envoyé)\s?:[^\n]{0,200}\n?)+"
    r")$",
    re.IGNORECASE | re.MULTILINE,
)
_GREETING = re.compile(
    r"\A\s*(?:geachte|beste|hallo|hoi|goede(?:morgen|middag|navond|ndag)|moi|l\.?s|dear|hello|hi"
    r"|good (?:morning|afternoon|evening)"
    r"|guten (?:tag|morgen|abend)|bonjour|bonsoir|buenos días|buenas tardes|dzień dobry|merhaba)\b"
    r"(?:[ /]+(?:heer|heren|dames|en|mevrouw|meneer|gemeente|groningen|team|allemaal|sir|or|madam|municipality))*"
    r"(?: \w+)?[,.!:;\n]",
    re.IGNORECASE,
)
_FAREWELL = re.compile(
    r"(?:^|(?<=[.!?,\n]))[ \t]*(?:(?:met|mit|with)? ?(?:vriendelijke|hartelijke|freundlichen|kind|best|warm)? ?"
    r"(?:groet(?:en|jes)?|grüßen|grüße|regards)|m\.?v\.?g|hoogachtend|yours sincerely|sincerely"
    r"|cordialement|saludos|pozdrawiam)\b"
    r"(?!\s+aan\b)(?:[\s,]+[\w.'’-]{1,30}){0,8}[\s,.!]*\Z",
    re.IGNORECASE,
)
_QUOTED_LINE = re.compile(r"^[ \t]*(?:>|\|[ \t]).*$", re.MULTILINE)
_TOKEN = re.compile(
    r"(?P<word>(?:(?<!\w)-)?\d+(?:[.:,]\d+)+|(?<!\w)-\d+|[\w'’‘`´\u0300-\u036f\u064b-\u065f\u0670\u200c]+)"
    r"|(?P<end>[.!?…؟。]+|\n[ \t\r]*\n\s*)|(?P<pause>[,;:()–—\"“”„،؛\n]| - )"
)
_ABBREVIATIONS = frozenset(
    "dhr mw mevr nr str tel ca bijv bv evt resp enz ivm mbt vd dr ds st mr mrs ms apt no incl excl ong bsn jl".split()
)
_LETTERS = str.maketrans(
    {
        "ł": "l",
        "ı": "i",
        "ø": "o",
        "đ": "d",
        "ß": "ss",
        "æ": "ae",
        "œ": "oe",
        "ی": "ي",
        "ک": "ك",
        "ى": "ي",
        "ة": "ه",
        "ٱ": "ا",
    }
)
_MARKS = str.maketrans(dict.fromkeys("'’‘`´\u200c_"))
_ELIDED = re.compile(r"^(j|l|c|d|n|m|t|s|qu)['’](?=[^\W\d]{2})", re.IGNORECASE)
_STRETCHED = re.compile(r"(.)\1{2,}")


@dataclass(frozen=True)
class Words:
    """The words of a message in order. The four lists run parallel; a sentence or clause is known by its number."""

    raw: list[str] = field(default_factory=list)
    plain: list[str] = field(default_factory=list)
    sentence: list[int] = field(default_factory=list)
    clause: list[int] = field(default_factory=list)


def fresh_text(text: str) -> str:
    """Return what the sender wrote now, without greeting, name and quoted history; the whole text when nothing is left.

    Long texts lose their middle: the first 20,000 and the last 5,000 characters stay.
    """
    bounded = text if len(text) <= HEAD + TAIL else f"{text[:HEAD]}\n\n{text[-TAIL:]}"
    bounded = bounded.replace("\r\n", "\n")
    history = _HISTORY.search(bounded)
    fresh = _QUOTED_LINE.sub("", bounded[: history.start()] if history else bounded)
    body = _GREETING.sub("", fresh, count=1)
    closing = _FAREWELL.search(body, max(len(body) - CLOSING, 0))
    body = body[: closing.start()] if closing else body
    return next((part for part in (body, fresh) if any(letter.isalnum() for letter in part)), bounded)


@lru_cache(maxsize=20_000)
def plain_words(raw: str) -> tuple[str, ...]:
    """Return a word as the rules spell it: lower case, no accents or apostrophes, "heeeel" as "heel".

    Mostly one word; "j'ai" and "-5" become two.
    """
    elided = _ELIDED.match(raw)
    if elided:
        return plain_words(elided.group(1)) + plain_words(raw[elided.end() :])
    if raw.startswith("-"):
        return ("min", raw[1:])
    letters = unicodedata.normalize("NFKD", raw.lower().translate(_LETTERS))
    kept = "".join(letter for letter in letters if not unicodedata.combining(letter)).translate(_MARKS)
    return (_STRETCHED.sub(r"\1\1", kept)[:LONGEST_WORD],) if kept else ()


def split_words(text: str) -> Words:
    """Return the words of a text with their sentence and clause. Takes linear time."""
    words = Words()
    sentence = clause = 0
    for found in _TOKEN.finditer(text):
        if found.lastgroup == "word":
            for plain in plain_words(found.group()[: 2 * LONGEST_WORD]):
                words.raw.append(found.group())
                words.plain.append(plain)
                words.sentence.append(sentence)
                words.clause.append(clause)
            continue
        clause += 1
        if found.lastgroup == "end" and not (found.group() == "." and _abbreviated(words)):
            sentence += 1
    return words


def _abbreviated(words: Words) -> bool:
    return bool(words.plain) and (words.plain[-1] in _ABBREVIATIONS or len(words.plain[-1]) == 1)
