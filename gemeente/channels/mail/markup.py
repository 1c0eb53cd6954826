"""HTML from a mail: read as text, and made safe to show.

A tree builder repairs crossed formatting tags by copying them into every following block, so that a few hundred kB can
grow to gigabytes. Therefore the markup is first read as a flat row of tokens, in linear time, and written back as
simple, properly nested HTML; only that goes to the sanitiser, which has the last word.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape, unescape

import nh3

HTML_AT_MOST = 1_000_000
SAFE_AT_MOST = 300_000
_DEPTH_AT_MOST = 40
_URL_AT_MOST = 200

_BLOCKS = frozenset(
    {
        "p",
        "div",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "ul",
        "ol",
        "li",
        "blockquote",
        "table",
        "tr",
        "pre",
        "section",
        "article",
        "header",
        "footer",
        "center",
        "address",
        "dl",
        "dt",
        "dd",
        "figure",
        "fieldset",
        "form",
        "body",
        "tbody",
        "thead",
        "hr",
    }
)
_PARAGRAPHS = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "blockquote", "pre", "table"})
_UNREAD = frozenset(
    {"script", "style", "title", "template", "iframe", "object", "svg", "math", "noscript", "select", "textarea"}
)
_SAFE_BLOCKS = frozenset({"p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "blockquote", "pre"})
_SAFE_INLINE = frozenset({"b", "strong", "i", "em", "u", "a"})
_VOID = frozenset({"br", "hr", "img", "input", "meta", "link", "col", "area", "base", "wbr", "embed", "source"})
_SAFE_SCHEMES = frozenset({"https", "http", "mailto", "tel"})

# Whatever opens also ends at the end of the text and never fails halfway, so no hostile row of quotes is read twice.
_TOKEN = re.compile(
    r"<!--(?:.*?)(?:-->|\Z)"
    r"|<[!?][^>]*+(?:>|\Z)"
    r"|<(?P<close>/?)(?P<name>[a-zA-Z][a-zA-Z0-9:]{0,30})(?P<rest>(?:=\s*+\"[^\"]*+\"|=\s*+'[^']*+'|[^>=]++|=)*+)(?:>|\Z)"
    r"|(?P<text>[^<]++|<)",
    re.DOTALL,
)
_HREF = re.compile(r"\shref\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))", re.IGNORECASE)
_HIDDEN = re.compile(r"display\s*:\s*none|mso-hide\s*:\s*all", re.IGNORECASE)
_SPACE = re.compile(r"[ \t\r\n\f]+")


@dataclass(frozen=True)
class _Tag:
    name: str
    opens: bool
    rest: str

    @property
    def href(self) -> str:
        found = _HREF.search(self.rest)
        return unescape(found[1] or found[2] or found[3] or "").strip() if found else ""


def _tokens(html: str) -> Iterator[_Tag | str]:
    """Yield tags, and the text between them with its entities resolved; what is never read is left out."""
    at = 0
    while found := _TOKEN.match(html, at):
        at = found.end()
        if found["text"]:
            yield unescape(found["text"])
        elif found["name"]:
            tag = _Tag(found["name"].lower(), not found["close"], found["rest"])
            if tag.opens and tag.name in _UNREAD:
                at = _after(html, tag.name, at)
            else:
                yield tag


def _after(html: str, name: str, at: int) -> int:
    closing = re.compile(rf"</{name}\b[^>]*+(?:>|\Z)", re.IGNORECASE).search(html, at)
    return closing.end() if closing else len(html)


@dataclass
class _Reader:
    """Collects lines; a quotation gets "> " before each line, a link its address behind its words."""

    lines: list[str] = field(default_factory=list)
    current: list[str] = field(default_factory=list)
    quotes: int = 0
    preformatted: int = 0
    hidden: list[str] = field(default_factory=list)
    hides: bool = True
    link: str = ""
    link_words: list[str] = field(default_factory=list)

    def read(self, token: _Tag | str) -> None:
        """Take one token."""
        if self.hidden:
            self._pass_over(token)
        elif isinstance(token, str):
            self._text(token)
        elif self._begins_hiding(token):
            self.hidden.append(token.name)
        else:
            self._tag(token)

    def _begins_hiding(self, tag: _Tag) -> bool:
        return self.hides and tag.opens and tag.name not in _VOID and bool(_HIDDEN.search(tag.rest))

    def _pass_over(self, token: _Tag | str) -> None:
        if isinstance(token, str) or token.name != self.hidden[0]:
            return
        if token.opens:
            self.hidden.append(token.name)
        else:
            self.hidden.pop()

    def _text(self, text: str) -> None:
        words = text.replace("\xa0", " ")
        if self.preformatted:
            first, *more = words.split("\n")
            self.current.append(first)
            for line in more:
                self.end_line()
                self.current.append(line)
            return
        words = _SPACE.sub(" ", words)
        self.current.append(words)
        self.link_words.append(words)

    def _tag(self, tag: _Tag) -> None:
        if tag.name == "br":
            self.end_line()
        elif tag.name == "a":
            self._link(tag)
        elif tag.name in ("td", "th"):
            self.current.append(" ")
        elif tag.name in _BLOCKS:
            self._block(tag)

    def _block(self, tag: _Tag) -> None:
        if "".join(self.current).strip():
            self.end_line()
        else:
            self.current = []  # spaces between blocks say nothing, and would be joined again and again
        step = 1 if tag.opens else -1
        outside = self.quotes
        if tag.name == "blockquote":
            self.quotes = min(max(0, self.quotes + step), _DEPTH_AT_MOST)
        if tag.name in _PARAGRAPHS and self.lines and self.lines[-1].strip("> "):
            self.lines.append("> " * min(outside, self.quotes))
        if tag.name == "pre":
            self.preformatted = max(0, self.preformatted + step)
        elif tag.name == "li" and tag.opens:
            self.current.append("- ")

    def _link(self, tag: _Tag) -> None:
        if tag.opens:
            self.link, self.link_words = tag.href, []
            return
        said = "".join(self.link_words).strip()
        self.link_words = []
        target = self.link.removeprefix("mailto:").removeprefix("tel:")
        scheme = self.link.partition(":")[0].lower()
        if said and scheme in _SAFE_SCHEMES and len(target) <= _URL_AT_MOST and not _says(said, target):
            self.current.append(f" ({target})")
        self.link = ""

    def end_line(self) -> None:
        """Close the line that is being read."""
        words = "".join(self.current)
        line = words.rstrip() if self.preformatted else _SPACE.sub(" ", words).strip()
        self.lines.append("> " * self.quotes + line)
        self.current = []


def _says(words: str, target: str) -> bool:
    bare = re.sub(r"\Ahttps?://(?:www\.)?|/\Z", "", target.casefold())
    return bare in words.casefold()


def readable(html: str) -> str:
    """Return what a person reads in this HTML: lines, "- " before list items, "> " before quotations."""
    reader = _read(html, hides=True)
    # Something hidden that never ends would hide the rest of the mail.
    return "\n".join((_read(html, hides=False) if reader.hidden else reader).lines)


def _read(html: str, *, hides: bool) -> _Reader:
    reader = _Reader(hides=hides)
    for token in _tokens(html[:HTML_AT_MOST]):
        reader.read(token)
    reader.end_line()
    return reader


@dataclass
class _Writer:
    """Writes the few tags that we keep, properly nested; a new block ends all formatting before it."""

    written: list[str] = field(default_factory=list)
    open: list[str] = field(default_factory=list)

    def write(self, token: _Tag | str) -> None:
        """Take one token."""
        if isinstance(token, str):
            self.written.append(escape(token))
        elif token.name in ("br", "tr", "hr") and token.opens:
            self.written.append("<br>")
        elif token.name in ("td", "th") and token.opens:
            self.written.append(" ")
        elif token.name in _SAFE_BLOCKS or token.name in _SAFE_INLINE:
            self._tag(token)

    def _tag(self, tag: _Tag) -> None:
        if not tag.opens:
            self._close(tag.name)
            return
        if tag.name in _SAFE_BLOCKS:
            self._end_formatting()
        if tag.name in ("p", "a"):
            self._close(tag.name)
        if len(self.open) < _DEPTH_AT_MOST:
            self.open.append(tag.name)
            self.written.append(f'<a href="{escape(tag.href[:2000])}">' if tag.name == "a" else f"<{tag.name}>")

    def _end_formatting(self) -> None:
        while self.open and self.open[-1] in _SAFE_INLINE:
            self.written.append(f"</{self.open.pop()}>")

    def _close(self, name: str) -> None:
        if name not in self.open:
            return
        while self.open:
            last = self.open.pop()
            self.written.append(f"</{last}>")
            if last == name:
                return

    def finish(self) -> str:
        """Close what is open and return it all."""
        while self.open:
            self.written.append(f"</{self.open.pop()}>")
        return "".join(self.written)


def safe(html: str) -> str:
    """Return HTML with words, paragraphs, lists, quotations and links only: no images, styles, scripts or forms."""
    writer = _Writer()
    for token in _tokens(html[:SAFE_AT_MOST]):
        writer.write(token)
    return nh3.clean(
        writer.finish(),
        tags={*_SAFE_BLOCKS, *_SAFE_INLINE, "br"},
        attributes={"a": {"href"}},
        url_schemes=set(_SAFE_SCHEMES),
        # A link without a site would be one to our own pages, such as the one that logs out.
        url_relative="deny",
        link_rel="noopener noreferrer nofollow",
    ).strip()
