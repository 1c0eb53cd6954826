"""Takes a mail apart into its leaves, in linear time and without recursion over hostile nesting.

Python's own parser compares every line with every open boundary (5 s for half a megabyte that nests 500 deep) and
recurses (2,000 deep raises), so the tree is walked here over spans of the raw bytes, with every count bounded.
"""

import binascii
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import unquote_to_bytes

from gemeente.channels.mail.charset import decode
from gemeente.channels.mail.headers import BLOCK_AT_MOST, Headers, decoded, read_headers
from gemeente.channels.mail.types import Problem

DEPTH_AT_MOST = 10
PARTS_AT_MOST = 600
_FALSE_BOUNDARIES_AT_MOST = 20_000
_PARAMETERS_AT_MOST = 50
_PIECES_AT_MOST = 10_000

_LINE_END = re.compile(rb"\r?\n")
_BLANK_LINE = re.compile(rb"\r?\n\r?\n")
_PARAMETER = re.compile(r';\s*+([^\s=;"]{1,60})\s*+=\s*+("(?:\\.|[^"\\])*+"?|[^;]*+)', re.DOTALL)
_TYPE = re.compile(r"\s*([a-z0-9!#$&^_.+-]{1,60}/[a-z0-9!#$&^_.+-]{1,90})", re.IGNORECASE)
_BOUNDARY_END = re.compile(rb"(--)?[ \t]*(?:\r?\n|\r?\Z)")
_FIRST_LINE_AS_BOUNDARY = re.compile(rb"\s*--([^\s-][^\r\n]{0,70}?)[ \t]*\r?\n")
_NOT_BASE64 = bytes(set(range(256)) - set(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/="))
_WHITE_SPACE = b" \t\r\n"


@dataclass
class Problems:
    """What was odd, each thing once, in the order in which it was met."""

    met: dict[Problem, None] = field(default_factory=dict)

    def add(self, problem: Problem) -> None:
        """Note a problem."""
        self.met.setdefault(problem)


@dataclass(frozen=True)
class Part:
    """A piece of a mail: its head, and where its body lies in the raw bytes.

    `within` names the multiparts around it, outermost first; parts with the same `alternative` (not 0) say the same thing.
    """

    raw: bytes
    headers: Headers
    start: int
    end: int
    within: tuple[str, ...] = ()
    alternative: int = 0
    default_type: str = "text/plain"

    @property
    def content_type(self) -> str:
        """Return the declared type in lower case."""
        found = _TYPE.match(self.headers.first("content-type"))
        return found[1].lower() if found else self.default_type

    def parameter(self, name: str, *, header: str = "content-type") -> str:
        """Return a parameter of Content-Type or another field; "" when absent (RFC 2045, RFC 2231)."""
        return _parameters(self.headers.first(header)).get(name, "")

    @property
    def disposition(self) -> str:
        """Return "attachment", "inline" or ""."""
        return self.headers.first("content-disposition").partition(";")[0].strip().lower()

    def body(self) -> bytes:
        """Return the body as it stands in the mail."""
        return self.raw[self.start : self.end]

    def content(self, problems: Problems) -> bytes:
        """Return the body with its transfer encoding undone; notes what was odd."""
        encoding = self.headers.first("content-transfer-encoding").lower()
        if encoding.startswith("base64"):
            return _from_base64(self.body(), problems)
        if encoding.startswith("quoted-printable"):
            return binascii.a2b_qp(self.body())
        if encoding.partition(";")[0].strip() not in ("", "7bit", "8bit", "binary"):
            problems.add(Problem.BAD_ENCODING)
        return self.body()


def open_mail(raw: bytes, problems: Problems) -> Part:
    """Return the whole mail as one part; notes a head that is missing or too long."""
    part = _part(raw, _start(raw), len(raw), None)
    if not part.headers.fields:
        problems.add(Problem.NO_HEADERS)
    if part.headers.too_long:
        problems.add(Problem.LONG_HEADER)
    return part


def _start(raw: bytes) -> int:
    start = 3 if raw.startswith(b"\xef\xbb\xbf") else 0
    while raw[start : start + 1] in (b"\r", b"\n", b" "):
        start += 1
    if raw.startswith((b"From ", b">From "), start):
        return raw.find(b"\n", start) + 1 or len(raw)
    return start


def _part(raw: bytes, start: int, end: int, parent: Part | None) -> Part:
    within = (*parent.within, parent.content_type) if parent else ()
    alternative = _alternative(parent) if parent else 0
    headers, body = _head(raw, start, end)
    default = "message/rfc822" if within[-1:] == ("multipart/digest",) else "text/plain"
    return Part(raw, headers, body, end, within, alternative, default)


def _alternative(parent: Part) -> int:
    return parent.start if parent.content_type == "multipart/alternative" else parent.alternative


def _head(raw: bytes, start: int, end: int) -> tuple[Headers, int]:
    """Return the head and where the body begins; without any field, everything is body.

    Lines below the last field belong to the body: some programs leave out the empty line, and no words may be lost.
    """
    if empty := _LINE_END.match(raw, start, end):
        return Headers({}), empty.end()
    latest = min(end, start + BLOCK_AT_MOST)
    blank = _BLANK_LINE.search(raw, start, latest)
    stop, body = (blank.start(), blank.end()) if blank else (latest, latest)
    headers = read_headers(raw[start:stop])
    return headers, start + headers.length if raw[start + headers.length : stop].strip() else body


def leaves(part: Part, problems: Problems) -> Iterator[Part]:
    """Yield the parts that hold something themselves, in their order; what nests too deep comes as one part."""
    waiting = [part]
    seen = 0
    while waiting:
        current = waiting.pop()
        seen += 1
        if seen > PARTS_AT_MOST:
            problems.add(Problem.TOO_MANY_PARTS)
            return
        children = _children(current, problems)
        if children is None:
            yield current
        else:
            waiting.extend(reversed(children))


def _children(part: Part, problems: Problems) -> list[Part] | None:
    if not part.content_type.startswith("multipart/"):
        return None
    if len(part.within) >= DEPTH_AT_MOST:
        problems.add(Problem.TOO_DEEP)
        return None
    boundary = part.parameter("boundary").encode("utf-8", "replace").rstrip()
    spans = _spans(part, boundary) if boundary else []
    if not spans:
        problems.add(Problem.BROKEN_MIME)
        guessed = _FIRST_LINE_AS_BOUNDARY.match(part.raw, part.start, part.end)
        spans = _spans(part, guessed[1]) if guessed else []
    return [_part(part.raw, start, end, part) for start, end in spans] or None


def _spans(part: Part, boundary: bytes) -> list[tuple[int, int]]:
    marks = list(_marks(part, b"--" + boundary))
    ends = [at for at, _, _ in marks[1:]]
    if marks and not marks[-1][2]:
        ends.append(part.end)
    return [(after, max(after, end)) for (_, after, _), end in zip(marks, ends, strict=False)]


def _marks(part: Part, delimiter: bytes) -> Iterator[tuple[int, int, bool]]:
    """Yield each boundary line: where the part before it ends, where the next begins, and whether it is the last."""
    at, false_ones, found = part.start, 0, 0
    while found <= PARTS_AT_MOST and false_ones <= _FALSE_BOUNDARIES_AT_MOST:
        at = part.raw.find(delimiter, at, part.end)
        if at < 0:
            return
        after = _BOUNDARY_END.match(part.raw, at + len(delimiter), part.end)
        begins_line = at == part.start or part.raw[at - 1 : at] == b"\n"
        if not after or not begins_line:
            false_ones += 1
            at += len(delimiter)
            continue
        found += 1
        yield _before_line_end(part, at), after.end(), bool(after[1])
        if after[1]:
            return
        at = after.end()


def _before_line_end(part: Part, at: int) -> int:
    """Return where the text before a boundary ends: the line end belongs to the boundary (RFC 2046 §5.1.1)."""
    if part.raw[at - 2 : at] == b"\r\n":
        return max(part.start, at - 2)
    return max(part.start, at - 1)


def _from_base64(body: bytes, problems: Problems) -> bytes:
    kept = body.translate(None, _NOT_BASE64)
    odd = len(body.translate(None, _WHITE_SPACE)) - len(kept)
    if odd:
        problems.add(Problem.BAD_ENCODING)
    if odd > len(kept):
        return body
    # Some programs glue encoded pieces together, each with its own "=" at its end.
    *pieces, rest = kept.split(b"=", _PIECES_AT_MOST)
    chunks = [chunk for chunk in (*pieces, rest.replace(b"=", b"")) if chunk]
    if any(len(chunk) % 4 == 1 for chunk in chunks):
        problems.add(Problem.BAD_ENCODING)
    return b"".join(_chunk(chunk) for chunk in chunks)


def _chunk(chunk: bytes) -> bytes:
    # A lone last character carries no whole byte.
    whole = chunk[:-1] if len(chunk) % 4 == 1 else chunk
    return binascii.a2b_base64(whole + b"=" * (-len(whole) % 4))


def filename(part: Part) -> str:
    """Return the name that the sender gave to a part, decoded but not yet cleaned; "" when there is none."""
    given = part.parameter("filename", header="content-disposition") or part.parameter("name")
    return decoded(given, at_most=1000) if "=?" in given else given


def _parameters(value: str) -> dict[str, str]:
    plain: dict[str, str] = {}
    pieces: dict[str, dict[int, tuple[bool, str]]] = {}
    for name, given in _PARAMETER.findall(value)[:_PARAMETERS_AT_MOST]:
        text = _unquoted(given)
        base, number, extended = _split(name.lower())
        if number is None and not extended:
            plain.setdefault(base, text)
        else:
            pieces.setdefault(base, {}).setdefault(number or 0, (extended, text))
    return plain | {name: _joined(numbered) for name, numbered in pieces.items()}


def _unquoted(given: str) -> str:
    if not given.startswith('"'):
        return given.strip()
    return re.sub(r"\\(.)", r"\1", given[1:].removesuffix('"'), flags=re.DOTALL)


def _split(name: str) -> tuple[str, int | None, bool]:
    found = re.fullmatch(r"([^*]+)(?:\*(\d{1,3}))?(\*)?", name)
    if not found:
        return name, None, False
    return found[1], int(found[2]) if found[2] else None, bool(found[3])


def _joined(numbered: dict[int, tuple[bool, str]]) -> str:
    ordered = [numbered[number] for number in sorted(numbered)]
    charset = ""
    if ordered[0][0] and ordered[0][1].count("'") >= 2:
        charset, _, first = ordered[0][1].split("'", 2)
        ordered[0] = (True, first)
    raw = b"".join(
        unquote_to_bytes(text) if extended else text.encode("utf-8", "replace") for extended, text in ordered
    )
    return decode(raw, charset or "utf-8")[0]
