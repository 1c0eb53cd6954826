"""Pieces of text that employees use in answers."""

from functools import cache
from pathlib import Path

import msgspec
from django.conf import settings

SHIPPED = Path(__file__).parent / "data" / "snippets.toml"


class Snippet(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One piece of text, with fields in braces."""

    key: str
    title: str
    text: str


class _File(msgspec.Struct):
    snippet: list[Snippet]


@cache
def snippets() -> dict[str, Snippet]:
    """Return all pieces by key: the municipality's own file, else the shipped one."""
    own: Path = settings.RULES / "snippets.toml"
    read = msgspec.toml.decode((own if own.exists() else SHIPPED).read_bytes(), type=_File)
    return {one.key: one for one in read.snippet}


def filled(key: str, *, name: str, author: str, number: str) -> str:
    """Return a piece of text with its fields filled in; nothing for a key that is not there."""
    found = snippets().get(key)
    if found is None:
        return ""
    fields = {"{naam}": name, "{ik}": author, "{nummer}": number}
    text = found.text.strip("\n")
    for field, value in fields.items():
        text = text.replace(field, value)
    return text
