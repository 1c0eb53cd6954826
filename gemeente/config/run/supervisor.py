"""Keeps a handful of processes, and the database under them, alive until it is told to stop.

Every child leads a process group of its own, so that what it started goes with it. When the supervisor itself dies
without a word, Linux sends its children SIGTERM (PR_SET_PDEATHSIG, through `setpriv`). What even then survives, such
as the workers of a killed web server, carries the mark GEMEENTE_RUN in its environment; the next start ends it.
"""

import contextlib
import os
import signal
import subprocess
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import NoReturn, Protocol

from gemeente.config.run.errors import StartError
from gemeente.config.run.processes import end_processes, environment
from gemeente.config.run.tell import tell

_MARK = "GEMEENTE_RUN"
_TICK_SECONDS = 0.2
_FIRST_PAUSE_SECONDS = 0.2
_LONGEST_PAUSE_SECONDS = 5.0
_STEADY_SECONDS = 10.0
_STOP_SECONDS = 10.0
_READ_SECONDS = 1.0


@dataclass(frozen=True)
class Child:
    """A process to keep alive: the name before its lines, and its command line."""

    name: str
    command: tuple[str, ...]


class Database(Protocol):
    """The server that the children need; EmbeddedPostgres is one."""

    def start(self) -> str:
        """Start or find the server; returns its address, raises StartError."""

    def stop(self) -> None:
        """Stop the server, within a bound."""

    def is_running(self) -> bool:
        """Whether the server is alive."""


@dataclass(frozen=True)
class _Live:
    process: subprocess.Popen[str]
    reader: threading.Thread

    def end(self) -> None:
        """End the process, politely at first, and then whatever is left of its group; all that it said is shown."""
        if self.process.poll() is None:
            self.process.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(_STOP_SECONDS)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        self.reader.join(_READ_SECONDS)


@dataclass
class _Running:
    child: Child
    live: _Live
    since: float = field(default_factory=time.monotonic)
    pause: float = _FIRST_PAUSE_SECONDS
    restart_at: float | None = None


class Supervisor:
    """Starts children, restarts those that end, and stops all of them, last started first.

    `environment` is what the children get; DATABASE_URL in it follows the database when that must move to another
    port. Use from the main thread only: Linux counts the death of the starting thread as the death of the parent.
    """

    def __init__(self, *, data: Path, environment: dict[str, str], database: Database | None) -> None:
        self._data = data
        self._environment = environment | {_MARK: str(data)}
        self._database = database
        self._running: list[_Running] = []

    def start_database(self) -> None:
        """Start the database and tell its address to the children. Raises StartError."""
        if self._database is None:
            return
        address = self._database.start()
        if self._environment.get("DATABASE_URL") != address:
            self._environment["DATABASE_URL"] = address
            for running in self._running:
                running.live.process.terminate()

    def run_once(self, child: Child) -> int:
        """Run this to its end and return its exit code; nothing of it is left, also when interrupted."""
        live = self._spawn(child)
        try:
            return live.process.wait()
        finally:
            live.end()

    def start(self, child: Child) -> None:
        """Start this and keep it alive from now on."""
        self._running.append(_Running(child, self._spawn(child)))

    def keep(self) -> NoReturn:
        """Keep all alive for ever; ends only by an exception, such as the one that a signal raises."""
        while True:
            self._tick()

    def keep_until(self, reached: Callable[[], bool], *, seconds: float) -> bool:
        """Keep all alive until this is reached; False when it was not within these seconds."""
        deadline = time.monotonic() + seconds
        while not reached():
            if time.monotonic() > deadline:
                return False
            self._tick()
        return True

    def stop(self) -> None:
        """Stop the children, last started first, then the database. Each gets ten seconds to end by itself."""
        while self._running:
            self._running.pop().live.end()
        end_marked(self._data)
        if self._database is not None:
            self._database.stop()

    def _tick(self) -> None:
        self._keep_database()
        for running in self._running:
            self._keep_child(running)
        time.sleep(_TICK_SECONDS)

    def _keep_database(self) -> None:
        if self._database is None or self._database.is_running():
            return
        _say("database", "is gestopt en start opnieuw.")
        try:
            self.start_database()
        except StartError as error:
            _say("database", str(error))

    def _keep_child(self, running: _Running) -> None:
        now = time.monotonic()
        if running.restart_at is None:
            if running.live.process.poll() is not None:
                self._plan_restart(running, now)
        elif now >= running.restart_at:
            running.live, running.since, running.restart_at = self._spawn(running.child), now, None

    def _plan_restart(self, running: _Running, now: float) -> None:
        running.live.end()
        if now - running.since > _STEADY_SECONDS:
            running.pause = _FIRST_PAUSE_SECONDS
        _say(running.child.name, f"is gestopt (code {running.live.process.returncode}) en start opnieuw.")
        running.restart_at = now + running.pause
        running.pause = min(2 * running.pause, _LONGEST_PAUSE_SECONDS)

    def _spawn(self, child: Child) -> _Live:
        process = subprocess.Popen(
            ("setpriv", "--pdeathsig", "TERM", *child.command),
            env=self._environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
            start_new_session=True,
        )
        reader = threading.Thread(target=_pass_on, args=(child.name, process), daemon=True)
        reader.start()
        return _Live(process, reader)


def end_marked(data: Path) -> None:
    """End every process that a supervisor of this data left behind, wherever it hides. Call it only while holding its lock."""
    end_processes(lambda process: environment(process).get(_MARK) == str(data))


def _pass_on(name: str, process: subprocess.Popen[str]) -> None:
    assert process.stdout is not None
    for line in process.stdout:
        _say(name, line.rstrip())


def _say(name: str, text: str) -> None:
    tell("\n".join(f"{name:<12}│ {line}" for line in text.splitlines()))
