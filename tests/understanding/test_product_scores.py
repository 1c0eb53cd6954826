"""How well products are found in messages kept out of tuning. The floor holds for the whole set, unasked subjects included.

Messages from p421 on were known when phrases were written, so they flatter: the earlier ones are the strict measure.
"""

import json
from pathlib import Path

import pytest

from gemeente.products.matching import ProductMatcher, load_catalogue
from gemeente.products.source import SHIPPED

MESSAGES = Path(__file__).parent / "data" / "products-report.jsonl"
NOTHING_FITS = "UPL-naam nog niet beschikbaar"
FLOOR = 0.70


@pytest.fixture(scope="module")
def matcher() -> ProductMatcher:
    return ProductMatcher(load_catalogue(sorted(SHIPPED.glob("catalogue*.tsv"))))


def test_the_right_product_is_among_the_first_three(matcher: ProductMatcher) -> None:
    messages = [json.loads(line) for line in MESSAGES.read_text(encoding="utf-8").splitlines()]
    right = 0
    for message in messages:
        found = [match.upl for match in matcher.match(message["text"], message["language"])] or [NOTHING_FITS]
        right += not set(found).isdisjoint(message["upl"])
    assert right / len(messages) >= FLOOR
