"""`gemeente mailserver`: the local mail server of the demonstration, in place of the outside world."""

import os

from gemeente.adapters.local_mail import serve
from gemeente.config.environment import data_folder, integer


def main(argv: list[str]) -> int:
    """Serve until SIGTERM."""
    serve(data_folder() / "mail", integer("GEMEENTE_SMTP_PORT", 8025))
    return os.EX_OK
