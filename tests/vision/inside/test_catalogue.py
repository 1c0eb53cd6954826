"""P1: more than four hundred products, each with somebody who owns it and a way to ask for it in person."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from gemeente.access.queries import teams
from gemeente.products.models import Product
from gemeente.products.queries import catalogue

pytestmark = pytest.mark.django_db

UPL = "http://standaarden.overheid.nl/owms/terms/"


def test_V1_more_than_four_hundred_products_each_with_owner_channels_and_physical_route() -> None:
    products = list(catalogue().values())
    assert len(products) > 400
    assert Product.objects.count() >= len(products)
    for product in products:
        assert teams()[product.team].active, product.upl
        assert teams()[product.team].department == product.department, product.upl
        assert product.physical_route.strip(), product.upl
        assert "desk" in product.channels or "phone" in product.channels, product.upl
        assert product.uri.startswith(UPL), product.upl
        assert product.norm_workdays >= 1, product.upl


@pytest.mark.parametrize("lacking", [{"team_id": None}, {"physical_route": ""}])
def test_V1_a_product_without_owner_or_physical_route_cannot_be_kept(lacking: dict[str, Any]) -> None:
    known = Product.objects.filter(active=True).first()
    assert known is not None
    fields = {field.attname: getattr(known, field.attname) for field in Product._meta.fields}
    with pytest.raises(IntegrityError), transaction.atomic():
        Product.objects.create(**fields | {"upl": "een nieuw product"} | lacking)
