"""The command `gemeente`: one door for the administrator.

`run` starts everything, and passes its settings on to the commands that it starts. What an administrator gives by hand works on
the same data folder, whether `run` runs or not.
"""

import argparse
import os
import sys
from collections.abc import Callable
from contextlib import redirect_stdout
from importlib import import_module

from gemeente.config.run.by_hand import complete
from gemeente.config.run.errors import StartError

Handler = Callable[[list[str]], int]

# Each command lives in a module of its own, imported only when it is called: `run` must not wait for Django.
COMMANDS = {
    "run": ("gemeente.config.run.run", "start alles: database, web, werk en post"),
    "prepare": ("gemeente.config.prepare", "database, organisatie, producten en demonstratie klaarzetten"),
    "worker": ("gemeente.config.worker", "verwerk berichten, post en taken"),
    "live": ("gemeente.config.live.command", "start de server voor wat op het scherm verandert"),
    "web": ("gemeente.config.web", "start de webserver"),
    "mailserver": ("gemeente.config.mailserver", "start de mailserver van de demonstratie"),
    "ingest": ("gemeente.config.ingest", "neem post of notities aan uit bestanden"),
    "understand": ("gemeente.config.understand", "laat zien wat wij van berichten begrijpen"),
    "promises": ("gemeente.config.promises", "laat zien welke beloften in concepten staan"),
    "backup": ("gemeente.config.backup.backup", "maak een kopie van alles in een bestand"),
    "restore": ("gemeente.config.backup.restore", "zet een kopie terug op een lege plek"),
    "bench": ("gemeente.bench.command", "meet de snelheid naast een kale toepassing"),
    "vision": ("gemeente.config.vision", "laat zien welke regels van de visie bewezen zijn"),
    "manage": ("gemeente.config.manage", "Django's eigen opdrachten"),
}
NEEDS_DJANGO = set(COMMANDS) - {"run", "web", "live", "mailserver", "promises", "bench", "vision"}
BY_HAND = {"ingest", "understand", "manage", "backup", "restore"}
ON_EMPTY = {"backup", "restore"}


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
        _set_up_django(by_hand=chosen.command in BY_HAND, fill=chosen.command not in ON_EMPTY)
    handler: Handler = import_module(COMMANDS[chosen.command][0]).main
    sys.exit(handler(rest))


def _set_up_django(*, by_hand: bool, fill: bool) -> None:
    import django  # noqa: PLC0415  # `gemeente run` starts without Django

    filled_in = by_hand and _complete()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gemeente.config.settings")
    django.setup()
    if filled_in and fill:
        _prepare_when_new()


def _complete() -> bool:
    try:
        return complete(os.environ)
    except StartError as error:
        sys.exit(f"Het lukt niet.\n{error}")


def _prepare_when_new() -> None:
    """Prepare an empty database, as `run` does; what that says goes to the error output, for ours is to be read by machines."""
    from django.db import connection  # noqa: PLC0415  # see above

    if "products_product" not in connection.introspection.table_names():
        prepare: Handler = import_module(COMMANDS["prepare"][0]).main
        with redirect_stdout(sys.stderr):
            prepare([])
