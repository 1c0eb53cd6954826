"""What the tests stand on, before Django reads its settings: a PostgreSQL of their own and a data folder of their own.

Loaded by `-p tests.environment` (pyproject.toml). With DATABASE_URL set, the tests use that server instead.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

from gemeente.config.run.embedded_postgres import EmbeddedPostgres


def _begin() -> None:
    data = Path(tempfile.mkdtemp(prefix="gemeente-tests-"))
    os.environ |= {
        "GEMEENTE_DATA": str(data),
        "GEMEENTE_MODE": "demonstration",
        "GEMEENTE_SECRET_KEY": "only-for-tests-" + "0" * 40,
    }
    atexit.register(shutil.rmtree, data, ignore_errors=True)
    if not os.environ.get("DATABASE_URL"):
        server = EmbeddedPostgres(data, durable=False)
        os.environ["DATABASE_URL"] = server.start()
        atexit.register(server.stop)


_begin()
