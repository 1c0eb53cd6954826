"""The command `gemeente`: one door for the administrator.

`run` starts everything; the other commands need DATABASE_URL and GEMEENTE_SECRET_KEY, which `run` passes to its children
and `gemeente env` prints for use by hand.
"""

import argparse
import os
import sys
from collections.abc import Callable
from importlib import import_module

Handler = Callable[[list[str]], int]

# Each command lives in a module of its own, imported only when it is called: `run` must not wait for Django.
COMMANDS = {
    "run": ("gemeente.config.run.run", "start alles: database, web, werk en post"),
    "prepare": ("gemeente.config.prepare", "database, organisatie, producten en demonstratie klaarzetten"),
    "worker": ("gemeente.config.worker", "verwerk berichten, post en taken"),
    "web": ("gemeente.config.web", "start de webserver"),
    "mailserver": ("gemeente.config.mailserver", "start de mailserver van de demonstratie"),
    "ingest": ("gemeente.config.ingest", "neem post of notities aan uit bestanden"),
    "understand": ("gemeente.config.understand", "laat zien wat wij van berichten begrijpen"),
    "bench": ("gemeente.bench.command", "meet de snelheid naast een kale toepassing"),
    "vision": ("gemeente.config.vision", "laat zien welke regels van de visie bewezen zijn"),
    "manage": ("gemeente.config.manage", "Django's eigen opdrachten"),
}
NEEDS_DJANGO = set(COMMANDS) - {"run", "web", "mailserver", "bench", "vision"}


def main() -> None:
    """Run one command; its exit code is ours."""
    parser = argparse.ArgumentParser(
        prog="gemeente",
        description="Eén Gemeente",
        epilog="\n".join(f"  {name:<12}{what}" for name, (_, what) in COMMANDS.items()),
        formatter_class=argparse.RawDescriptionHelpFormatter,
        add_help=False,
    )
    parser.add_argument("command", nargs="?", choices=list(COMMANDS), metavar="opdracht")
    chosen, rest = parser.parse_known_args()
    if chosen.command is None:
        parser.print_help()
        sys.exit(0 if {"-h", "--help"} & set(rest) else 2)
    if chosen.command in NEEDS_DJANGO:
        _set_up_django()
    handler: Handler = import_module(COMMANDS[chosen.command][0]).main
    sys.exit(handler(rest))


def _set_up_django() -> None:
    import django  # noqa: PLC0415  # `gemeente run` starts without Django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gemeente.config.settings")
    django.setup()
