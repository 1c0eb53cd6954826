"""What a message is about, how urgent it is, and whose it is: by rules one can read, with the reason.

Never looks at the channel. Unsure goes to the KCC, never to nobody (V2, V73).
"""

from dataclasses import dataclass
from functools import cache

from django.conf import settings

from gemeente.access.queries import teams
from gemeente.contact.rules import CATCH_ALL, CATCH_ALL_NORM, CATCH_ALL_TEAM
from gemeente.contact.urgency import UrgencyFinding, UrgencyRules, load_rules
from gemeente.language.detect import detect_language
from gemeente.products.matching import ProductMatch
from gemeente.products.queries import catalogue, matcher


@dataclass(frozen=True, kw_only=True)
class Understanding:
    """What we understood, and why. `products` holds at most three matches, best first."""

    language: str
    urgency: UrgencyFinding
    products: tuple[ProductMatch, ...]
    product: str
    product_name: str
    product_reason: str
    team: str
    department: str
    norm_workdays: int


@cache
def _urgency_rules() -> UrgencyRules:
    own = settings.RULES / "urgency.toml"
    return load_rules(own if own.exists() else None)


def understand(text: str) -> Understanding:
    """Return what a message is about. Pure for one set of rules: the same words give the same outcome in every channel."""
    language = detect_language(text)
    urgency = _urgency_rules().assess(text, language)
    products = matcher().match(text, language)
    known = catalogue().get(products[0].upl) if products else None
    team = known.team if known and teams()[known.team].active else CATCH_ALL_TEAM
    return Understanding(
        language=language,
        urgency=urgency,
        products=products,
        product=known.upl if known else CATCH_ALL,
        product_name=known.name if known else "",
        product_reason=", ".join(products[0].words) if products else "",
        team=team,
        department=teams()[team].department,
        norm_workdays=known.norm_workdays if known else CATCH_ALL_NORM,
    )
