"""People by name: any of their names, from its first letters, and with typing mistakes. Needs no extension of PostgreSQL."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection

from gemeente.kernel.sql import statement
from gemeente.residents.models import NameVariant, Party
from gemeente.residents.rules import LETTERS_AT_MOST, PREFIXES, SearchWords, likely_meant, variants

SIMILAR_AT_MOST = 40
INDEXED_AT_ONCE = 1_000
# Sorts after every letter, so what begins with a word lies between the word and this; a blank sorts before every letter.
_LAST, _BLANK = "\U0010ffff", " "


@dataclass(frozen=True)
class Named:
    """Somebody, and the word of their name that they were found by."""

    party: Party
    word: str


def named(asked: SearchWords, *, limit: int) -> list[Named]:
    """Return who has all these names, each from its first letters, in that postcode and house. One statement."""
    others = [f"% {name}%" for name in asked.names if name != asked.leading]
    return _find([asked.leading], _LAST, others + _address(asked), [], limit)


def named_like(asked: SearchWords, *, limit: int) -> list[Named]:
    """Return who has names that look like these, the nearest first; "van" and "de" do not count. Two statements at most."""
    names = [name for name in asked.names if name not in PREFIXES]
    meant = _meant(names) if names else {}
    if not all(meant.values()):
        return []
    alike = [f" ({'|'.join(words)}) " for name, words in meant.items() if name != asked.leading]
    return _find(meant.get(asked.leading, []), _BLANK, _address(asked), alike, limit)


def _find(words: list[str], end: str, others: list[str], alike: list[str], limit: int) -> list[Named]:
    """Find by patterns made of search keys, which hold only letters and digits: `others` for LIKE, `alike` as expressions."""
    values: dict[str, Any] = {
        "begins": words,
        "ends": [word + end for word in words],
        "others": others,
        "alike": alike,
        # Somebody stands in it once for each of their names that fits.
        "limit": limit * 3 // 2,
    }
    first: dict[UUID, Named] = {}
    for row in Party.objects.raw(statement("gemeente.residents.sql", "find_names"), values):
        first.setdefault(row.id, Named(row, row.found_by))  # type: ignore[attr-defined]  # a column that the statement adds
    return list(first.values())[:limit]


def _address(asked: SearchWords) -> list[str]:
    whole = len(asked.postcode) == len("9715AB")
    place = [f"% {asked.postcode.lower()}{' ' if whole else ''}%"] if asked.postcode else []
    return place + ([f"% {asked.house_number}%"] if asked.house_number else [])


def _meant(names: list[str]) -> dict[str, list[str]]:
    """Return for each name which words of our people's names may have been meant. One statement."""
    typed = {name: variants(name) for name in names}
    rows = NameVariant.objects.filter(variant__in=set().union(*typed.values())).values_list("variant", "word")
    known = list(rows)
    return {
        name: likely_meant(name, {word for variant, word in known if variant in spelled}, at_most=SIMILAR_AT_MOST)
        for name, spelled in typed.items()
    }


def index_names(parties: list[UUID]) -> None:
    """Let these people be found by their names as they are now. Two statements. Idempotent."""
    with connection.cursor() as cursor:
        values: dict[str, Any] = {"parties": parties, "letters": LETTERS_AT_MOST}
        cursor.execute(statement("gemeente.residents.sql", "index_names"), values)
        new = [word for (word,) in cursor.fetchall()]
    spelled = [NameVariant(variant=variant, word=word) for word in new for variant in variants(word)]
    NameVariant.objects.bulk_create(spelled, ignore_conflicts=True)


def index_missing_names() -> int:
    """Let everybody be found who has a name and is in no index yet, a thousand at a time; return how many that were."""
    done = 0
    while missing := list(
        Party.objects.filter(name_parts=None).exclude(search_name="").values_list("id", flat=True)[:INDEXED_AT_ONCE]
    ):
        index_names(missing)
        done += len(missing)
    return done
