"""The processes under measurement: the product as production runs it, the raw application, the worker."""

import http.client
import sys
from collections.abc import Callable
from pathlib import Path

import psutil

from gemeente.config.run.errors import StartError
from gemeente.config.run.ports import kept_free_port
from gemeente.config.run.processes import command_line
from gemeente.config.run.supervisor import Child, Supervisor

START_SECONDS = 60
# As many workers and threads as `gemeente web` has by itself, on both sides.
WORKERS, THREADS = 1, 8
GEMEENTE = str(Path(sys.executable).with_name("gemeente"))
_WEB, _RAW, _WORKER = "gemeente.config.wsgi:application", "gemeente.bench.raw:application", "worker"


class Servers:
    """Starts what is measured in one environment, and knows how much memory each takes."""

    def __init__(self, folder: Path, environment: dict[str, str]) -> None:
        self.web_port = kept_free_port(folder, "bench_web")
        self.raw_port = kept_free_port(folder, "bench_raw")
        self.live_port = kept_free_port(folder, "bench_live")
        self.recordings = folder / "recordings"
        ours = {
            "PORT": str(self.web_port),
            "GEMEENTE_LIVE_PORT": str(self.live_port),
            "GEMEENTE_WEB_WORKERS": str(WORKERS),
            "GEMEENTE_WEB_THREADS": str(THREADS),
            "GEMEENTE_BENCH_RECORDINGS": str(self.recordings),
            "PYTHONUNBUFFERED": "1",
        }
        self._supervisor = Supervisor(data=folder, environment=environment | ours, database=None)

    def start_web(self) -> None:
        """Start the product's web server and wait until it answers. Raises StartError."""
        self._supervisor.start(Child("website", (GEMEENTE, "web")))
        self._wait(self.web_port, "De website")

    def start_raw(self) -> None:
        """Start the raw application on the recordings, and wait until it answers. Raises StartError."""
        granian = (sys.executable, "-m", "granian", "--interface", "rsgi", _RAW, "--port", str(self.raw_port))
        same = ("--workers", str(WORKERS), "--backlog", "1024", "--no-ws", "--log-level", "warning")
        self._supervisor.start(Child("kaal", granian + same))
        self._wait(self.raw_port, "De kale toepassing")

    def start_live(self) -> None:
        """Start the server of the live updates, and wait until it answers. Raises StartError."""
        self._supervisor.start(Child("live", (GEMEENTE, "live")))
        self._wait(self.live_port, "De server voor wat op het scherm verandert", http.HTTPStatus.NOT_FOUND)

    def start_worker(self) -> None:
        """Start the product's worker, and the mail server that it sends to."""
        self._supervisor.start(Child("post", (GEMEENTE, "mailserver")))
        self._supervisor.start(Child("werk", (GEMEENTE, "worker")))

    def keep_until(self, reached: Callable[[], bool], *, seconds: float) -> bool:
        """Let them work until this is reached; False when it was not within these seconds."""
        return self._supervisor.keep_until(reached, seconds=seconds)

    def stop(self) -> None:
        """Stop them all."""
        self._supervisor.stop()

    def web_megabytes(self) -> float:
        """Return the resident memory of the web server, all its processes together."""
        return _megabytes(_WEB)

    def worker_megabytes(self) -> float:
        """Return the resident memory of the worker."""
        return _megabytes(_WORKER)

    def _wait(self, port: int, what: str, status: int = http.HTTPStatus.OK) -> None:
        if not self._supervisor.keep_until(lambda: _answers(port, status), seconds=START_SECONDS):
            raise StartError(f"{what} antwoordt na {START_SECONDS} seconden nog niet.")


def _answers(port: int, status: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=START_SECONDS)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status == status
    except OSError:
        return False
    finally:
        connection.close()


def _megabytes(word: str) -> float:
    """Return what the processes that we started with this word in their command line hold in memory."""
    ours = psutil.Process().children(recursive=True)
    return sum(one.memory_info().rss for one in ours if word in command_line(one)) / 1_000_000
