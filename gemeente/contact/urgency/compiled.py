"""Turn rule files into numbered symbols, so that a message costs a few look-ups and only rules that can fit are tried."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from gemeente.contact.urgency.files import Guard, Rule, RuleFile
from gemeente.contact.urgency.language import Item, Line, Phrase, RulesInvalid, Together
from gemeente.contact.urgency.lexicon import Lexicon


@dataclass(frozen=True, slots=True)
class Sequence:
    """A phrase of symbols in order; when it fits, its words count as `target`. `gaps[i]` words may precede `items[i]`."""

    target: int
    items: tuple[int, ...]
    gaps: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Gathering:
    """Symbols in any order in one sentence, at most `room` words between two; their words together count as `target`."""

    target: int
    items: tuple[int, ...]
    room: int


@dataclass(frozen=True, slots=True)
class SymbolLine:
    """A line of a rule in symbols; `place` is its number within the rule, so that the same line always goes first."""

    needs: tuple[int, ...]
    without: tuple[int, ...]
    room: str
    reach: int
    present: frozenset[int]
    place: int = 0


@dataclass(frozen=True)
class SymbolGuard:
    """A guard in symbols."""

    name: str
    when: tuple[SymbolLine, ...]
    before: int
    covers: str


@dataclass(frozen=True)
class SymbolRule:
    """A rule in symbols; `order` is its place, most urgent first."""

    order: int
    rule: Rule
    unless: tuple[SymbolLine, ...]


@dataclass(frozen=True)
class Compiled:
    """All that the engine needs. `levels[n]` holds the phrases that need the outcome of level n-1, by their rarest symbol."""

    lexicons: dict[str, Lexicon]
    also: dict[str, tuple[str, ...]]
    function: dict[str, frozenset[str]]
    levels: tuple[dict[int, list[Sequence | Gathering]], ...]
    lines: dict[int, list[tuple[SymbolLine, SymbolRule]]]
    guards: tuple[SymbolGuard, ...]


class Compiler:
    """Gathers groups, phrases and words of all files; `compiled()` returns the outcome."""

    def __init__(self, files: Iterable[RuleFile]):
        self._files = list(files)
        self._symbols: dict[str, int] = {name: place for place, name in enumerate(self._group_names())}
        self._made: dict[str, int] = {}
        self._count = len(self._symbols)
        self._entries: dict[str, dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
        self._sequences: list[Sequence | Gathering] = []

    def compiled(self) -> Compiled:
        """Return the rules ready for use. Raises RulesInvalid for unknown groups and groups that need each other."""
        for file in self._files:
            for name in file.words:
                self._place = f"{file.path.name}, {name}"
                for phrase in file.alternatives(name):
                    self._add_together(self._symbols[name], phrase, file.language)
        guards = tuple(self._guard(guard, file) for file in self._files for guard in file.guards)
        lines = self._rule_lines()
        return Compiled(
            lexicons={f.language: self._lexicon(f) for f in self._files if f.language},
            also={f.language: f.also for f in self._files if f.language},
            function={f.language: f.function for f in self._files if f.language},
            levels=self._levels(),
            lines=lines,
            guards=guards,
        )

    def _group_names(self) -> list[str]:
        return sorted({name for file in self._files for name in file.words})

    def _lexicon(self, file: RuleFile) -> Lexicon:
        return Lexicon(self._entries[file.language], file.aliases, file.correct)

    def _new_symbol(self, key: str) -> tuple[int, bool]:
        if key in self._made:
            return self._made[key], False
        self._made[key] = self._count
        self._count += 1
        return self._made[key], True

    def _add_together(self, target: int, together: Together, language: str) -> None:
        if len(together.parts) == 1:
            self._add_phrase(target, together.parts[0], language)
            return
        parts = tuple(self._phrase_symbol(part, language) for part in together.parts)
        self._sequences.append(Gathering(target, parts, together.room))

    def _add_phrase(self, target: int, phrase: Phrase, language: str) -> None:
        if len(phrase) == 1:
            self._add_item(target, phrase[0], language)
            return
        items = tuple(self._item_symbol(item, language) for item in phrase)
        self._sequences.append(Sequence(target, items, tuple(item.gap for item in phrase)))

    def _add_item(self, target: int, item: Item, language: str) -> None:
        if item.words and not language:
            raise RulesInvalid(f"{self._place}: words such as “{min(item.words)}” need a file with a language")
        for word in item.words:
            self._entries[language][word].add(target)
        for group in item.groups:
            symbol = self._group(group)
            self._sequences.append(Sequence(target, (symbol,), (0,)))

    def _item_symbol(self, item: Item, language: str) -> int:
        if not item.words and len(item.groups) == 1:
            return self._group(min(item.groups))
        symbol, new = self._new_symbol(f"{language} {_written(item)}")
        if new:
            self._add_item(symbol, item, language)
        return symbol

    def _group(self, name: str) -> int:
        if name not in self._symbols:
            raise RulesInvalid(f"{self._place}: no group is called {name}")
        return self._symbols[name]

    def _phrase_symbol(self, phrase: Phrase, language: str) -> int:
        if len(phrase) == 1:
            return self._item_symbol(phrase[0], language)
        symbol, new = self._new_symbol(f"{language} {' '.join(f'{item.gap}.{_written(item)}' for item in phrase)}")
        if new:
            self._add_phrase(symbol, phrase, language)
        return symbol

    def _line(self, line: Line, language: str, place: int = 0) -> SymbolLine:
        needs = tuple(self._phrase_symbol(phrase, language) for phrase in line.needs)
        without = tuple(self._phrase_symbol(phrase, language) for phrase in line.without)
        return SymbolLine(needs, without, line.room, line.reach, frozenset(needs), place)

    def _guard(self, guard: Guard, file: RuleFile) -> SymbolGuard:
        self._place = f"{file.path.name}, guard {guard.name}"
        lines = tuple(self._line(line, file.language) for line in guard.when)
        return SymbolGuard(guard.name, lines, guard.before, guard.covers)

    def _rule_lines(self) -> dict[int, list[tuple[SymbolLine, SymbolRule]]]:
        found: list[tuple[SymbolLine, SymbolRule]] = []
        rules = sorted(((rule, file) for file in self._files for rule in file.rules), key=lambda pair: pair[0].code)
        for order, (rule, file) in enumerate(rules):
            self._place = f"{file.path.name}, rule {rule.name}"
            unless = tuple(self._line(line, file.language) for line in rule.unless)
            ready = SymbolRule(order, rule, unless)
            found += [(self._line(line, file.language, place), ready) for place, line in enumerate(rule.when)]
        used = Counter(symbol for line, _ in found for symbol in line.present)
        by_rarest: dict[int, list[tuple[SymbolLine, SymbolRule]]] = defaultdict(list)
        for line, ready in found:
            by_rarest[min(line.present, key=lambda symbol: (used[symbol], symbol))].append((line, ready))
        return dict(by_rarest)

    def _levels(self) -> tuple[dict[int, list[Sequence | Gathering]], ...]:
        depth = self._depths()
        used = Counter(symbol for sequence in self._sequences for symbol in set(sequence.items))
        levels: list[dict[int, list[Sequence | Gathering]]] = [
            defaultdict(list) for _ in range(max(depth.values(), default=0))
        ]
        for sequence in self._sequences:
            rarest = min(sequence.items, key=lambda symbol: (used[symbol], symbol))
            levels[depth[sequence.target] - 1][rarest].append(sequence)
        return tuple(dict(level) for level in levels)

    def _depths(self) -> dict[int, int]:
        """Return for each symbol how many layers of phrases lie under it: 0 for plain words."""
        needs: dict[int, set[int]] = defaultdict(set)
        for sequence in self._sequences:
            needs[sequence.target].update(sequence.items)
        depth: dict[int, int] = {}
        for symbol in list(needs):
            self._measure(symbol, needs, depth, ())
        return depth

    def _measure(self, symbol: int, needs: dict[int, set[int]], depth: dict[int, int], above: tuple[int, ...]) -> int:
        if symbol in above:
            names = {number: name for name, number in self._symbols.items()}
            circle = " → ".join(names.get(each, "…") for each in (*above, symbol))
            raise RulesInvalid(f"these groups need each other: {circle}")
        if symbol not in depth:
            under = [self._measure(each, needs, depth, (*above, symbol)) for each in sorted(needs.get(symbol, ()))]
            depth[symbol] = 1 + max(under) if under else 0
        return depth[symbol]


def _written(item: Item) -> str:
    """Return an item as one text, the same for the same one: it takes a tenth of the item's own memory."""
    return "|".join(sorted(item.words | item.groups))
