"""A letter's words as HTML that every mail program and screen reader understands, without anything from elsewhere."""

import re
from html import escape

_RIGHT_TO_LEFT = ("ar", "fa", "he", "ps", "ur", "ckb")
_LINK = re.compile(
    r"https://[^\s<>\"]{1,500}|mailto:[^\s<>\"]{1,254}|tel:\+?[\d-]{3,20}|[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+"
)
_AFTER_LINK = ".,;:!?)’”'"
_LIST_MARK = re.compile(r"[-*•] +")

_FONT = "font-family:Verdana,Arial,sans-serif;font-size:16px;line-height:1.5"
_BODY = f"margin:0;padding:24px 16px;background:#ffffff;color:#1a1a1a;{_FONT}"
_COLUMN = "max-width:600px;margin:0 auto"


def as_html(text: str, *, title: str, language: str) -> str:
    """Return a whole HTML page: paragraphs at blank lines, lists at "- ", links for https, tel, mailto and addresses."""
    direction = "rtl" if language.partition("-")[0] in _RIGHT_TO_LEFT else "ltr"
    blocks = "\n".join(_block(block) for block in re.split(r"\n\s*\n", text.strip()) if block.strip())
    return (
        f'<!doctype html>\n<html lang="{language}" dir="{direction}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<title>{escape(title)}</title>\n</head>\n<body style="{_BODY}">\n'
        f'<div style="{_COLUMN}">\n{blocks}\n</div>\n</body>\n</html>\n'
    )


def _block(block: str) -> str:
    lines = [line.strip() for line in block.split("\n")]
    first = next((at for at, line in enumerate(lines) if _LIST_MARK.match(line)), len(lines))
    items = lines[first:]
    if items and all(_LIST_MARK.match(line) for line in items):
        points = "".join(f"<li>{_linked(_LIST_MARK.sub('', line, count=1))}</li>" for line in items)
        return _paragraph(lines[:first]) + f"<ul>{points}</ul>"
    return _paragraph(lines)


def _paragraph(lines: list[str]) -> str:
    return f"<p>{'<br>'.join(map(_linked, lines))}</p>" if lines else ""


def _linked(line: str) -> str:
    pieces: list[str] = []
    at = 0
    for found in _LINK.finditer(line):
        target = found[0].rstrip(_AFTER_LINK)
        pieces += [escape(line[at : found.start()]), _link(target)]
        at = found.start() + len(target)
    return "".join(pieces) + escape(line[at:])


def _link(target: str) -> str:
    scheme, colon, rest = target.partition(":")
    if not colon:
        return f'<a href="mailto:{escape(target)}">{escape(target)}</a>'
    return f'<a href="{escape(target)}">{escape(target if scheme == "https" else rest)}</a>'
