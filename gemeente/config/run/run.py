"""The command `gemeente run`: everything that this product needs, started in order on one machine."""

import argparse
import os
import signal
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from gemeente.config.run.data_folder import data_folder, given_secret, kept_secret
from gemeente.config.run.embedded_postgres import EmbeddedPostgres
from gemeente.config.run.errors import StartError
from gemeente.config.run.outside_database import check_database
from gemeente.config.run.ports import kept_free_port
from gemeente.config.run.readiness import Readiness
from gemeente.config.run.run_lock import RunLock, run_lock
from gemeente.config.run.supervisor import Child, Supervisor, end_marked
from gemeente.config.run.tell import step, tell
from gemeente.config.run.web_port import moved, web_port

_READY_SECONDS = 60
_DEMONSTRATION, _PRODUCTION = "demonstration", "production"
_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)

_HELP = """Start Eén Gemeente op deze computer, en houdt alles draaiend tot Ctrl-C.

Instellingen (omgeving):
  PORT                    poort van de website (anders 8000, of de eerste vrije daarna)
  GEMEENTE_DATA           map voor alle gegevens (anders: data)
  DATABASE_URL            eigen PostgreSQL 15 of nieuwer (anders start er een mee)
  GEMEENTE_DATABASE_TLS   off: het netwerk naar de database is al beveiligd
  GEMEENTE_MODE           demonstration: met voorbeeldgegevens en een lokale mailserver;
                          production: zonder (als DATABASE_URL gezet is, is dit de gewone stand)
  GEMEENTE_LIVE_PORT      poort voor wat vanzelf op het scherm verandert (anders eenmaal gekozen en bewaard)
  GEMEENTE_SECRET_KEY     geheime sleutel (anders eenmaal gemaakt en bewaard)

Een geheim kan in een bestand staan: DATABASE_URL_FILE en GEMEENTE_SECRET_KEY_FILE.
"""


@dataclass(frozen=True)
class Programme:
    """What to run once the database is there: `prepare` to its end, then the others for ever."""

    prepare: Child
    always: tuple[Child, ...]
    in_demonstration: tuple[Child, ...]


class _StopAsked(BaseException):
    """Somebody pressed Ctrl-C or sent SIGTERM. Not an Exception, so nothing on the way takes it for an error."""


def main(argv: Sequence[str]) -> int:
    """`gemeente run`: run the whole product until it is told to stop; returns the exit code."""
    layout = argparse.RawDescriptionHelpFormatter
    argparse.ArgumentParser(prog="gemeente run", description=_HELP, formatter_class=layout).parse_args(argv)
    return run(_product())


def run(programme: Programme) -> int:
    """Run this on top of a database until SIGINT, SIGTERM or SIGHUP; returns the exit code.

    Everything that was started is stopped on the way out. What goes wrong is told in plain Dutch, and is 1.
    """
    _raise_on_signals()
    try:
        _run(os.environ, programme)
    except _StopAsked:
        return 0
    except StartError as error:
        print(f"\nHet lukt niet.\n{error}", file=sys.stderr)
    except PermissionError as error:
        print(f"\nHet lukt niet.\n{_no_access(error)}", file=sys.stderr)
    return 1


def _run(environ: Mapping[str, str], programme: Programme) -> None:
    data = data_folder(environ)
    with run_lock(data) as lock:
        end_marked(data)
        port = web_port(environ)
        if message := moved(port, environ):
            tell(message)
        database = None if given_secret(environ, "DATABASE_URL") else EmbeddedPostgres(data)
        settings = _settings(environ, data, port)
        supervisor = Supervisor(data=data, environment=settings, database=database)
        try:
            _start(supervisor, lock, settings, programme)
            supervisor.keep()
        finally:
            with step("\nAlles stoppen", heard=True):
                supervisor.stop()


def _start(supervisor: Supervisor, lock: RunLock, settings: Mapping[str, str], programme: Programme) -> None:
    address = f"http://127.0.0.1:{settings['PORT']}/"
    tell(f"Gegevens staan in {settings['GEMEENTE_DATA']}")
    lock.note(f"Het adres is {address} (proces {os.getpid()}).")
    _start_database(supervisor, settings)
    _prepare(supervisor, programme.prepare)
    in_demonstration = settings["GEMEENTE_MODE"] == _DEMONSTRATION
    # The mail server first: the others would only complain that it is not there yet.
    for child in (programme.in_demonstration if in_demonstration else ()) + programme.always:
        supervisor.start(child)
    _wait_until_ready(supervisor, int(settings["PORT"]))
    tell(f"\nEén Gemeente draait: {address}")
    if in_demonstration:
        tell(f"Log in: kies op {address}inloggen/ wie u wilt zijn.")
    tell("Stoppen: Ctrl-C")


def _start_database(supervisor: Supervisor, settings: Mapping[str, str]) -> None:
    outside = given_secret(settings, "DATABASE_URL")
    with step("Database controleren" if outside else "Database starten"):
        if outside:
            check_database(outside, settings)
        supervisor.start_database()


def _prepare(supervisor: Supervisor, prepare: Child) -> None:
    with step("Gegevens klaarzetten", heard=True):
        code = supervisor.run_once(prepare)
    if code != 0:
        raise StartError(f"De gegevens klaarzetten is mislukt (code {code}). De oorzaak staat hierboven.")


def _wait_until_ready(supervisor: Supervisor, port: int) -> None:
    readiness = Readiness(port)
    with step("Website starten", heard=True):
        if not supervisor.keep_until(readiness.reached, seconds=_READY_SECONDS):
            raise StartError(f"De website is na {_READY_SECONDS} seconden niet klaar:\n{readiness.last_answer}")


def _settings(environ: Mapping[str, str], data: Path, port: int) -> dict[str, str]:
    """The environment for the children: ours, with all choices made."""
    settings = dict(environ) | {"GEMEENTE_DATA": str(data), "PORT": str(port), "PYTHONUNBUFFERED": "1"}
    settings["GEMEENTE_MODE"] = _mode(environ)
    if not given_secret(environ, "GEMEENTE_SECRET_KEY"):
        settings["GEMEENTE_SECRET_KEY"] = kept_secret(data / "secret_key")
    settings.setdefault("GEMEENTE_LIVE_PORT", str(kept_free_port(data, "live")))
    if settings["GEMEENTE_MODE"] == _DEMONSTRATION:
        settings["GEMEENTE_SMTP_PORT"] = str(kept_free_port(data, "smtp"))
    return settings


def _mode(environ: Mapping[str, str]) -> str:
    """Production by itself on a database of one's own: there, nobody may log in as whomever he likes."""
    usual = _PRODUCTION if given_secret(environ, "DATABASE_URL") else _DEMONSTRATION
    mode = environ.get("GEMEENTE_MODE") or usual
    if mode not in {_DEMONSTRATION, _PRODUCTION}:
        raise StartError(f"GEMEENTE_MODE moet {_DEMONSTRATION} of {_PRODUCTION} zijn.")
    return mode


def _product() -> Programme:
    gemeente = str(Path(sys.executable).with_name("gemeente"))
    return Programme(
        prepare=Child("gegevens", (gemeente, "prepare")),
        always=(
            Child("website", (gemeente, "web")),
            Child("werk", (gemeente, "worker")),
            Child("live", (gemeente, "live")),
        ),
        in_demonstration=(Child("post", (gemeente, "mailserver")),),
    )


def _raise_on_signals() -> None:
    def ask(*_: object) -> None:
        for number in _SIGNALS:
            signal.signal(number, signal.SIG_IGN)  # stopping takes its bounded time, however often one asks
        raise _StopAsked

    for number in _SIGNALS:
        signal.signal(number, ask)


def _no_access(error: PermissionError) -> str:
    return (
        f"Deze gebruiker mag niet bij {error.filename or 'een bestand'}.\n"
        "Start als de gebruiker van wie de map met gegevens is. Of kies met GEMEENTE_DATA een andere map."
    )
