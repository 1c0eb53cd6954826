"""Makes words from outside safe to keep and to show."""

import re
import unicodedata
from pathlib import PurePosixPath

FILENAME_AT_MOST = 100
_EXTENSION_AT_MOST = 12

# Controls, lone surrogates, zero-width joints without meaning, and the characters that turn the reading direction.
# The zero-width (non-)joiner stays: emoji, Persian and Hindi need it.
_UNSEEN = "\u200b\u2060\ufeff\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069\ud800-\udfff"
_NOT_IN_TEXT = re.compile(rf"[\x00-\x08\x0b-\x1f\x7f-\x9f{_UNSEEN}]")
_NOT_IN_LINE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_UNSEEN_IN_LINE = re.compile(f"[{_UNSEEN}]")
_LINE_END = re.compile(r"\r\n|[\r\x0b\x0c\x85\u2028\u2029]")


def clean_text(text: str) -> str:
    """Return text with "\\n" as its only line end, and only tabs beside it of all controls."""
    return _NOT_IN_TEXT.sub("", _LINE_END.sub("\n", text))


def clean_line(text: str, *, at_most: int) -> str:
    """Return text as one line without controls, composed (NFC) and bounded."""
    # Composing takes quadratic time on a long run of accents, so the bound comes first.
    seen = _UNSEEN_IN_LINE.sub("", text[: 4 * at_most])
    line = " ".join(_NOT_IN_LINE.sub(" ", seen).split())
    return unicodedata.normalize("NFC", line[:at_most])[:at_most]


def clean_filename(name: str) -> str:
    """Return a file name without path, controls or direction characters; "" when nothing is left.

    It is bounded in length and keeps its extension.
    """
    last = PurePosixPath(clean_line(name[-1000:], at_most=1000).replace("\\", "/")).name
    kept = re.sub(r'[<>:"|?*]', "_", last).strip(". ")
    stem, dot, extension = kept.rpartition(".")
    if not dot or len(extension) > _EXTENSION_AT_MOST:
        return kept[:FILENAME_AT_MOST]
    return f"{stem[: FILENAME_AT_MOST - len(extension) - 1]}.{extension}"
