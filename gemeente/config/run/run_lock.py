import contextlib
import fcntl
import os
from collections.abc import Iterator
from pathlib import Path

from gemeente.config.run.errors import StartError


class RunLock:
    """That one supervisor at most works on a data folder; the kernel frees it however that one ends."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor

    def note(self, text: str) -> None:
        """Leave word for a second supervisor: where this one is."""
        os.ftruncate(self._descriptor, 0)
        os.pwrite(self._descriptor, text.encode(), 0)


@contextlib.contextmanager
def run_lock(data: Path) -> Iterator[RunLock]:
    """Hold the lock on this data folder. Raises StartError, with the word that the holder left, when it is taken."""
    descriptor = os.open(data / "run.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise StartError(_already_runs(data, os.pread(descriptor, 1_000, 0).decode(errors="replace"))) from error
        yield RunLock(descriptor)
    finally:
        os.close(descriptor)


def _already_runs(data: Path, word: str) -> str:
    return (
        f"Eén Gemeente draait al met de gegevens in {data}.\n{word}\n"
        "Stop die eerst met Ctrl-C. Of kies met GEMEENTE_DATA een andere map."
    )
