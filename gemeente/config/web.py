"""`gemeente web`: the web server (granian, WSGI)."""

import os
import sys

from gemeente.config.environment import integer, text


def main(argv: list[str]) -> int:
    """Become granian: one process with threads."""
    # Each thread would keep freed memory in an arena of its own.
    os.environ.setdefault("MALLOC_ARENA_MAX", "2")
    command = [
        sys.executable, "-m", "granian", "--interface", "wsgi", "gemeente.config.wsgi:application",
        "--host", text("GEMEENTE_HOST", "127.0.0.1"),
        "--port", str(integer("PORT", 8000)),
        "--workers", str(integer("GEMEENTE_WEB_WORKERS", 1)),
        "--blocking-threads", str(integer("GEMEENTE_WEB_THREADS", 8)),
        "--backlog", "1024",
        "--no-ws",
        "--log-level", "warning",
    ]  # fmt: skip
    os.execv(sys.executable, command)  # noqa: S606  # our own interpreter, no shell
