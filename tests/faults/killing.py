"""kill -9 for the parts of a running product, and a look into its database."""

import json
import os
import signal

import psutil
import psycopg

from gemeente.config.run.processes import command_line, environment
from tests.browser.product import Product

_WORDS = {
    "web": "config.wsgi",
    "live": "config.live.asgi",
    "worker": "worker",
    "post": "mailserver",
    "postgres": "postgres",
}


def parts_of(product: Product, part: str) -> list[psutil.Process]:
    """Return the processes of one part: "web", "live" and "worker" by their command, "postgres" by its cluster."""
    ours = [process for process in psutil.process_iter() if _belongs(process, product)]
    words = _WORDS[part]
    return [process for process in ours if any(words in word for word in command_line(process)[:6])]


def _belongs(process: psutil.Process, product: Product) -> bool:
    words = command_line(process)
    if any(str(product.data / "postgres" / "cluster") in word for word in words):
        return True
    return bool(words) and "setpriv" not in words[0] and environment(process).get("GEMEENTE_RUN") == str(product.data)


def kill(product: Product, part: str) -> bool:
    """Kill a part without a word; tell whether there was anything to kill."""
    found = parts_of(product, part)
    for process in found:
        try:
            os.kill(process.pid, signal.SIGKILL)
        except ProcessLookupError:
            continue
    return bool(found)


class Records:
    """What the product's database holds, asked from outside."""

    def __init__(self, product: Product) -> None:
        port = json.loads((product.data / "ports.json").read_text())["database"]
        password = (product.data / "postgres" / "cluster" / "gemeente.password").read_text()
        self._address = f"postgresql://gemeente:{password}@127.0.0.1:{port}/gemeente"

    def rows(self, statement: str) -> list[tuple[object, ...]]:
        """Return the rows of one statement, over a connection of its own."""
        with psycopg.connect(self._address, connect_timeout=5) as connection:
            return connection.execute(statement).fetchall()

    def count(self, statement: str) -> int:
        """Return the one number that a statement gives; -1 while the database is away."""
        try:
            return int(str(self.rows(statement)[0][0]))
        except psycopg.OperationalError:
            return -1
