"""One real product and one real browser for all proofs from the outside.

Both live only as long as this package runs: while Playwright is at work, Django's database layer refuses the same thread.
"""

from collections.abc import Generator, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.chromium import chromium
from tests.browser.post import Post
from tests.browser.product import Product
from tests.browser.town import Town

HERE = Path(__file__).parent
SHOWN_CHARACTERS = 2_000


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what is in this folder: it drives a real browser."""
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="package")
def product(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    """Return the running product."""
    running = Product(tmp_path_factory.mktemp("product"))
    try:
        running.wait_until_ready()
        yield running
    finally:
        running.stop()


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Return the running browser."""
    with chromium() as running:
        yield running


@pytest.fixture(scope="package")
def everybody(product: Product, browser: Browser) -> Town:
    """Return all who use the product."""
    return Town(browser, product.url)


@pytest.fixture
def town(everybody: Town) -> Iterator[Town]:
    """Return all who use the product, for one test."""
    yield everybody
    everybody.rest()


@pytest.fixture
def post(product: Product) -> Post:
    """Return the post to and from the product."""
    return Post(product)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Show with a failure what the people saw, and what the product said."""
    report = yield
    given = getattr(item, "funcargs", {})
    if report.failed and "everybody" in given:
        for somebody in given["everybody"].people:
            report.sections.append(
                (f"{type(somebody).__name__} at {somebody.page.url}", somebody.seen()[:SHOWN_CHARACTERS])
            )
    if report.failed and "product" in given:
        report.sections.append(("what the product said last", given["product"].said[-SHOWN_CHARACTERS:]))
    return report
