"""Fixtures for every room: the organisation and the catalogue stand in the database once, as in a real municipality."""

from collections.abc import Callable
from typing import Any

import pytest
from pytest_django.plugin import DjangoDbBlocker

from gemeente.access.commands import load_organisation
from gemeente.config.prepare import SHIPPED_ORGANISATION
from gemeente.products.commands import load_products


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """Load what `gemeente prepare` loads, before the first test, so that it stays when a test rolls back."""
    with django_db_blocker.unblock():
        load_organisation(SHIPPED_ORGANISATION)
        load_products()
