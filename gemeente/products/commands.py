"""Loads the catalogue."""

import csv
from pathlib import Path

from django.db import transaction

from gemeente.kernel.errors import DomainError
from gemeente.products.models import Product
from gemeente.products.queries import catalogue, catalogue_rows, matcher
from gemeente.products.source import SHIPPED

NO_URI = "http://standaarden.overheid.nl/owms/terms/UPL-naam_nog_niet_beschikbaar"


def upl_uris(file: Path = SHIPPED / "UPL-actueel.csv") -> dict[str, str]:
    """Return the URI of each municipal product in the Uniforme Productnamenlijst."""
    with file.open(encoding="utf-8-sig", newline="") as lines:
        return {row["UniformeProductnaam"]: row["URI"] for row in csv.DictReader(lines) if row["Gemeente"] == "X"}


@transaction.atomic
def load_products() -> int:
    """Load the catalogue into the database; return how many products it holds.

    Raises DomainError for a product that the UPL does not know. Products that left the files are kept, but not active.
    """
    uris = upl_uris()
    rows = catalogue_rows()
    if unknown := [row.upl for row in rows if row.upl not in uris]:
        raise DomainError("Deze producten staan niet in de UPL: %(products)s", products=", ".join(unknown[:5]))
    products = [
        Product(
            upl=row.upl,
            uri=uris.get(row.upl, NO_URI),
            name=row.plain_name,
            name_en=row.plain_name_en,
            team_id=row.team,
            norm_workdays=row.norm_workdays,
            audience=row.audience,
            channels=list(row.channels),
            physical_route=row.physical_route,
            phrases="; ".join(row.phrases),
            active=True,
        )
        for row in rows
    ]
    changing = [field.name for field in Product._meta.fields if not field.primary_key]
    Product.objects.bulk_create(products, update_conflicts=True, unique_fields=["upl"], update_fields=changing)
    Product.objects.exclude(upl__in=[row.upl for row in rows]).update(active=False)
    for kept in (catalogue, matcher):
        kept.cache_clear()
    return len(products)
