import os
import signal
import socket
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from gemeente.config.run.embedded_postgres import EmbeddedPostgres
from gemeente.config.run.processes import is_dead
from gemeente.config.run.supervisor import Child, Supervisor

_NOTE = "import os, sys, time; open(sys.argv[1], 'a').write(f'{os.getpid()} {os.environ.get(\"DATABASE_URL\")}\\n'); "


@pytest.fixture
def supervisor(tmp_path: Path) -> Iterator[Supervisor]:
    supervisor = Supervisor(data=tmp_path, environment=dict(os.environ), database=None)
    yield supervisor
    supervisor.stop()


def _child(name: str, notes: Path, then: str) -> Child:
    return Child(name, (sys.executable, "-c", _NOTE + then, str(notes)))


def _lines(notes: Path) -> list[str]:
    return notes.read_text().splitlines() if notes.exists() else []


def test_a_killed_child_comes_back(supervisor: Supervisor, tmp_path: Path) -> None:
    notes = tmp_path / "notes"
    supervisor.start(_child("work", notes, "time.sleep(300)"))
    assert supervisor.keep_until(lambda: len(_lines(notes)) == 1, seconds=10)
    os.kill(int(_lines(notes)[0].split()[0]), signal.SIGKILL)
    assert supervisor.keep_until(lambda: len(_lines(notes)) == 2, seconds=10)


def test_what_a_dead_child_had_started_dies_too(supervisor: Supervisor, tmp_path: Path) -> None:
    notes = tmp_path / "notes"
    supervisor.start(_child("work", notes, "child = os.fork(); time.sleep(300) if child == 0 else time.sleep(301)"))
    assert supervisor.keep_until(lambda: len(_lines(notes)) == 1, seconds=10)
    leader = psutil.Process(int(_lines(notes)[0].split()[0]))
    assert supervisor.keep_until(lambda: len(leader.children()) == 1, seconds=10)
    helper = leader.children()[0]
    leader.kill()
    assert supervisor.keep_until(lambda: is_dead(helper), seconds=10)


def test_a_child_that_keeps_failing_is_tried_less_and_less_often(supervisor: Supervisor, tmp_path: Path) -> None:
    notes = tmp_path / "notes"
    supervisor.start(_child("work", notes, "sys.exit(3)"))
    began = time.monotonic()
    supervisor.keep_until(lambda: len(_lines(notes)) == 4, seconds=10)
    assert 1.4 <= time.monotonic() - began <= 5


def test_a_child_that_will_not_end_is_killed(
    supervisor: Supervisor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gemeente.config.run.supervisor._STOP_SECONDS", 0.3)
    notes = tmp_path / "notes"
    deaf = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(300)"
    supervisor.start(_child("work", notes, deaf))
    assert supervisor.keep_until(lambda: len(_lines(notes)) == 1, seconds=10)
    child = psutil.Process(int(_lines(notes)[0].split()[0]))
    supervisor.stop()
    assert is_dead(child)


def test_the_lines_of_a_child_carry_its_name(supervisor: Supervisor, capsys: pytest.CaptureFixture[str]) -> None:
    said = "import sys; print('één'); print('twee', file=sys.stderr); sys.exit(4)"
    assert supervisor.run_once(Child("post", (sys.executable, "-c", said))) == 4
    assert sorted(capsys.readouterr().out.splitlines()) == ["post        │ twee", "post        │ één"]


def test_a_database_that_had_to_move_takes_the_children_along(tmp_path: Path) -> None:
    notes, database = tmp_path / "notes", EmbeddedPostgres(tmp_path / "data", durable=False)
    supervisor = Supervisor(data=tmp_path, environment=dict(os.environ), database=database)
    try:
        supervisor.start_database()
        supervisor.start(_child("work", notes, "time.sleep(300)"))
        assert supervisor.keep_until(lambda: len(_lines(notes)) == 1, seconds=10)
        address = _lines(notes)[0].split()[1]
        database.stop()
        with socket.create_server(("127.0.0.1", int(address.split(":")[-1].split("/")[0]))):
            assert supervisor.keep_until(lambda: len(_lines(notes)) == 2, seconds=20)
        assert _lines(notes)[1].split()[1] == database.start() != address
    finally:
        supervisor.stop()
