"""The register of partners: organisations outside that do part of a question, by name (V31)."""

from functools import cache
from pathlib import Path

import msgspec
from django.conf import settings

SHIPPED = Path(__file__).parent / "data" / "partners.toml"


class Partner(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One partner: what for, and how we reach them. A partner has no log-in; tasks go to `email`."""

    name: str
    what_for: str
    email: str
    phone: str

    @property
    def domain(self) -> str:
        """Return the part of the address that all their people share."""
        return domain_of(self.email)


class _File(msgspec.Struct, forbid_unknown_fields=True):
    partner: list[Partner]


@cache
def partners() -> dict[str, Partner]:
    """Return all partners by name: the municipality's own file `partners.toml` in GEMEENTE_RULES, else the shipped one."""
    own: Path = settings.RULES / "partners.toml"
    read = msgspec.toml.decode((own if own.exists() else SHIPPED).read_bytes(), type=_File)
    return {one.name: one for one in sorted(read.partner, key=lambda one: one.name)}


def domain_of(email: str) -> str:
    """Return the domain of an e-mail address, "" when it has none."""
    return email.rpartition("@")[2].casefold() if "@" in email else ""
