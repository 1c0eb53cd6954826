"""The rules of one language, read from data/promises/*.toml and made ready for use."""

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from gemeente.contact.promises.dates import DATA
from gemeente.contact.types import PromiseKind


@dataclass(frozen=True)
class Rules:
    """What a language says of promises; every expression reads plain letters (README.md explains each)."""

    me: str
    us: str
    municipality: str
    present: bool
    known_by: frozenset[str]
    first: frozenset[str]
    ours: re.Pattern[str]
    strong: frozenset[str]
    weak: frozenset[str]
    silent: frozenset[str]
    future: re.Pattern[str]
    future_plain: re.Pattern[str]
    passive: re.Pattern[str]
    participle: re.Pattern[str]
    definite: re.Pattern[str]
    passive_plain: re.Pattern[str]
    passive_never: re.Pattern[str]
    resident: tuple[re.Pattern[str], ...]
    resident_plain: re.Pattern[str]
    things: re.Pattern[str]
    arrives: re.Pattern[str]
    soon: re.Pattern[str]
    towards: re.Pattern[str]
    never: re.Pattern[str]
    offer: re.Pattern[str]
    threat: re.Pattern[str]
    reported: re.Pattern[str]
    others: re.Pattern[str]
    request: re.Pattern[str]
    no_names: frozenset[str]
    condition: re.Pattern[str]
    inverted: re.Pattern[str]
    hedges: re.Pattern[str]
    condition_after: re.Pattern[str]
    actions: tuple[tuple[PromiseKind, re.Pattern[str]], ...]

    def knows(self, word: str) -> bool:
        """Tell whether a word is a verb of this language that the rules name."""
        return word in self.strong or word in self.silent


@cache
def rules(language: str) -> Rules:
    """Return the rules for "nl" or "en"."""
    table = tomllib.loads((DATA / f"{language}.toml").read_text(encoding="utf-8"))
    verbs, never, condition = table["verbs"], table["never"], table["condition"]
    triples = [group.split() for group in re.split("[·\n]", verbs["strong"]) if group.strip()]
    weak = set(verbs["weak"].split())
    return Rules(
        **table["language"],
        known_by=frozenset(table["known_by"]),
        first=frozenset(table["subjects"]["first"]),
        ours=_any(rf"\b(?:{words})\b" for words in table["subjects"]["ours"]),
        strong=frozenset(verb for forms in triples for verb in forms),
        weak=frozenset(verb for forms in triples if weak & set(forms) for verb in forms),
        silent=frozenset(verbs["silent"].split()),
        future=_any(table["future"]["phrases"]),
        future_plain=_any(table["future"]["plain"]),
        passive=re.compile(table["passive"]["auxiliary"]),
        participle=re.compile(table["passive"]["participle"]),
        definite=re.compile(table["passive"]["definite"]),
        passive_plain=_any(table["passive"]["plain"]),
        passive_never=re.compile(table["passive"]["never"]),
        resident=tuple(map(re.compile, table["resident"]["frames"])),
        resident_plain=_any(table["resident"]["plain"]),
        things=re.compile(table["resident"]["things"]),
        arrives=_any(table["resident"]["arrives"]),
        soon=_any(table["future"]["soon"]),
        towards=re.compile(table["future"]["towards"]),
        never=_any(words.replace("{participle}", table["passive"]["participle"]) for words in never["clause"]),
        threat=re.compile(never["threat"]),
        offer=re.compile(never["offer"]),
        reported=re.compile(never["reported"]),
        others=re.compile(never["others"]),
        request=re.compile(never["request"]),
        no_names=frozenset(table["subjects"]["no_names"].split()),
        inverted=re.compile(condition["inverted"]),
        condition=re.compile(rf"^\W*(?:(?:maar|en|but|and) )?{condition['starts']}\b"),
        hedges=re.compile(condition["hedges"]),
        condition_after=re.compile(condition["after"]),
        actions=tuple((PromiseKind(kind), re.compile(words)) for kind, words in table["actions"].items()),
    )


def _any(patterns: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns))
