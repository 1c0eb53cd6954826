"""Reads the environment. What is missing or wrong stops the start, by its name."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured


def text(name: str, default: str) -> str:
    """Return a setting as text."""
    return os.environ.get(name, default)


def integer(name: str, default: int) -> int:
    """Return a setting as a whole number; raises ImproperlyConfigured when it is none."""
    value = os.environ.get(name, "")
    if value and not value.isdigit():
        raise ImproperlyConfigured(f"{name} moet een getal zijn.")
    return int(value) if value else default


def secret(name: str, default: str | None = None) -> str:
    """Return a secret from `NAME`, or from the file that `NAME_FILE` points at.

    Raises ImproperlyConfigured when there is neither and no default.
    """
    if value := os.environ.get(name):
        return value
    if file := os.environ.get(f"{name}_FILE"):
        return Path(file).read_text(encoding="utf-8").strip()
    if default is None:
        raise ImproperlyConfigured(f"{name} ontbreekt. Zet {name} of {name}_FILE, of start met `gemeente run`.")
    return default


def choice(name: str, default: str, options: Sequence[str]) -> str:
    """Return a setting that is one of these words; raises ImproperlyConfigured for anything else."""
    value = os.environ.get(name, default)
    if value not in options:
        raise ImproperlyConfigured(f"{name} is een van: {', '.join(options)}.")
    return value


def mode() -> str:
    """Return `demonstration` or `production`; raises ImproperlyConfigured for anything else."""
    return choice("GEMEENTE_MODE", "production", ("demonstration", "production"))


def data_folder() -> Path:
    """Return the folder in which everything lies that must be kept: database, files, secrets."""
    return Path(os.environ.get("GEMEENTE_DATA", "data")).resolve()


def database() -> dict[str, Any]:
    """Return Django's settings for the PostgreSQL that DATABASE_URL names; raises ImproperlyConfigured without one."""
    url = urlsplit(secret("DATABASE_URL"))
    if url.scheme not in ("postgres", "postgresql"):
        raise ImproperlyConfigured("DATABASE_URL moet met postgresql:// beginnen.")
    options: dict[str, Any] = dict(parse_qsl(url.query))
    host = options.pop("host", "") or (url.hostname or "")
    return {
        "ENGINE": "gemeente.kernel.postgres",
        "NAME": unquote(url.path.lstrip("/")),
        "USER": unquote(url.username or ""),
        "PASSWORD": unquote(url.password or ""),
        "HOST": host,
        "PORT": str(url.port or ""),
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        # Without server-side binding each text differs by its values, and none is ever prepared.
        "OPTIONS": {"connect_timeout": 5, "prepare_threshold": 2, "server_side_binding": True, **options},
    }
