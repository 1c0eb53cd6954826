"""Backup and restore: everything is there again, in another place; what is broken or filled is refused, and harmed by nothing."""

import hashlib
import io
import os
import subprocess
import sys
import tarfile
from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path

import msgspec
import pytest

from gemeente.config.backup.archive import DATABASE, MANIFEST, Broken, Manifest, checked, members

PDF = b"%PDF-1.7 tekening"


def gemeente(data: Path, *arguments: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """Run a command by hand, on the data folder of an installation of its own."""
    environ = {key: value for key, value in os.environ.items() if not key.startswith(("GEMEENTE_", "DATABASE_"))}
    command = [sys.executable, "-m", "gemeente", *arguments]
    return subprocess.run(
        command, input=given, capture_output=True, env=environ | {"GEMEENTE_DATA": str(data)}, timeout=300, check=False
    )


def mail() -> bytes:
    message = EmailMessage()
    message["From"], message["To"] = "hiltje@voorbeeld.nl", "gemeente@voorbeeld.nl"
    message["Subject"], message["Message-ID"] = "Losse stoep", "<stoep@voorbeeld.nl>"
    message.set_content("De stoep voor mijn huis ligt los. Zie de tekening.")
    message.add_attachment(PDF, maintype="application", subtype="pdf", filename="tekening.pdf")
    return bytes(message)


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the data folder of an installation in which a mail with a file was taken in."""
    data = tmp_path_factory.mktemp("filled")
    assert gemeente(data, "ingest", "mail", "-", given=mail()).returncode == 0
    return data


@pytest.fixture(scope="module")
def backup(filled: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a backup of it."""
    file = tmp_path_factory.mktemp("backup") / "alles.tar"
    made = gemeente(filled, "backup", str(file))
    assert made.returncode == 0, made
    return file


def manifest_of(file: Path) -> Manifest:
    with file.open("rb") as source:
        return checked(source)


def test_V65_what_is_restored_equals_what_was_backed_up(backup: Path, tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    restored = gemeente(empty, "restore", str(backup))
    assert restored.returncode == 0, restored
    assert gemeente(empty, "backup", str(tmp_path / "again.tar")).returncode == 0
    first, second = manifest_of(backup), manifest_of(tmp_path / "again.tar")
    assert first.tables == second.tables
    assert first.tables["contact_question"] > 1
    kept = {name: sha for name, sha in first.members.items() if name != DATABASE}
    assert kept == {name: sha for name, sha in second.members.items() if name != DATABASE}
    with backup.open("rb") as source:
        assert PDF in [content.read() for name, content in members(source) if name.startswith("files/")]


def test_a_filled_place_is_refused_and_stays_as_it_was(filled: Path, backup: Path, tmp_path: Path) -> None:
    refused = gemeente(filled, "restore", str(backup))
    assert refused.returncode == 1
    assert b"Hier staan al gegevens." in refused.stdout
    assert gemeente(filled, "backup", str(tmp_path / "after.tar")).returncode == 0
    assert manifest_of(tmp_path / "after.tar").tables == manifest_of(backup).tables


def test_a_file_that_is_there_is_never_written_over(filled: Path, backup: Path) -> None:
    before = backup.read_bytes()
    assert gemeente(filled, "backup", str(backup)).returncode == 1
    assert backup.read_bytes() == before


def cut(content: bytes) -> bytes:
    return content[: len(content) // 2]


def changed(content: bytes) -> bytes:
    middle = content.index(b"PGDMP") + 400
    return content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :]


def without_manifest(content: bytes) -> bytes:
    return _made({name: read for name, read in _read(content).items() if name != MANIFEST})


def with_more(content: bytes) -> bytes:
    return _made({"own/../../elsewhere": b"x"} | _read(content))


def _read(content: bytes) -> dict[str, bytes]:
    return {name: one.read() for name, one in members(io.BytesIO(content))}


def _made(held: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with tarfile.open(fileobj=target, mode="w") as tar:
        for name, content in held.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            tar.addfile(member, io.BytesIO(content))
    return target.getvalue()


@pytest.mark.parametrize(
    "harm", [cut, changed, without_manifest, with_more, lambda content: b"", lambda content: b"x" * 9000]
)
def test_what_is_not_whole_is_found_before_anything_is_put_back(backup: Path, harm: Callable[[bytes], bytes]) -> None:
    with pytest.raises(Broken):
        checked(io.BytesIO(harm(backup.read_bytes())))


def test_a_name_that_points_outside_is_refused(backup: Path, tmp_path: Path) -> None:
    held = _read(backup.read_bytes())
    manifest = msgspec.json.decode(held[MANIFEST], type=Manifest)
    sly = "own/../../elsewhere"
    sums = manifest.members | {sly: hashlib.sha256(b"").hexdigest()}
    told = Manifest(manifest.made_at, manifest.tables, sums)
    file = tmp_path / "sly.tar"
    file.write_bytes(_made({**held, sly: b"", MANIFEST: msgspec.json.encode(told)}))
    refused = gemeente(tmp_path / "empty", "restore", str(file))
    assert refused.returncode == 1
    assert not (tmp_path / "elsewhere").exists()
