"""Waiting for what a real product does in its own time: never a sleep of a guessed length, always a condition."""

import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")

LOOK_SECONDS = 0.05


def wait_for(look: Callable[[], T | None], *, seconds: float, what: str) -> T:
    """Return what `look` finds as soon as it finds something. Fails, saying `what` did not come, after `seconds`."""
    deadline = time.monotonic() + seconds
    while not (found := look()):
        assert time.monotonic() < deadline, f"in {seconds:.0f} seconds there was no {what}"
        time.sleep(LOOK_SECONDS)
    return found
