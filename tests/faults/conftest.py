"""One running product that all faults befall, one after another: it must have got over each before the next."""

from collections.abc import Iterator

import pytest

from tests.browser.product import Product


@pytest.fixture(scope="session")
def product(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    """Give the product, started as an administrator starts it."""
    started = Product(tmp_path_factory.mktemp("faults"))
    try:
        started.wait_until_ready()
        yield started
    finally:
        started.stop()
