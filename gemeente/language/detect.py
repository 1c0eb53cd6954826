"""Which language a message is written in: a model of byte patterns, words that tell, and what we expect in our mail."""

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from functools import cache

from gemeente.language.model import Model
from gemeente.language.own_words import own_words
from gemeente.language.voices import Voices, borrowed, script_of, voices

UNKNOWN = "nl"
# Chosen on language-tune.jsonl: what a telling word weighs, and the handicap of a language that the model has not learned.
WORD, NOT_LEARNED = 6.0, 2.0
# How many Latin letters one sign is worth. Kana decides between Chinese and Japanese, which share the other signs.
SIGN_WORTH = {"HAN": 3, "KANA": 12, "HANGUL": 2, "ETHIOPIC": 2}

_WORD = re.compile(r"[^\s.,;:!?…()\[\]{}\"“”„«»<>/|\\—–&+=*#@_~¿¡،؟؛፡።፣、。·•-]+")
_CODE = re.compile(r"[a-z]{0,2}\d+[a-z]?")


def detect_language(text: str) -> str:
    """Return the ISO 639-1 code (639-2 or -3 where there is none) of the main language of a message.

    Dialects of Dutch are "nl"; so is a text without words. Never raises, whatever the text. Reads at most 20,000 characters.
    """
    words = _telling_words(unicodedata.normalize("NFKC", own_words(text)))
    known = voices().get(_main_script(words))
    if known is None:
        return UNKNOWN
    if len(known.all) == 1:
        return known.all[0].language
    scores = _scores(words, known)
    return known.all[scores.index(max(scores))].language


def _telling_words(text: str) -> list[str]:
    words = [word.strip("'") for word in _WORD.findall(text.lower().replace("’", "'"))]
    words = [word for word in words if any(map(str.isalpha, word)) and not _CODE.fullmatch(word)]
    own = [word for word in words if word not in borrowed()]
    return own if len(own) >= 2 else words


def _main_script(words: Sequence[str]) -> str:
    seen: Counter[str] = Counter()
    for sign in "".join(words):
        script = script_of(sign)
        if script in voices():
            seen[script] += SIGN_WORTH.get(script, 1)
    return max(seen, key=seen.__getitem__, default="")


def _scores(words: Sequence[str], known: Voices) -> list[float]:
    """Return one score per voice. Model and words grow with the root of the length; in short texts the priors decide."""
    fits = _fits(" ".join(words), known)
    scores = [voice.prior + fit for voice, fit in zip(known.all, fits, strict=True)]
    weight = WORD / math.sqrt(len(words))
    for word in words:
        for number, credit in known.credits(word):
            scores[number] += weight * credit
    return scores


def _fits(text: str, known: Voices) -> list[float]:
    """Return how well the text fits the model of each voice: 0 for the best, the others below."""
    ranked = _model().fits(text)
    fits = [max((ranked[label] for label in voice.model), default=None) for voice in known.all]
    best = max(fit for fit in fits if fit is not None)
    scale = math.sqrt(len(text.encode(errors="surrogatepass")))
    return [-NOT_LEARNED if fit is None else (fit - best) / scale for fit in fits]


@cache
def _model() -> Model:
    """Return the model for the languages we know. Threads that come first together may each build it: it only reads."""
    return Model({label for known in voices().values() for voice in known.all for label in voice.model})
