"""`gemeente bench`: how fast the product is, beside a raw application that does the same SQL on the same machine."""

import argparse
import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path

import django

from gemeente.bench.database.kept import Kept
from gemeente.bench.database.scale import FULL, SMALL, Scale
from gemeente.bench.load import WrongAnswer
from gemeente.bench.report import table, write_json
from gemeente.bench.servers import GEMEENTE, Servers
from gemeente.config.run.data_folder import data_folder, kept_secret
from gemeente.config.run.embedded_postgres import EmbeddedPostgres
from gemeente.config.run.errors import StartError
from gemeente.config.run.ports import kept_free_port
from gemeente.config.run.run_lock import run_lock
from gemeente.config.run.tell import step, tell

_HELP = """Meet het product naast een kale toepassing (psycopg en granian) die dezelfde SQL doet.

De gegevens zijn verzonnen: 240.000 inwoners en 2,5 miljoen contactmomenten. Ze worden een keer gemaakt, in
GEMEENTE_DATA/bench, en blijven daar (6 GB). De gegevens van het product zelf blijven ongemoeid.
"""


def main(argv: list[str]) -> int:
    """Build what is missing, measure, and tell; returns 0 when everything was measured, whatever the figures."""
    layout = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(prog="gemeente bench", description=_HELP, formatter_class=layout)
    parser.add_argument("--small", action="store_true", help="een honderdste van de gegevens, en korter: voor tests")
    parser.add_argument("--json", type=Path, metavar="BESTAND", help="schrijf de cijfers in dit bestand")
    given = parser.parse_args(argv)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        _run(SMALL if given.small else FULL, given.json)
    except (StartError, WrongAnswer) as error:
        print(f"\nMeten lukt niet.\n{error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 1
    return 0


def _run(scale: Scale, file: Path | None) -> None:
    folder = data_folder(os.environ) / "bench"
    folder.mkdir(mode=0o700, exist_ok=True)
    server, environment = EmbeddedPostgres(folder), _environment(os.environ, folder)
    with run_lock(folder) as lock:
        lock.note(f"Daar wordt gemeten (proces {os.getpid()}).")
        try:
            with step("Database starten"):
                kept = Kept(server.start(), lambda address: _prepare(environment | {"DATABASE_URL": address}))
            copy = kept.copy(kept.build(scale))
            _measure(folder, environment | {"DATABASE_URL": copy}, scale, file)
        finally:
            server.stop()


def _measure(folder: Path, environment: dict[str, str], scale: Scale, file: Path | None) -> None:
    os.environ |= environment
    django.setup()
    # What knows the tables can be imported only now that the settings know the database.
    side_by_side = import_module("gemeente.bench.side_by_side")
    servers = Servers(folder, environment)
    try:
        outcome = side_by_side.measure(servers, scale)
    finally:
        servers.stop()
    for line in table(outcome):
        tell(line)
    if file:
        write_json(outcome, file)


def _environment(environ: Mapping[str, str], folder: Path) -> dict[str, str]:
    """The environment of the product as production runs it, with none of the caller's own settings: no mail may leave."""
    kept = {name: value for name, value in environ.items() if not name.startswith(("GEMEENTE_", "DATABASE_URL"))}
    return kept | {
        "DJANGO_SETTINGS_MODULE": "gemeente.config.settings",
        "GEMEENTE_DATA": str(folder),
        "GEMEENTE_MODE": "production",
        "GEMEENTE_SECRET_KEY": kept_secret(folder / "secret_key"),
        "GEMEENTE_SMTP_PORT": str(kept_free_port(folder, "smtp")),
    }


def _prepare(environment: dict[str, str]) -> None:
    if subprocess.run([GEMEENTE, "prepare"], env=environment, check=False).returncode != 0:
        raise StartError("De gegevens klaarzetten is mislukt. De oorzaak staat hierboven.")
