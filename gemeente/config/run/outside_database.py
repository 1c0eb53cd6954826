import ipaddress
from collections.abc import Mapping

import psycopg
from psycopg import conninfo, pq

from gemeente.config.run.errors import StartError

_OLDEST = 15
_SECURE = {"require", "verify-ca", "verify-full"}
_CONNECT_SECONDS = 10


def check_database(address: str, environ: Mapping[str, str]) -> None:
    """Raise StartError when the database of DATABASE_URL is unsafe to reach, out of reach, or older than PostgreSQL 15.

    A database on another host must be asked for TLS in the address itself (sslmode=require or better), because
    residents' data travels to it. GEMEENTE_DATABASE_TLS=off says that the network in between is trusted.
    """
    if environ.get("GEMEENTE_DATABASE_TLS") != "off" and not _is_safe(address):
        raise StartError(
            "DATABASE_URL wijst naar een andere computer, maar vraagt geen beveiligde verbinding.\n"
            "Zet ?sslmode=require (of beter: verify-full) achter DATABASE_URL.\n"
            "Is het netwerk zelf al beveiligd? Zet dan GEMEENTE_DATABASE_TLS=off."
        )
    major = _major_version(address)
    if major < _OLDEST:
        raise StartError(f"De database is PostgreSQL {major}. Nodig is PostgreSQL {_OLDEST} of nieuwer.")


def _is_safe(address: str) -> bool:
    settings = _defaults() | {name: str(value) for name, value in _parsed(address).items()}
    hosts = f"{settings.get('host', '')},{settings.get('hostaddr', '')}".split(",")
    is_near = "service" not in settings and all(_is_this_computer(host) for host in hosts if host)
    return is_near or settings.get("sslmode") in _SECURE


def _parsed(address: str) -> dict[str, object]:
    try:
        return dict(conninfo.conninfo_to_dict(address))
    except psycopg.ProgrammingError:
        # Without its cause: that repeats the address, password and all.
        raise StartError("DATABASE_URL is geen geldig adres: postgresql://naam:wachtwoord@host/database") from None


def _defaults() -> dict[str, str]:
    """What libpq adds by itself, from PGHOST, PGSSLMODE and the like."""
    given = ((option.keyword, option.val) for option in pq.Conninfo.get_defaults())
    return {name.decode(): value.decode() for name, value in given if value}


def _is_this_computer(host: str) -> bool:
    if host.startswith(("/", "@")) or host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _major_version(address: str) -> int:
    try:
        with psycopg.connect(address, connect_timeout=_CONNECT_SECONDS) as connection:
            return connection.info.server_version // 10_000
    except psycopg.OperationalError as error:
        raise StartError(f"De database van DATABASE_URL is niet te bereiken:\n{error}") from error
