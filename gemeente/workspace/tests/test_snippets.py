"""Pieces of text for answers: the municipality's own, with the fields filled in."""

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from django.conf import LazySettings

from gemeente.workspace.snippets import filled, snippets


@pytest.fixture(autouse=True)
def forget() -> Iterator[None]:
    snippets.cache_clear()
    yield
    snippets.cache_clear()


def test_the_shipped_ones_are_there_and_each_has_its_own_key() -> None:
    assert len(snippets()) >= 5
    assert all(one.title and one.text for one in snippets().values())


@pytest.mark.parametrize("key", ["groet", "engels"])
def test_fields_are_filled_in(key: str) -> None:
    text = filled(key, name="mevrouw De Vries", author="Jan Mulder", number="2026-10001")
    assert "mevrouw De Vries" in text
    assert text.endswith("Jan Mulder")
    assert not {"{", "}"} & set(text)


def test_no_shipped_piece_has_a_field_that_nobody_fills() -> None:
    for key in snippets():
        assert "{" not in filled(key, name="N", author="A", number="1")


def test_one_that_is_not_there_is_nothing() -> None:
    assert filled("weg", name="N", author="A", number="1") == ""


def test_a_municipality_brings_its_own(settings: LazySettings, tmp_path: Path) -> None:
    settings.RULES = tmp_path
    (tmp_path / "snippets.toml").write_text('[[snippet]]\nkey = "dag"\ntitle = "Dag"\ntext = "Dag {naam}, {nummer}"\n')
    assert list(snippets()) == ["dag"]
    assert filled("dag", name="N", author="A", number="2026-1") == "Dag N, 2026-1"


@pytest.mark.parametrize("text", ["", "[[snippet]]\nkey = 'x'", "[[snippet]]\nkey='x'\ntitle='x'\ntext='x'\nmore='x'"])
def test_a_broken_file_says_so(settings: LazySettings, tmp_path: Path, text: str) -> None:
    settings.RULES = tmp_path
    (tmp_path / "snippets.toml").write_text(text)
    with pytest.raises(msgspec.ValidationError):
        snippets()
