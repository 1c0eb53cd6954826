"""The head of a mail or of a part: bounded, unfolded, and each field read without ever raising.

Python's own parser takes seconds on a hostile 64 kB field and recurses on nested brackets, so only its decoding of
encoded words and of dates is used, on values that are short.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.errors import HeaderParseError
from email.header import decode_header
from email.utils import parsedate_to_datetime

from gemeente.channels.mail.charset import decode
from gemeente.channels.mail.clean import clean_line
from gemeente.kernel import clock

BLOCK_AT_MOST = 2_000_000
VALUE_AT_MOST = 16_000
NAMES_AT_MOST = 1_000
VALUES_AT_MOST = 100
REFERENCES_AT_MOST = 20
ADDRESSES_AT_MOST = 100
NAME_AT_MOST = 200
EARLIEST_YEAR = 1995

_FIELD = re.compile(rb"([!-9;-~]{1,76})[ \t]*:(.*)", re.DOTALL)
_MESSAGE_ID = re.compile(r"<[!-;=?-~]{3,250}>")
_BARE_ID = re.compile(r"[!-;=?-~]{3,250}")
_ADDRESS = re.compile(r"(?:\"[^\"\s]{1,64}\"|[^\s<>()\[\]\",;:@\\]{1,64})@[^\s<>()\",;:@\\_]{1,190}")
# An open quote or comment without its end runs to the end of the value: each character is read once.
_PIECE = re.compile(r'"(?:\\.|[^"\\])*+(?:"|\Z)|\((?:\\.|[^()\\])*+(?:\)|\Z)|<[^<>]*+>|[,;]|[^",;()<>]++|.', re.DOTALL)
_GROUP = re.compile(r"\A[^:@<>\"]*:")


@dataclass(frozen=True)
class Headers:
    """The fields of a head, by lower-case name, in their order; values are raw, unfolded and bounded.

    `length` is where the last field ends, in bytes from the begin.
    """

    fields: dict[str, list[bytes]]
    too_long: bool = False
    length: int = 0

    def first(self, name: str) -> str:
        """Return the first field of this name as text, encoded words still encoded; "" when there is none."""
        return next(self.all(name), "")

    def all(self, name: str) -> Iterator[str]:
        """Yield every field of this name as text, at most VALUES_AT_MOST."""
        for value in self.fields.get(name, []):
            yield decode(value, "utf-8")[0]


def read_headers(block: bytes) -> Headers:
    """Read a head of at most BLOCK_AT_MOST bytes; what is no field is passed over."""
    fields: dict[str, list[bytes]] = {}
    current: bytearray = bytearray()
    too_long = len(block) > BLOCK_AT_MOST
    at = length = 0
    for line in block[:BLOCK_AT_MOST].split(b"\n"):
        at += len(line) + 1
        if line[:1] in (b" ", b"\t"):
            too_long = too_long or len(current) + len(line) > VALUE_AT_MOST
            current += line[: VALUE_AT_MOST - len(current)]
        elif _FIELD.match(line[:VALUE_AT_MOST]):
            _keep(fields, current)
            too_long = too_long or len(line) > VALUE_AT_MOST
            current = bytearray(line[:VALUE_AT_MOST])
        else:
            continue
        length = min(at, len(block))
    _keep(fields, current)
    return Headers(fields, too_long, length)


def _keep(fields: dict[str, list[bytes]], line: bytearray) -> None:
    if field := _FIELD.match(line):
        name = field[1].decode("ascii").lower()
        values = fields.setdefault(name, []) if name in fields or len(fields) < NAMES_AT_MOST else []
        if len(values) < VALUES_AT_MOST:
            values.append(bytes(field[2]).strip())


def decoded(value: str, *, at_most: int) -> str:
    """Return a field for people to read: encoded words decoded (RFC 2047), one clean line."""
    if "=?" not in value:
        return clean_line(value, at_most=at_most)
    try:
        words = decode_header(value)
    except (HeaderParseError, ValueError):
        return clean_line(value, at_most=at_most)
    return clean_line("".join(_word(word, charset) for word, charset in words), at_most=at_most)


def _word(word: str | bytes, charset: str | None) -> str:
    if isinstance(word, str):
        return word
    # decode_header gives what stands between encoded words as raw-unicode-escape bytes.
    return word.decode("raw-unicode-escape", errors="replace") if charset is None else decode(word, charset)[0]


@dataclass(frozen=True)
class Address:
    """A name and an address, the domain in lower case; `email` is a plain `local@domain`."""

    name: str
    email: str


def addresses(value: str) -> tuple[Address, ...]:
    """Return the addresses in a field, groups opened, bounded to ADDRESSES_AT_MOST."""
    found = [address for part in _parts(value[:VALUE_AT_MOST]) if (address := _address(part))]
    if not found:
        found = [Address("", plain) for match in _ADDRESS.findall(value[:VALUE_AT_MOST]) if (plain := _plain(match))]
    return tuple(found[:ADDRESSES_AT_MOST])


def _parts(value: str) -> Iterator[list[str]]:
    pieces: list[str] = []
    for piece in _PIECE.findall(value):
        if piece not in (",", ";"):
            pieces.append(piece)
            continue
        yield pieces
        pieces = []
    yield pieces


def _address(pieces: list[str]) -> Address | None:
    angled = [piece for piece in pieces if piece.startswith("<")]
    comments = [piece for piece in pieces if piece.startswith("(")]
    rest = _GROUP.sub("", "".join(piece for piece in pieces if piece[0] not in "<("))
    if angled:
        email, name = _plain("".join(angled[-1][1:-1].split())), rest
    else:
        found = _ADDRESS.search(rest)
        email = _plain(found[0]) if found else ""
        name = rest[: found.start()] if found else ""
    return Address(_name(name or " ".join(comments).strip("()")), email) if email else None


def _plain(text: str) -> str:
    address = text.removeprefix("mailto:")
    if not _ADDRESS.fullmatch(address) or clean_line(address, at_most=254) != address:
        return ""
    local, _, domain = address.rpartition("@")
    return f"{local}@{domain.lower().rstrip('.')}"


def _name(text: str) -> str:
    unquoted = re.sub(r'\\(.)|"', r"\1", text.strip())
    return decoded(unquoted, at_most=NAME_AT_MOST).strip("' ")


def message_id(value: str) -> str:
    """Return the first usable Message-ID as `<…>`, or "" (also for one that is absurdly long or short)."""
    if found := _MESSAGE_ID.search(value):
        return found[0]
    bare = value.strip().strip("<>")
    return f"<{bare}>" if _BARE_ID.fullmatch(bare) else ""


def message_ids(value: str) -> tuple[str, ...]:
    """Return the last REFERENCES_AT_MOST Message-IDs in a field."""
    return tuple(dict.fromkeys(_MESSAGE_ID.findall(value)))[-REFERENCES_AT_MOST:]


def sent_at(value: str) -> datetime | None:
    """Return when a mail says that it was sent, or None when that is no date, before 1995 or over a day ahead."""
    try:
        moment = parsedate_to_datetime(value[:200])
        aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        sane = aware.year >= EARLIEST_YEAR and aware < clock.now() + timedelta(days=1)
        return aware.astimezone(UTC) if sane else None
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
