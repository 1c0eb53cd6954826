"""`gemeente backup FILE`: everything in one file, as it was at one moment, while the product goes on."""

import argparse
import os
import sys
import tempfile
from pathlib import Path

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import connection, transaction

from gemeente.channels.queries import stored_files
from gemeente.config.backup.archive import DATABASE, FILES, OWN, Broken, Writer
from gemeente.config.backup.database import dump, export_snapshot, row_counts
from gemeente.config.run.data_folder import sync_folder
from gemeente.config.run.tell import step, tell
from gemeente.kernel import clock


def main(argv: list[str]) -> int:
    """Make a backup. Exits with 1, in words, when it cannot."""
    parser = argparse.ArgumentParser(prog="gemeente backup", description="Maak een kopie van alles in een bestand.")
    parser.add_argument("file", type=Path, metavar="BESTAND")
    target: Path = parser.parse_args(argv).file.resolve()
    try:
        if target.exists():
            raise Broken(f"Er is al een bestand {target}. Kies een andere naam.")
        missing = make(target)
    except (Broken, OSError) as error:
        tell(f"De kopie is niet gemaakt. {error}")
        return 1
    for name in missing:
        print(f"Let op: dit bestand was er al niet meer: {name}", file=sys.stderr)
    tell(
        f"Klaar: {target} ({target.stat().st_size / 1_000_000:.1f} MB). Bewaar het veilig: er staan persoonsgegevens in."
    )
    return 0


def make(target: Path) -> list[str]:
    """Write the backup, and return the stored files that were missing. It has its name only when it is complete."""
    draft = target.with_name(target.name + ".new")
    with (
        tempfile.TemporaryDirectory(dir=target.parent, prefix=".backup-") as aside,
        os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file,
        transaction.atomic(),
    ):
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        missing = _fill(Writer(file), Path(aside) / DATABASE)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(target)
    sync_folder(target.parent)
    return missing


def _fill(writer: Writer, dumped: Path) -> list[str]:
    tables = row_counts()
    if not tables:
        raise Broken("Er is nog niets om te bewaren.")
    with step("Database"):
        dump(dumped, snapshot=export_snapshot())
        _add(writer, DATABASE, dumped)
    with step("Bestanden"):
        missing = [name for name in stored_files() if not _add_stored(writer, name)]
    for own in _own_files(settings.DATA):
        _add(writer, OWN + own.relative_to(settings.DATA).as_posix(), own)
    writer.close(clock.now().isoformat(), tables)
    return missing


def _add(writer: Writer, name: str, path: Path) -> None:
    with path.open("rb") as content:
        writer.add(name, content, path.stat().st_size)


def _add_stored(writer: Writer, name: str) -> bool:
    """Add a stored file; tell whether it was there."""
    if not default_storage.exists(name):
        return False
    with default_storage.open(name) as content:
        writer.add(FILES + name, content, content.size)
    return True


def _own_files(data: Path) -> list[Path]:
    """Return what the administrator set, and the secret that signs reply addresses."""
    named = [data / "secret_key", data / "organisation.toml", *sorted((data / "rules").rglob("*"))]
    return [path for path in named if path.is_file()]
