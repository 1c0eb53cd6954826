"""Words: folding, splitting into tokens, and light stemming of Dutch and English."""

import re
import unicodedata
from functools import lru_cache

MAX_WORD = 40
TOKEN = re.compile(r"[^\W_]*[^\W\d_][^\W_]*")
_GENITIVE = re.compile(r"['’`´]s\b")
_SPECIAL = str.maketrans(
    {"ł": "l", "ı": "i", "ø": "o", "đ": "d", "ß": "ss", "æ": "ae", "œ": "oe", "\u200c": "", "\u00ad": ""}
)

_IRREGULAR = {
    "kinderen": "kind",
    "kinder": "kind",
    "kids": "kind",
    "steden": "stad",
    "leden": "lid",
    "schepen": "schip",
    "vader": "vader",
    "overleden": "overlijd",
    "overlijden": "overlijd",
    "gestorven": "sterf",
    "gestolen": "stel",
    "gebroken": "brek",
    "gevonden": "vind",
    "verloren": "verlies",
    "kwijtgeraakt": "kwijt",
    "scheiden": "scheid",
    "gescheiden": "scheid",
    "gezocht": "zoek",
    "gekocht": "kop",
    "verkocht": "verkop",
    "gebracht": "breng",
    "rotte": "rot",
    "ratten": "rat",
    "buurt": "buurt",
    "buurten": "buurt",
    "lozen": "loos",
    "loos": "loos",
    "loost": "loos",
    "geloosd": "loos",
    "lozing": "loos",
    "lozingen": "loos",
    "gestort": "gestort",
}
_DIMINUTIVE = re.compile(r"(?<=[a-z]{3})(?:etje|tje|pje|kje|je)s?$")
_PLURAL_S = re.compile(r"(?<=[a-z])(er|el|en|em|ie|or|um|ing|ist|on|[aou])s$")
_PARTICIPLE = re.compile(r"^ge(?=[a-z]{3,}[td]$)")
_VERB_T = re.compile(
    r"(?<=.)(?<=eer|uur|aal|oon|uis|ouw|auw|.ng|.lg|.rg|aag|oog|eeg|ijg|ijk|ijf|.rm|oop|.kk|.pp|aak|erk|uik|.ap|.op|oep|eek|ook)[td]$"
)
_DOUBLE_VOWEL = re.compile(r"([aeou])\1")
_DOUBLE_END = re.compile(r"([b-df-hj-np-tv-z])\1$")


def fold(text: str) -> str:
    """Return the text in lower case without accents: "Één café" and "een cafe" are the same."""
    if text.isascii():
        return text.lower()
    apart = unicodedata.normalize("NFKD", text.lower().translate(_SPECIAL))
    return "".join(sign for sign in apart if not unicodedata.combining(sign))


def tokens(text: str) -> list[str]:
    """Return the folded words of a text; a hyphen splits, "auto's" is "auto".

    Bare numbers, and words longer than Dutch has them, are left out.
    """
    return [word for word in TOKEN.findall(_GENITIVE.sub("", fold(text))) if len(word) <= MAX_WORD]


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """Return the stem of a folded Dutch word, so that its inflections meet: verhuizen, verhuisd, verhuis.

    A stem is for comparing, not for reading. Short words stay as they are.
    """
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if len(word) <= 3:
        return word
    word = _PARTICIPLE.sub("", _PLURAL_S.sub(r"\1", _DIMINUTIVE.sub("", word)))
    return _IRREGULAR.get(word) or _ending(_inflection(word))


def _inflection(word: str) -> str:
    for suffix, keeps in (("ingen", 4), ("ing", 4), ("elijke", 4), ("en", 3), ("e", 3)):
        if word.endswith(suffix) and len(word) - len(suffix) >= keeps:
            return word[: -len(suffix)] + ("elijk" if suffix == "elijke" else "")
    return _VERB_T.sub("", word)


def _ending(word: str) -> str:
    word = _DOUBLE_END.sub(r"\1", word)
    if word.endswith("v"):
        word = word[:-1] + "f"
    elif word.endswith("z"):
        word = word[:-1] + "s"
    return _DOUBLE_VOWEL.sub(r"\1", word)


@lru_cache(maxsize=20_000)
def stem_english(word: str) -> str:
    """Return the stem of a folded English word: move, moved, moving."""
    if len(word) <= 3:
        return word
    for suffix, to in (("ies", "y"), ("sses", "ss"), ("ing", ""), ("ed", ""), ("es", ""), ("s", ""), ("e", "")):
        if word.endswith(suffix) and len(word) - len(suffix) >= 3 and not word.endswith("ss"):
            word = word[: -len(suffix)] + to
            break
    return _DOUBLE_END.sub(r"\1", word)
