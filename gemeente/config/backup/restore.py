"""`gemeente restore FILE`: put a backup into an empty place, and compare. Refused where there is something already."""

import argparse
import shutil
import tempfile
from pathlib import Path, PurePosixPath
from typing import IO

from django.conf import settings
from django.core.files import File
from django.core.files.storage import default_storage
from django.db import connection

from gemeente.config.backup.archive import DATABASE, FILES, OWN, Broken, Manifest, checked, members
from gemeente.config.backup.database import load, row_counts
from gemeente.config.run.tell import step, tell


def main(argv: list[str]) -> int:
    """Restore a backup. Exits with 1, in words, when it cannot; then nothing was filled."""
    parser = argparse.ArgumentParser(prog="gemeente restore", description="Zet een kopie terug op een lege plek.")
    parser.add_argument("file", type=Path, metavar="BESTAND")
    try:
        with parser.parse_args(argv).file.open("rb") as source:
            found = put_back(source)
    except (Broken, OSError) as error:
        tell(f"De kopie is niet teruggezet. {error}")
        return 1
    rows = sum(found.tables.values())
    tell(f"Klaar: {rows} regels en {len(found.members)} bestanden, gelijk aan de kopie van {found.made_at}.")
    return 0


def put_back(source: IO[bytes]) -> Manifest:
    """Check a backup, put its files and then its database back, and compare; return what it held.

    The database comes last and whole: a restore that was cut off can simply be done again. Raises Broken.
    """
    if connection.introspection.table_names():
        raise Broken("Hier staan al gegevens. Zet een kopie alleen terug op een lege plek.")
    with step("Kopie nakijken"):
        manifest = checked(source)
    with tempfile.TemporaryDirectory(dir=settings.DATA, prefix=".restore-") as aside:
        dumped = Path(aside) / DATABASE
        with step("Bestanden"):
            for name, content in members(source):
                _place(name, content, dumped)
        with step("Database"):
            load(dumped)
    _compare(manifest)
    return manifest


def _place(name: str, content: IO[bytes], dumped: Path) -> None:
    if name == DATABASE:
        with dumped.open("wb") as file:
            shutil.copyfileobj(content, file)
    elif name.startswith(FILES):
        stored = name.removeprefix(FILES)
        default_storage.delete(stored)
        if default_storage.save(stored, File(content)) != stored:
            raise Broken(f"Dit bestand past niet op zijn plek: {stored}")
    elif name.startswith(OWN):
        _place_own(PurePosixPath(name.removeprefix(OWN)), content)


def _place_own(name: PurePosixPath, content: IO[bytes]) -> None:
    if ".." in name.parts or name.is_absolute():
        raise Broken("In de kopie wijst een naam naar een andere plek.")
    path: Path = settings.DATA / name
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.touch(mode=0o600)
    with path.open("wb") as file:
        shutil.copyfileobj(content, file)


def _compare(manifest: Manifest) -> None:
    connection.close()
    if row_counts() != manifest.tables:
        raise Broken("Wat er nu staat is niet gelijk aan de kopie. Gebruik deze plek niet.")
