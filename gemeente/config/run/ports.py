import json
import random
import socket
from pathlib import Path

from gemeente.config.run.data_folder import write_private
from gemeente.config.run.errors import StartError

# Below the range from which Linux takes ports for outgoing connections (32768 and up), so a kept port stays free.
_CANDIDATES = range(20_000, 32_000)
_TRIES = 200


def is_free(port: int) -> bool:
    """Whether a server can listen on this port of 127.0.0.1 now."""
    with socket.socket() as server:
        # Closed connections of a previous server linger for a minute; they do not stand in the way of a new one.
        server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            server.bind(("127.0.0.1", port))
            server.listen(1)
        except OSError:
            return False
    return True


def kept_free_port(data: Path, name: str) -> int:
    """The port kept under this name in ports.json when it is free now; otherwise a free one, kept from here on."""
    book = data / "ports.json"
    kept = _read(book)
    port = kept.get(name)
    if port is None or not is_free(port):
        port = _choose(taken=set(kept.values()))
        write_private(book, json.dumps(kept | {name: port}, indent=1))
    return port


def _read(book: Path) -> dict[str, int]:
    if not book.exists():
        return {}
    try:
        return {str(name): int(port) for name, port in json.loads(book.read_text()).items()}
    except (ValueError, TypeError, AttributeError) as error:
        raise StartError(f"Het bestand {book} is beschadigd. Verwijder het en start opnieuw.") from error


def _choose(taken: set[int]) -> int:
    for _ in range(_TRIES):
        port = random.choice(_CANDIDATES)  # noqa: S311 -- two copies must differ; nobody must be surprised
        if port not in taken and is_free(port):
            return port
    raise StartError("Er is geen vrije poort op deze computer.")
