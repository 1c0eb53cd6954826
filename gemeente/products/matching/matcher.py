"""Weighs the phrases of the catalogue against a message."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from gemeente.products.matching.catalogue import CatalogueRow
from gemeente.products.matching.hearing import Heard, Listener
from gemeente.products.matching.index import DECISIVE, NEGATIVE, ORDINARY, Phrase, PhraseIndex
from gemeente.products.matching.tables import TableError, read_table

DATA = Path(__file__).parents[1] / "data"

COVERAGE_POWER = 1.5
NEAR, NEAR_BONUS, FAR = 5, 1.3, 0.8
NEXT_PHRASE = 0.5
BAG = 0.15
DECISIVE_BONUS = 10.0
NOT_THIS = 0.3
PRIOR = 0.03
FITS = 3.0
MAX_REASONS = 6


@dataclass(frozen=True)
class ProductMatch:
    """A product that a message may be about. `words` are the resident's own words that led to it, as the reason."""

    upl: str
    score: float
    words: tuple[str, ...]


class ProductMatcher:
    """Says which products a message is about. Built once; after that safe to share between threads."""

    def __init__(self, rows: Sequence[CatalogueRow]) -> None:
        self._names = tuple(row.upl for row in rows)
        self._listener = Listener(rows, DATA)
        self._index = PhraseIndex(
            rows,
            dutch=self._listener.dutch_terms,
            english=self._listener.english_terms,
            everyday=self._listener.everyday,
        )
        asked = load_priors(DATA / "priors.tsv")
        self._prior = tuple(1 + PRIOR * asked.get(name, 0) for name in self._names)

    def match(self, text: str, language: str, limit: int = 3) -> tuple[ProductMatch, ...]:
        """Return at most `limit` products, best first; equal scores keep the order of the catalogue.

        Empty when nothing fits: then the question is for the KCC. Never raises, whatever the text. Method: phrases weighed
        by the rarity of their words, after BM25 (Robertson and Zaragoza, 2009), with a bonus for words that stand together.
        """
        heard = self._listener.hear(text, language)
        scores, reasons = self._weigh(heard)
        ranked = sorted((product for product in scores if scores[product] >= FITS), key=lambda at: (-scores[at], at))
        return tuple(
            ProductMatch(self._names[product], round(scores[product], 2), _shown(reasons[product], heard))
            for product in ranked[:limit]
        )

    def _weigh(self, heard: Mapping[str, Heard]) -> tuple[dict[int, float], dict[int, dict[str, None]]]:
        found: dict[int, list[float]] = defaultdict(list)
        reasons: dict[int, dict[str, None]] = defaultdict(dict)
        bonus: dict[int, float] = defaultdict(float)
        denied: set[int] = set()
        for phrase, matched, mass in self._touched(heard):
            whole = len(matched) == len(phrase.terms)
            if phrase.kind != ORDINARY and not (whole and _near(phrase, heard)):
                continue
            if phrase.kind == NEGATIVE:
                denied.add(phrase.product)
                continue
            if phrase.kind == DECISIVE:
                bonus[phrase.product] = max(bonus[phrase.product], DECISIVE_BONUS * mass / phrase.mass)
            found[phrase.product].append(_worth(phrase, mass, whole, heard))
            reasons[phrase.product].update(dict.fromkeys(matched))
        return {at: self._score(at, found[at], bonus[at], reasons[at], heard, at in denied) for at in found}, reasons

    def _touched(self, heard: Mapping[str, Heard]) -> list[tuple[Phrase, list[str], float]]:
        matched: dict[int, list[str]] = defaultdict(list)
        for term in heard:
            for at in self._index.postings.get(term, ()):
                matched[at].append(term)
        rarity, phrases = self._index.rarity, self._index.phrases
        return [
            (phrases[at], terms, sum(rarity[term] * heard[term].weight for term in terms))
            for at, terms in matched.items()
        ]

    def _score(
        self,
        at: int,
        worths: list[float],
        bonus: float,
        terms: dict[str, None],
        heard: Mapping[str, Heard],
        denied: bool,
    ) -> float:
        worths.sort(reverse=True)
        score = sum(worth * NEXT_PHRASE**place for place, worth in enumerate(worths[:4]))
        score += BAG * sum(self._index.rarity[term] * heard[term].weight for term in terms) + bonus
        return score * self._prior[at] * (NOT_THIS if denied else 1.0)


def load_priors(path: Path) -> dict[str, int]:
    """Return how often a product is asked, 1 (seldom) to 5 (daily), for the products that stand out.

    Raises TableError for a weight that is no number from 1 to 5.
    """
    weights: dict[str, int] = {}
    for number, cells in read_table(path, ("upl", "weight")):
        if cells["weight"] not in ("1", "2", "3", "4", "5"):
            raise TableError(path, number, "weight", f"“{cells['weight']}” is geen gewicht van 1 tot 5")
        weights[cells["upl"]] = int(cells["weight"])
    return weights


def _worth(phrase: Phrase, mass: float, whole: bool, heard: Mapping[str, Heard]) -> float:
    covered: float = min(1.0, mass / phrase.mass) ** COVERAGE_POWER
    worth = phrase.worth * mass * covered
    if not whole or len(phrase.terms) == 1:
        return worth
    return worth * (NEAR_BONUS if _near(phrase, heard) else FAR)


def _near(phrase: Phrase, heard: Mapping[str, Heard]) -> bool:
    reach = NEAR + len(phrase.terms)
    places = [heard[term].places for term in phrase.terms]
    return any(all(any(abs(spot - other) <= reach for other in others) for others in places[1:]) for spot in places[0])


def _shown(terms: Mapping[str, None], heard: Mapping[str, Heard]) -> tuple[str, ...]:
    words = sorted((heard[term].places[0], heard[term].words[0]) for term in terms)
    return tuple(dict.fromkeys(word for _, word in words))[:MAX_REASONS]
