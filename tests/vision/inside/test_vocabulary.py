"""P1: in no text that we ship is a resident called *klant* (V27). What people see is walked in `outside/test_words.py`."""

from pathlib import Path

import pytest

import gemeente
from gemeente.products.queries import catalogue

ROOT = Path(gemeente.__file__).parent
# What we understand of what residents write, and the national list with its own names, is no text of ours.
NOT_OURS = ("contact/data/", "products/data/")
SHOWN = {".html", ".txt", ".toml", ".po"}


def texts() -> list[Path]:
    return sorted(
        path
        for path in ROOT.rglob("*")
        if path.suffix in SHOWN and not str(path.relative_to(ROOT)).startswith(NOT_OURS)
    )


@pytest.mark.parametrize("path", texts(), ids=lambda path: str(path.relative_to(ROOT)))
def test_V27_R12_no_text_of_ours_says_klant(path: Path) -> None:
    assert "klant" not in path.read_text(encoding="utf-8").lower()


@pytest.mark.django_db
def test_V27_no_product_is_named_after_a_klant() -> None:
    for product in catalogue().values():
        assert "klant" not in f"{product.name} {product.physical_route}".lower(), product.upl
