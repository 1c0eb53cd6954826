import http.server
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from gemeente.config.run.data_folder import data_folder, given_secret, kept_secret
from gemeente.config.run.embedded_postgres import EmbeddedPostgres
from gemeente.config.run.errors import StartError
from gemeente.config.run.outside_database import check_database
from gemeente.config.run.ports import is_free, kept_free_port
from gemeente.config.run.readiness import Readiness
from gemeente.config.run.web_port import moved, web_port


@pytest.fixture
def taken() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def test_the_data_folder_is_the_one_that_is_named_and_closed_to_others(tmp_path: Path) -> None:
    folder = data_folder({"GEMEENTE_DATA": str(tmp_path / "deep/data")})
    assert folder == tmp_path / "deep/data"
    assert folder.stat().st_mode & 0o777 == 0o700


def test_a_secret_is_made_once_and_closed_to_others(tmp_path: Path) -> None:
    secret = kept_secret(tmp_path / "secret_key")
    assert len(secret) == 64
    assert kept_secret(tmp_path / "secret_key") == secret
    assert (tmp_path / "secret_key").stat().st_mode & 0o777 == 0o600


def test_a_given_secret_may_stand_in_a_file(tmp_path: Path) -> None:
    (tmp_path / "key").write_text("s3cr3t\n")
    assert given_secret({"KEY": "plain", "KEY_FILE": str(tmp_path / "key")}, "KEY") == "plain"
    assert given_secret({"KEY": "", "KEY_FILE": str(tmp_path / "key")}, "KEY") == "s3cr3t"
    assert given_secret({}, "KEY") is None
    with pytest.raises(StartError, match="KEY_FILE"):
        given_secret({"KEY_FILE": str(tmp_path / "nowhere")}, "KEY")


def test_a_port_is_kept_as_long_as_it_is_free(tmp_path: Path) -> None:
    port = kept_free_port(tmp_path, "smtp")
    assert kept_free_port(tmp_path, "smtp") == port
    assert kept_free_port(tmp_path, "database") != port
    with socket.create_server(("127.0.0.1", port)):
        assert not is_free(port)
        assert kept_free_port(tmp_path, "smtp") != port


@pytest.mark.parametrize("text", ["", "[]", '{"smtp": "x"}'])
def test_a_damaged_port_book_is_told(tmp_path: Path, text: str) -> None:
    (tmp_path / "ports.json").write_text(text)
    with pytest.raises(StartError, match="beschadigd"):
        kept_free_port(tmp_path, "smtp")


def test_the_website_takes_the_port_that_is_asked_for() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    assert web_port({"PORT": str(port)}) == port
    assert moved(port, {"PORT": str(port)}) is None


@pytest.mark.parametrize("named", ["0", "65536", "-1", "acht", "8000.0", "²", "9" * 5_000])
def test_a_port_that_is_no_port_is_refused(named: str) -> None:
    with pytest.raises(StartError, match="65535"):
        web_port({"PORT": named})


def test_a_taken_port_is_refused_when_it_was_asked_for(taken: int) -> None:
    with pytest.raises(StartError, match="niet vrij"):
        web_port({"PORT": str(taken)})


def test_the_next_free_port_is_taken_and_told_when_none_was_asked_for(
    taken: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gemeente.config.run.web_port._USUAL", taken)
    port = web_port({})
    assert taken < port < taken + 100
    assert f"komt op poort {port}" in str(moved(port, {}))


@pytest.mark.parametrize(
    "address",
    [
        "postgresql://u:p@db.example/d",
        "postgresql://u:p@db.example/d?sslmode=prefer",
        "postgresql://u:p@localhost,db.example/d",
        "postgresql://u:p@localhost/d?hostaddr=192.0.2.1",
        "service=elsewhere",
    ],
)
def test_a_database_elsewhere_must_be_asked_for_tls(address: str) -> None:
    with pytest.raises(StartError, match="sslmode=require"):
        check_database(address, {})


def test_a_host_from_the_environment_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PGHOST", "db.example")
    with pytest.raises(StartError, match="sslmode=require"):
        check_database("postgresql:///d", {})


@pytest.mark.parametrize(
    ("address", "environ"),
    [
        ("postgresql://u:p@127.0.0.1:1/d", {}),
        ("postgresql://u:p@[::1]:1/d", {}),
        ("postgresql://u:p@%2Fnowhere/d", {}),
        ("postgresql://u:p@127.0.0.1:1/d?sslmode=verify-full", {}),
        ("postgresql://u:p@0.0.0.0:1/d", {"GEMEENTE_DATABASE_TLS": "off"}),
    ],
)
def test_a_database_out_of_reach_is_told_without_the_password(address: str, environ: dict[str, str]) -> None:
    with pytest.raises(StartError, match="niet te bereiken"):
        check_database(address.replace(":p@", ":s3cr3t@"), environ)


def test_an_address_that_is_none_is_told_without_repeating_it() -> None:
    with pytest.raises(StartError, match="geen geldig adres") as caught:
        check_database("postgresql://u:s3cr3t@host:x:y/d?nonsense", {})
    assert "s3cr3t" not in str(caught.value)


def test_an_old_database_is_refused_and_a_new_one_is_not(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    database = EmbeddedPostgres(tmp_path, durable=False)
    try:
        address = database.start()
        check_database(address, {})
        monkeypatch.setattr("gemeente.config.run.outside_database._OLDEST", 99)
        with pytest.raises(StartError, match="PostgreSQL 99 of nieuwer"):
            check_database(address, {})
    finally:
        database.stop()


class _Unready(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(503 if self.path == "/readyz" else 200)
        self.end_headers()
        self.wfile.write(b"de wachtrij loopt achter")

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def test_a_website_that_is_not_ready_says_what_is_missing(taken: int) -> None:
    with http.server.HTTPServer(("127.0.0.1", 0), _Unready) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        readiness = Readiness(server.server_port)
        assert not readiness.reached()
        assert readiness.last_answer == "de wachtrij loopt achter"
        server.shutdown()
    assert not Readiness(server.server_port).reached()
