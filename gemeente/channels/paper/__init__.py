"""Letters on paper: a PDF to print and post, made by a process of its own.

What makes the PDF takes 50 MB that neither the website nor the worker should carry all day.
"""

import subprocess
import sys

import msgspec

from gemeente.channels.types import PaperLetter
from gemeente.kernel.errors import DomainError

MAKE_SECONDS = 60


def as_pdf(letters: list[PaperLetter]) -> bytes:
    """Return one PDF with these letters, each on a page of its own. Raises DomainError when it cannot be made."""
    made = subprocess.run(
        [sys.executable, "-m", "gemeente.channels.paper.render"],
        input=msgspec.json.encode(letters),
        capture_output=True,
        timeout=MAKE_SECONDS,
        check=False,
    )
    if made.returncode:
        raise DomainError("De pdf kon niet worden gemaakt. De brieven staan hier nog. Probeer het straks opnieuw.")
    return made.stdout
