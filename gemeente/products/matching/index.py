"""The phrases of the catalogue as an index: which phrases a term occurs in, and how rare it is."""

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from gemeente.products.matching.catalogue import CatalogueRow
from gemeente.products.matching.words import tokens

ORDINARY, DECISIVE, NEGATIVE = "ordinary", "decisive", "negative"
PLAIN_NAME, OFFICIAL_NAME = 0.95, 0.8
STRIPPED = 0.6
EVERYDAY = 0.5
FULL_CATALOGUE = 450
Terms = Callable[[str], tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Phrase:
    """A way to ask for a product.

    `worth` is 1 for a phrase, less for a name or for a phrase of which only one word carries meaning; `mass` is the summed
    rarity of its terms.
    """

    product: int
    terms: tuple[str, ...]
    kind: str
    worth: float
    mass: float


@dataclass(frozen=True, slots=True)
class _Raw:
    product: int
    terms: tuple[str, ...]
    kind: str
    worth: float


class PhraseIndex:
    """All phrases of all products, by term. `rarity` is the inverse document frequency of BM25, over products.

    A small catalogue counts as a full one, so that a score means the same in every municipality.
    """

    def __init__(self, rows: Sequence[CatalogueRow], *, dutch: Terms, english: Terms, everyday: frozenset[str]) -> None:
        raws = list(dict.fromkeys(raw for at, row in enumerate(rows) for raw in _raw_phrases(at, row, dutch, english)))
        self.rarity = _rarity(raws, max(len(rows), FULL_CATALOGUE), everyday)
        self.phrases = tuple(
            Phrase(raw.product, raw.terms, raw.kind, raw.worth, sum(self.rarity[term] for term in raw.terms))
            for raw in raws
        )
        postings: dict[str, list[int]] = defaultdict(list)
        for at, phrase in enumerate(self.phrases):
            for term in phrase.terms:
                postings[term].append(at)
        self.postings = {term: tuple(found) for term, found in postings.items()}


def content_words(phrase: str, stop: frozenset[str]) -> list[str]:
    """Return the words of a phrase that carry meaning; all of them when all are stop words."""
    words = tokens(phrase)
    return [word for word in words if word not in stop] or words


def _raw_phrases(at: int, row: CatalogueRow, dutch: Terms, english: Terms) -> Iterable[_Raw]:
    named = (
        (row.plain_name, PLAIN_NAME, dutch),
        (row.upl, OFFICIAL_NAME, dutch),
        (row.plain_name_en, PLAIN_NAME, english),
    )
    for name, worth, terms in named:
        if found := tuple(sorted(terms(name))):
            yield _Raw(at, found, ORDINARY, worth)
    for phrases, terms in ((row.phrases, dutch), (row.phrases_en, english)):
        for phrase in phrases:
            kind = {"!": DECISIVE, "-": NEGATIVE}.get(phrase[0], ORDINARY)
            if found := tuple(sorted(terms(phrase.lstrip("!-")))):
                stripped = len(found) == 1 and kind == ORDINARY and len(tokens(phrase)) > 1
                yield _Raw(at, found, kind, STRIPPED if stripped else 1.0)


def _rarity(raws: Sequence[_Raw], products: int, everyday: frozenset[str]) -> dict[str, float]:
    using: dict[str, set[int]] = defaultdict(set)
    for raw in raws:
        for term in raw.terms:
            using[term].add(raw.product)
    return {
        term: math.log(1 + (products - len(found) + 0.5) / (len(found) + 0.5)) * (EVERYDAY if term in everyday else 1.0)
        for term, found in using.items()
    }
