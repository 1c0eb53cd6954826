"""Bytes to text, also when the mail lies about its character set."""

import codecs
import re

# Python knows "codecs" that decompress, rotate or take quadratic time; a mail may only name a real character set.
_CHARSET = re.compile(
    r"(?:us-?)?ascii|utf-?(?:8|16)(?:-?[bl]e)?|(?:iso|latin|windows|cp|koi8|mac|big5|gb|shift|euc|ks|hz|tis)[\w.:-]{0,20}"
)

# Words in these sets are never valid UTF-8 by chance (in Thai ones they can be): then the name is a lie.
_NEVER_UTF_8 = re.compile(r"cp125\d|iso8859-(?!11)\d|koi8-|mac-")


def decode(raw: bytes, declared: str) -> tuple[str, bool]:
    """Return the text, and whether the declared character set told the truth ("" declares ASCII, RFC 2045 §5.2).

    Tries what was declared, then UTF-8, then Windows-1252, which always gives something.
    """
    wanted = _known(declared)
    sooner = ("utf-8",) if wanted and _NEVER_UTF_8.match(wanted) and not raw.isascii() else ()
    for name in (*sooner, wanted or "utf-8", "utf-8", "cp1252"):
        text = _strictly(raw, name)
        if text is not None:
            return text, name == wanted
    return raw.decode("cp1252", errors="replace"), wanted == "cp1252"


def _known(declared: str) -> str | None:
    wanted = declared.strip().strip("\"'").lower() or "ascii"
    if not _CHARSET.fullmatch(wanted):
        return None
    try:
        name = codecs.lookup(wanted).name
    except LookupError:
        return None
    # What calls itself Latin-1 is Windows-1252 in practice (WHATWG Encoding Standard).
    return "cp1252" if name == "iso8859-1" else name


def _strictly(raw: bytes, name: str) -> str | None:
    try:
        return raw.decode(name)
    except (UnicodeError, LookupError):
        return None
