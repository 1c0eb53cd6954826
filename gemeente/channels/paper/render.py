"""Reads letters as JSON, and writes a PDF: A4, with the address where the window of a Dutch envelope is (NEN 1026)."""

import logging
import sys
from pathlib import Path

import msgspec
from fpdf import FPDF

from gemeente.channels.types import PaperLetter

FONTS = Path(__file__).parent.parent / "data" / "fonts"
_LEFT, _TOP, _WIDTH = 25, 50, 160  # mm
_SUBJECT_AT = 95
_SMALL, _NORMAL, _LARGE = 9, 11, 16  # points; large print is 16 (Oogvereniging)


class _Page(FPDF):
    """A page with who sent it below."""

    sender = ""

    def footer(self) -> None:
        """Write who sent it, and the number of the page."""
        self.set_y(-18)
        self.set_font("letter", size=_SMALL)
        self.cell(0, 5, self.sender, align="L")
        self.cell(0, 5, str(self.page_no()), align="R")


def render(letters: list[PaperLetter]) -> bytes:
    """Return the PDF of these letters."""
    page = _Page(format="A4")
    page.add_font("letter", "", FONTS / "SourceSans3-Regular.ttf")
    page.add_font("letter", "B", FONTS / "SourceSans3-Semibold.ttf")
    page.set_margins(_LEFT, _TOP, 210 - _LEFT - _WIDTH)
    page.set_auto_page_break(auto=True, margin=25)
    for letter in letters:
        _write(page, letter)
    return bytes(page.output())


def _write(page: _Page, letter: PaperLetter) -> None:
    size = _LARGE if letter.large else _NORMAL
    line = size * 0.5
    page.sender = letter.sender
    page.set_lang(letter.language)
    page.add_page()
    page.set_font("letter", size=_NORMAL)
    page.multi_cell(90, 5.5, "\n".join([letter.to_name, *letter.to_lines]), new_x="LMARGIN", new_y="NEXT")
    page.set_y(max(_SUBJECT_AT, page.get_y() + 10))
    page.set_font("letter", size=size)
    page.multi_cell(0, line, letter.written_on, new_x="LMARGIN", new_y="NEXT")
    page.set_font("letter", "B", size)
    page.multi_cell(0, line, letter.subject, new_x="LMARGIN", new_y="NEXT")
    page.ln(line)
    page.set_font("letter", size=size)
    page.multi_cell(0, line, letter.text, new_x="LMARGIN", new_y="NEXT")


if __name__ == "__main__":
    # A letter that the font has no sign for is still a letter.
    logging.disable(logging.WARNING)
    sys.stdout.buffer.write(render(msgspec.json.decode(sys.stdin.buffer.read(), type=list[PaperLetter])))
