"""What the municipality offers, as others may see it."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Product:
    """One product of the catalogue, coded with the Uniforme Productnamenlijst (UPL)."""

    upl: str
    uri: str
    name: str
    name_en: str
    team: str
    department: str
    norm_workdays: int
    audience: str
    channels: tuple[str, ...]
    physical_route: str
