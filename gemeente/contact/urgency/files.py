"""Read and check the rule files. Says exactly which line is wrong, because people other than programmers write them."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from gemeente.contact.urgency.language import Line, RulesInvalid, Together, parse_line, parse_phrases

RULES = Path(__file__).resolve().parent.parent / "data" / "urgency"
COVERS = ("sentence", "message")

_CODE = re.compile(r"[NV][1-9]")
_KEYS = {
    "file": {"language", "also", "function", "words", "aliases", "correct", "guard", "rule"},
    "guard": {"name", "when", "before", "covers"},
    "rule": {"code", "name", "says", "when", "unless", "even"},
}


@dataclass(frozen=True)
class Guard:
    """What takes the danger out of words: past, denied, planned. With `before` it must end at most so many words ahead."""

    name: str
    when: tuple[Line, ...]
    before: int
    covers: str


@dataclass(frozen=True)
class Rule:
    """One sign of danger. `says` is its Dutch sentence; `even` names the guards that do not stop it."""

    code: str
    name: str
    says: str
    when: tuple[Line, ...]
    unless: tuple[Line, ...]
    even: frozenset[str]


@dataclass
class RuleFile:
    """One file: the words of one language, or rules that speak of groups only.

    `words` holds each group as it is written: all of them read at once would take 25 MB, which the process then keeps.
    """

    path: Path
    language: str
    also: tuple[str, ...] = ()
    function: frozenset[str] = frozenset()
    words: dict[str, str] = field(default_factory=dict)
    aliases: dict[str, str] = field(default_factory=dict)
    correct: tuple[str, ...] = ()
    guards: list[Guard] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)

    def alternatives(self, name: str) -> Iterator[Together]:
        """Yield what a group may be written as. Raises RulesInvalid."""
        for written in self.words[name].split(","):
            if written.strip():
                yield from _placed(_all_choices, written, f"{self.path.name}, {name}")


def read_rule_files(path: Path) -> list[RuleFile]:
    """Return the rules of one file, or of all `*.toml` in a folder in order of name.

    Raises RulesInvalid with the file and place, also when there is no file at all.
    """
    paths = sorted(path.glob("*.toml")) if path.is_dir() else [path]
    if not paths or not paths[0].exists():
        raise RulesInvalid(f"{path}: there is no rule file")
    files = [_read(each) for each in paths]
    names = {guard.name for file in files for guard in file.guards}
    for file in files:
        for rule in file.rules:
            if unknown := rule.even - names:
                raise RulesInvalid(
                    f"{file.path.name}, rule {rule.name}: no guard is called {', '.join(sorted(unknown))}"
                )
    return files


def _read(path: Path) -> RuleFile:
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as wrong:
        raise RulesInvalid(f"{path.name}: {wrong}") from wrong
    place = path.name
    _only_known_keys(table, "file", place)
    return RuleFile(
        path=path,
        language=table.get("language", ""),
        also=tuple(table.get("also", ())),
        function=frozenset(table.get("function", "").split()),
        words=_words(table.get("words", {}), place),
        aliases=_aliases(table.get("aliases", {})),
        correct=tuple(table.get("correct", "").split()),
        guards=[_guard(each, place) for each in table.get("guard", [])],
        rules=[_rule(each, place) for each in table.get("rule", [])],
    )


def _aliases(table: dict[str, str]) -> dict[str, str]:
    return {spelling: word for word, spellings in table.items() for spelling in spellings.split()}


def _words(table: dict[str, str], place: str) -> dict[str, str]:
    for name in table:
        if not re.fullmatch(r"[A-Z][A-Z0-9_]*", name):
            raise RulesInvalid(f"{place}, {name}: write the name of a group in capitals")
    return table


def _all_choices(text: str) -> list[Together]:
    return list(parse_phrases(text))


def _guard(table: dict[str, Any], place: str) -> Guard:
    place = f"{place}, guard {table.get('name', '?')}"
    _only_known_keys(table, "guard", place)
    _require(table, ("name", "when"), place)
    covers = table.get("covers", "sentence")
    if covers not in COVERS:
        raise RulesInvalid(f"{place}: covers must be sentence or message")
    return Guard(table["name"], tuple(_lines(table["when"], place)), int(table.get("before", 0)), covers)


def _rule(table: dict[str, Any], place: str) -> Rule:
    place = f"{place}, rule {table.get('name', '?')}"
    _only_known_keys(table, "rule", place)
    _require(table, ("code", "name", "says", "when"), place)
    if not _CODE.fullmatch(table["code"]):
        raise RulesInvalid(f"{place}: code must be N1 … N9 or V1 … V9")
    return Rule(
        code=table["code"],
        name=table["name"],
        says=table["says"],
        when=tuple(_lines(table["when"], place)),
        unless=tuple(_lines(table.get("unless", []), place)),
        even=frozenset(table.get("even", [])),
    )


def _lines(texts: list[str], place: str) -> Iterator[Line]:
    for text in texts:
        yield _placed(parse_line, text, place)


def _placed(parse: Any, text: str, place: str) -> Any:
    try:
        return parse(text)
    except RulesInvalid as wrong:
        raise RulesInvalid(f"{place}, “{' '.join(text.split())}”: {wrong}") from wrong


def _only_known_keys(table: dict[str, Any], kind: str, place: str) -> None:
    if unknown := set(table) - _KEYS[kind]:
        raise RulesInvalid(f"{place}: unknown key {', '.join(sorted(unknown))}")


def _require(table: dict[str, Any], keys: tuple[str, ...], place: str) -> None:
    if missing := [key for key in keys if not table.get(key)]:
        raise RulesInvalid(f"{place}: {', '.join(missing)} is missing")
