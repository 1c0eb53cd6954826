from collections.abc import Mapping

from gemeente.config.run.errors import StartError
from gemeente.config.run.ports import is_free

_USUAL = 8000
_TRIES = 100


def web_port(environ: Mapping[str, str]) -> int:
    """The port for the website: PORT when set, else 8000 or the first free one after it.

    Raises StartError when PORT is no port or is taken: whoever sets it counts on exactly that one.
    """
    named = environ.get("PORT")
    if named:
        return _named_port(named)
    for port in range(_USUAL, _USUAL + _TRIES):
        if is_free(port):
            return port
    raise StartError(f"De poorten {_USUAL} tot {_USUAL + _TRIES} zijn bezet. Kies zelf een poort, zoals PORT=9000.")


def moved(port: int, environ: Mapping[str, str]) -> str | None:
    """What to tell when the website does not stand at its usual port; None when it does."""
    if environ.get("PORT") or port == _USUAL:
        return None
    return f"Poort {_USUAL} is bezet. De website komt op poort {port}."


def _named_port(named: str) -> int:
    # Not isdigit(): that takes superscripts too.
    if not (named.isdecimal() and len(named) <= 5 and 0 < int(named) < 65_536):
        raise StartError("PORT moet een getal zijn van 1 tot en met 65535.")
    port = int(named)
    if not is_free(port):
        raise StartError(
            f"Poort {port} is niet vrij: een ander programma gebruikt die, of u mag die niet gebruiken.\n"
            "Stop dat programma, of zet een ander getal in PORT."
        )
    return port
