"""The catalogue, kept in memory: it changes with a release of the municipality's texts, not with a click."""

from functools import cache

from django.conf import settings

from gemeente.products.matching import CatalogueRow, ProductMatcher, load_catalogue
from gemeente.products.models import Product as Row
from gemeente.products.source import catalogue_files
from gemeente.products.types import Product


@cache
def catalogue() -> dict[str, Product]:
    """Return all products by UPL name. One statement, once a process."""
    rows = Row.objects.select_related("team").order_by("upl")
    return {
        row.upl: Product(
            upl=row.upl,
            uri=row.uri,
            name=row.name,
            name_en=row.name_en,
            team=row.team_id,
            department=row.team.department_id,
            norm_workdays=row.norm_workdays,
            audience=row.audience,
            channels=tuple(row.channels),
            physical_route=row.physical_route,
        )
        for row in rows
    }


@cache
def english_names() -> dict[str, str]:
    """Return the English name of each product by its Dutch one. Kept in memory, as the catalogue is."""
    return {product.name: product.name_en for product in catalogue().values()}


@cache
def catalogue_rows() -> tuple[CatalogueRow, ...]:
    """Return the catalogue's source rows, with the phrases by which people ask for each product."""
    return load_catalogue(catalogue_files(settings.RULES))


@cache
def matcher() -> ProductMatcher:
    """Return the matcher over the catalogue. Built once a process."""
    return ProductMatcher(catalogue_rows())
