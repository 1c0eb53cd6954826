"""Finds what a mail says, among its parts: the plain text, the HTML, and the files beside them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from html import escape

from gemeente.channels.mail.charset import decode
from gemeente.channels.mail.clean import clean_text
from gemeente.channels.mail.markup import HTML_AT_MOST, readable
from gemeente.channels.mail.structure import DEPTH_AT_MOST, Part, Problems, filename
from gemeente.channels.mail.types import Problem

TEXT_READ_AT_MOST = 400_000

_META_CHARSET = re.compile(rb"<meta[^>]{1,200}charset\s*=\s*[\"']?([\w-]{1,30})", re.IGNORECASE)
# The same words once more, for programs that a person does not use to read mail.
_OTHER_ALTERNATIVES = ("text/x-amp-html", "text/enriched", "text/watch-html")


@dataclass(frozen=True)
class Body:
    """What a mail says, as text and as HTML ("" when it has none)."""

    text: str
    html: str


@dataclass
class _Section:
    """One thing that a mail says: as text, as HTML, or as both."""

    plain: list[str] = field(default_factory=list)
    html: list[str] = field(default_factory=list)

    def text(self) -> str:
        """Return the plain text; the HTML made readable when there is none."""
        plain = "\n".join(self.plain)
        return plain if plain.strip() or not self.html else clean_text(readable("".join(self.html)))

    def markup(self) -> str:
        """Return the HTML; the plain text as HTML when there is none."""
        return "".join(self.html) or "".join(f"<p>{escape(text)}</p>" for text in self.plain)


def read_bodies(leaves: Sequence[Part], problems: Problems) -> tuple[Body, list[Part]]:
    """Return what the mail says and the parts that are files. Bounded to TEXT_READ_AT_MOST and HTML_AT_MOST."""
    sections: dict[int, _Section] = {}
    files: list[Part] = []
    room = {"text/plain": TEXT_READ_AT_MOST, "text/html": HTML_AT_MOST}
    for number, leaf in enumerate(leaves, start=1):
        kind = _body_type(leaf)
        if kind:
            section = sections.setdefault(leaf.alternative or -number, _Section())
            text = _text(leaf, room[kind], problems)
            room[kind] -= len(text)
            (section.html if kind == "text/html" else section.plain).append(text)
        elif not (leaf.alternative and leaf.content_type in _OTHER_ALTERNATIVES):
            files.append(leaf)
    found = [section for section in sections.values() if section.text().strip() or section.html]
    has_html = any(section.html for section in found)
    markup = "".join(section.markup() for section in found) if has_html else ""
    return Body("\n\n".join(section.text() for section in found), markup), files


def _body_type(leaf: Part) -> str:
    """Return text/plain or text/html for a part that is read as the mail's words, "" for a file."""
    kind = leaf.content_type
    if kind.startswith("multipart/"):
        return "text/plain" if len(leaf.within) < DEPTH_AT_MOST else ""
    is_file = leaf.disposition == "attachment" or (leaf.within and filename(leaf))
    return kind if kind in ("text/plain", "text/html") and not is_file else ""


def _text(leaf: Part, room: int, problems: Problems) -> str:
    content = leaf.content(problems)
    if len(content) > room:
        problems.add(Problem.TRUNCATED)
        content = content[:room].rpartition(b"\n")[0] or content[:room]
    text, honest = decode(content, _charset(leaf, content))
    if not honest:
        problems.add(Problem.BAD_CHARSET)
    cleaned = clean_text(text)
    return _unflowed(cleaned, leaf) if leaf.parameter("format").lower() == "flowed" else cleaned


def _charset(leaf: Part, content: bytes) -> str:
    declared = leaf.parameter("charset")
    if declared or leaf.content_type != "text/html":
        return declared
    found = _META_CHARSET.search(content[:4096])
    return found[1].decode("ascii", "replace") if found else ""


def _unflowed(text: str, leaf: Part) -> str:
    """Join the soft line ends of format=flowed (RFC 3676); quoted lines and the signature mark keep theirs."""
    space_goes = leaf.parameter("delsp").lower() == "yes"
    joined: list[str] = []
    flows = False
    for line in text.split("\n"):
        words = line.removeprefix(" ")
        if flows and not line.startswith(">") and words != "-- ":
            joined.append(words)
        else:
            joined.append(f"\n{words}")
        flows = words.endswith(" ") and words != "-- " and not line.startswith(">")
        if flows and space_goes:
            joined[-1] = joined[-1][:-1]
    return "".join(joined).removeprefix("\n")
