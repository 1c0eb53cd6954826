"""What the commands need that an administrator gives by hand: the settings and the database of `gemeente run`."""

import atexit
import os
from collections.abc import MutableMapping

from gemeente.config.run.data_folder import data_folder, given_secret, kept_secret
from gemeente.config.run.embedded_postgres import EmbeddedPostgres


def complete(environ: MutableMapping[str, str]) -> bool:
    """Fill in what is missing as `gemeente run` does, with the same data folder, so that both see the same things.

    The embedded database is found running, or runs as long as this command does. Tells whether anything was missing.
    Raises StartError.
    """
    if given_secret(environ, "DATABASE_URL"):
        return False
    data = data_folder(environ)
    server = EmbeddedPostgres(data)
    runs_already = server.is_running()
    environ["DATABASE_URL"] = server.start()
    environ["GEMEENTE_DATA"] = str(data)
    environ.setdefault("GEMEENTE_MODE", "demonstration")
    if not given_secret(environ, "GEMEENTE_SECRET_KEY"):
        environ["GEMEENTE_SECRET_KEY"] = kept_secret(data / "secret_key")
    if not runs_already:
        atexit.register(_stop, server, os.getpid())
    return True


def _stop(server: EmbeddedPostgres, owner: int) -> None:
    # A child process that ends is not this command that ends.
    if os.getpid() == owner:
        server.stop()
