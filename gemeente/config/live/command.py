"""`gemeente live`: the server of the live updates (granian, ASGI)."""

import os
import sys

from gemeente.config.environment import integer, text


def main(argv: list[str]) -> int:
    """Become granian: one process, for its lines wait more than they work."""
    command = [
        sys.executable, "-m", "granian", "--interface", "asgi", "gemeente.config.live.asgi:application",
        "--host", text("GEMEENTE_HOST", "127.0.0.1"),
        "--port", str(integer("GEMEENTE_LIVE_PORT", 8001)),
        "--loop", "asyncio",
        "--backlog", "1024",
        "--backpressure", "6000",
        "--workers-kill-timeout", "2",
        "--no-ws",
        "--log-level", "warning",
    ]  # fmt: skip
    os.execv(sys.executable, command)  # noqa: S606  # our own interpreter, no shell
