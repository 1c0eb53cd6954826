"""A search for somebody among 240,000 residents: as they are called, and with a typing mistake."""

from collections.abc import Callable
from functools import partial

from gemeente.bench.cast import rows
from gemeente.bench.deeds import Call
from gemeente.bench.request import Targets
from gemeente.residents.queries import find_parties

_PEOPLE = """
SELECT given_names, family_name, postcode FROM residents_party ORDER BY reverse(id::text) LIMIT %s
"""
AS_CALLED: tuple[Callable[[str, str, str], str], ...] = (
    lambda given, family, postcode: family,
    lambda given, family, postcode: f"{given} {family}",
    lambda given, family, postcode: f"{given[:3]} {family[:4]}",
    lambda given, family, postcode: f"{family} {postcode[:4]}",
)


class SearchName:
    """A name, two names, the first letters of two names, a name and a postcode."""

    name = "search_name"
    targets = Targets(p99_ms=5)

    def calls(self, count: int) -> list[Call]:
        """Search for each of these people in another way than for the one before."""
        people = rows(_PEOPLE, [count])
        return [_search(AS_CALLED[nth % len(AS_CALLED)](*one)) for nth, one in enumerate(people)]


class SearchTypo:
    """A letter too few, too many, another, or two swapped, at a place that differs."""

    name = "search_typo"
    targets = Targets(p99_ms=20)

    def calls(self, count: int) -> list[Call]:
        """Search for each of these people with a mistake in their name; every other time their first name too is typed."""
        return [
            _search(mistyped(family.lower(), nth) if nth % 2 else f"{given} {mistyped(family.lower(), nth)}")
            for nth, (given, family, _) in enumerate(rows(_PEOPLE, [count]))
        ]


def mistyped(word: str, nth: int) -> str:
    """Return a word with one mistake: its kind and place follow from a number."""
    at = nth // 4 % len(word)
    return (
        word[:at] + word[at + 1 :],
        word[:at] + "x" + word[at:],
        word[:at] + "q" + word[at + 1 :],
        word[:at] + word[at : at + 2][::-1] + word[at + 2 :],
    )[nth % 4]


def _search(words: str) -> Call:
    return partial(find_parties, words=words)
