import contextlib
import os
import time
from collections.abc import Callable

import psutil

_PATIENCE_SECONDS = 3
_LOOK_SECONDS = 0.02


def command_line(process: psutil.Process) -> list[str]:
    """The words of its command line; empty when it is gone, a zombie, or not ours to see."""
    try:
        return process.cmdline()
    except psutil.Error:
        return []


def environment(process: psutil.Process) -> dict[str, str]:
    """The environment it started with; empty when it is gone, a zombie, or not ours to see."""
    try:
        return process.environ()
    except psutil.Error:
        return {}


def end_processes(concerns: Callable[[psutil.Process], bool]) -> None:
    """End every other process that this concerns: first politely, after three seconds for certain."""
    found = [process for process in psutil.process_iter() if process.pid != os.getpid() and concerns(process)]
    for end in (psutil.Process.terminate, psutil.Process.kill):
        for process in found:
            with contextlib.suppress(psutil.NoSuchProcess):
                end(process)
        _wait_until_dead(found)


def is_dead(process: psutil.Process) -> bool:
    """Whether it has ended. A zombie has: in a container nobody may ever come to collect it."""
    try:
        return not process.is_running() or process.status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True


def _wait_until_dead(processes: list[psutil.Process]) -> None:
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while time.monotonic() < deadline and not all(is_dead(process) for process in processes):
        time.sleep(_LOOK_SECONDS)
