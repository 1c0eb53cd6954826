"""The commands as an administrator calls them: real processes, on a scratch database of their own."""

import json
import mailbox
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

import psycopg
import pytest
from psycopg import sql

from gemeente.channels.mail.tests.samples import mail
from gemeente.config import cli

SECONDS = 300


class Scratch:
    """A database that nobody used, with a folder of data; and the command beside it."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.name = folder, f"scratch_{uuid4().hex[:12]}"
        server = urlsplit(os.environ["DATABASE_URL"])
        self.server = server.geturl()
        self.environ = os.environ | {
            "DATABASE_URL": server._replace(path=f"/{self.name}").geturl(),
            "GEMEENTE_DATA": str(folder),
            "GEMEENTE_MODE": "production",
        }
        self._do("CREATE DATABASE {}")

    def _do(self, statement: str) -> None:
        with psycopg.connect(self.server, autocommit=True) as connection:
            connection.execute(sql.SQL(statement).format(sql.Identifier(self.name)))

    def drop(self) -> None:
        self._do("DROP DATABASE {} WITH (FORCE)")

    def run(self, *argv: object, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
        """Run `gemeente …` to its end."""
        command = [sys.executable, "-m", "gemeente", *map(str, argv)]
        return subprocess.run(command, input=given, capture_output=True, timeout=SECONDS, env=self.environ)

    def count(self, table: str) -> int:
        with psycopg.connect(self.environ["DATABASE_URL"]) as connection:
            found = connection.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(table))).fetchone()
        assert found is not None
        return int(found[0])


@pytest.fixture(scope="module")
def scratch(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scratch]:
    made = Scratch(tmp_path_factory.mktemp("scratch"))
    yield made
    made.drop()


def test_a_command_in_its_whole_life(scratch: Scratch, tmp_path: Path) -> None:
    """Prepare twice; take mail and notes in from files and the standard input; count; understand."""
    first, again = scratch.run("prepare"), scratch.run("prepare")
    for done in (first, again):
        assert done.returncode == 0, done.stderr.decode()
        assert [line.partition(" … ")[0].strip() for line in done.stdout.decode().splitlines()] == [
            "Tabellen bijwerken",
            "Teams laden",
            "Producten laden",
        ]
    teams, products = scratch.count("access_team"), scratch.count("products_product")
    assert f"{teams} teams" in again.stdout.decode()
    assert f"{products} producten" in again.stdout.decode()

    box = mailbox.mbox(tmp_path / "post.mbox")
    for nth in range(3):
        box.add(mail(f"Vraag {nth}", message_id=f"<{nth}@voorbeeld.nl>"))
    box.close()
    taken = scratch.run("ingest", "mail", "-", "--json", given=(tmp_path / "post.mbox").read_bytes())
    assert json.loads(taken.stdout) == {"accepted": 3, "duplicate": 0, "set_aside": 0, "refused": 0}
    note = tmp_path / "notitie.json"
    note.write_text('{"channel": "phone", "text": "Belt over de stoep."}')
    assert scratch.run("ingest", "note", note).stdout.decode().startswith("1 aangenomen, 0 dubbel")
    assert scratch.count("contact_question") == 4

    understood = scratch.run("understand", "-", given=b'{"id": 1, "text": "De stoep ligt los"}\nfout\n')
    assert understood.returncode == 1
    assert json.loads(understood.stdout)["id"] == 1
    assert understood.stderr.startswith(b"regel 2: ")


def test_a_missing_setting_stops_the_start_with_its_name(scratch: Scratch) -> None:
    for name in ("DATABASE_URL", "GEMEENTE_SECRET_KEY"):
        environ = {key: value for key, value in scratch.environ.items() if key != name}
        command = [sys.executable, "-m", "gemeente", "prepare"]
        done = subprocess.run(command, capture_output=True, timeout=SECONDS, env=environ)
        assert done.returncode != 0
        assert name in done.stderr.decode()


@pytest.mark.parametrize(("argv", "code"), [([], 2), (["--help"], 0), (["nonsense"], 2)])
def test_without_a_known_command_it_says_which_there_are(
    argv: list[str], code: int, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "argv", ["gemeente", *argv])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    said = capsys.readouterr()
    assert ended.value.code == code
    assert "ingest" in said.out + said.err


def test_every_command_is_there() -> None:
    for name, (module, words) in cli.COMMANDS.items():
        assert words
        found = (Path(__file__).parents[3] / module.replace(".", "/")).with_suffix(".py")
        assert found.exists(), name
        assert "def main(argv" in found.read_text(encoding="utf-8")
