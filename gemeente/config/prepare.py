"""`gemeente prepare`: bring the database up to date and load what the product starts with."""

import sys
import time
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.core.management import call_command

from gemeente.access.commands import load_organisation
from gemeente.demonstration.load import load_demonstration
from gemeente.products.commands import load_products

SHIPPED_ORGANISATION = Path(__file__).parent.parent / "access" / "data" / "organisation.toml"


def organisation_file() -> Path:
    """Return the municipality's own organisation file, or the shipped one."""
    own: Path = settings.DATA / "organisation.toml"
    return own if own.exists() else SHIPPED_ORGANISATION


def _told(what: str, do: Callable[[], object]) -> None:
    sys.stdout.write(f"  {what} … ")
    sys.stdout.flush()
    began = time.monotonic()
    outcome = do()
    sys.stdout.write(f"{outcome if outcome is not None else 'klaar'} ({time.monotonic() - began:.1f} s)\n")


def main(argv: list[str]) -> int:
    """Do each step, saying which; each may run again at any time."""
    _told("Tabellen bijwerken", lambda: call_command("migrate", verbosity=0, interactive=False))
    _told("Teams laden", lambda: f"{load_organisation(organisation_file())} teams")
    _told("Producten laden", lambda: f"{load_products()} producten")
    if settings.DEMONSTRATION:
        _told("Demonstratie laden", lambda: f"{load_demonstration()} vragen")
    return 0
