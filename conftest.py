"""Fixtures for every room: the organisation and the catalogue stand in the database once, as in a real municipality."""

import hypothesis
import pytest
from pytest_django.plugin import DjangoDbBlocker

from gemeente.access.commands import load_organisation
from gemeente.config.prepare import SHIPPED_ORGANISATION
from gemeente.products.commands import load_products

# The same examples at every run: a test that fails now and then is no test.
hypothesis.settings.register_profile("steady", derandomize=True, deadline=None)
hypothesis.settings.load_profile("steady")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """Load what `gemeente prepare` loads, before the first test, so that it stays when a test rolls back."""
    with django_db_blocker.unblock():
        load_organisation(SHIPPED_ORGANISATION)
        load_products()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the tests that commit for real at the end: when such a test ends, all tables are emptied."""
    items.sort(key=_commits)


def _commits(item: pytest.Item) -> bool:
    marked = item.get_closest_marker("django_db")
    return bool(marked and marked.kwargs.get("transaction"))
