"""The whole product as an administrator starts it: `gemeente run`, with its own data, database, mail server and port."""

import json
import os
import subprocess
import sys
from pathlib import Path

from gemeente.adapters.maildir import maildir_of
from gemeente.config.run.ports import kept_free_port
from tests.browser.waiting import wait_for

START_SECONDS = 240
STOP_SECONDS = 60
READY = "Stoppen: Ctrl-C"
GEMEENTE = str(Path(sys.executable).with_name("gemeente"))


class Product:
    """One running copy in demonstration mode. `url` is its address, `said` what it said since it began."""

    def __init__(self, folder: Path) -> None:
        self.data = folder / "data"
        self.data.mkdir()
        self._log = folder / "log"
        port = kept_free_port(self.data, "web")
        self.url = f"http://127.0.0.1:{port}"
        # The tests' own settings must not reach it: it makes its choices itself, as on a fresh machine.
        environ = {name: value for name, value in os.environ.items() if not name.startswith(("GEMEENTE_", "DATABASE_"))}
        self._environ = environ | {"GEMEENTE_DATA": str(self.data), "PORT": str(port)}
        with self._log.open("wb") as log:
            # When the tests are killed, it stops too.
            command = ["setpriv", "--pdeathsig", "TERM", GEMEENTE, "run"]
            self._process = subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT, env=self._environ)

    def wait_until_ready(self) -> None:
        """Return when it says that it runs. Fails, with all that it said, when it ends before that."""
        wait_for(lambda: READY in self.said or self._process.poll() is not None, seconds=START_SECONDS, what="start")
        assert self._process.poll() is None, f"`gemeente run` ended by itself:\n{self.said}"

    def stop(self) -> None:
        """Stop it as Ctrl-C does, and wait for that."""
        self._process.terminate()
        try:
            self._process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            raise

    def do(self, code: str) -> None:
        """Run Python inside it, as an administrator can: `gemeente manage shell`, on the same data and database.

        For what only time brings. A test moves dates of its own question into the past, and does at once what the clock does
        every few minutes; all else goes over the screens. Fails with what it said when the code fails.
        """
        command = [GEMEENTE, "manage", "shell", "-c", code]
        done = subprocess.run(command, env=self._environ, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        assert done.returncode == 0, done.stdout

    @property
    def said(self) -> str:
        return self._log.read_text(encoding="utf-8", errors="replace")

    @property
    def smtp_port(self) -> int:
        ports: dict[str, int] = json.loads((self.data / "ports.json").read_text())
        return ports["smtp"]

    def mailbox(self, address: str) -> Path:
        """Return the Maildir into which its mail server puts the mail for an address."""
        return maildir_of(self.data / "mail", address)
