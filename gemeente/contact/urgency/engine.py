"""Weigh a message: find the words, the phrases, the rules that fit, and what takes the danger out of them again."""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from gemeente.contact.types import Urgency
from gemeente.contact.urgency.compiled import Compiled, Gathering, Sequence, SymbolGuard, SymbolLine, SymbolRule
from gemeente.contact.urgency.language import LONGEST_SENTENCE
from gemeente.contact.urgency.text import Words, fresh_text, split_words

MIXED_FROM = 3
FALLBACK = ("nl", "en")
# Danger said so often and taken out so often stays taken out; it also bounds the time for hostile texts.
OFTEN_ENOUGH = 40
QUOTED_WORDS = 4
LONGEST_QUOTE = 60

Span = tuple[int, int]
Fit = tuple[Span, ...]


@dataclass(frozen=True)
class UrgencyFinding:
    """How urgent, by which rule, and the words that led to it; `reason` is one Dutch sentence for the employee.

    Without a rule: normal, and `code` and `words` are empty.
    """

    urgency: Urgency
    code: str
    words: tuple[str, ...]
    reason: str


NOTHING_FOUND = UrgencyFinding(Urgency.NORMAL, "", (), "Geen regel voor haast past bij deze woorden.")


@dataclass(frozen=True)
class UrgencyRules:
    """Rules ready to judge messages. Safe to share between threads; the same text always gets the same finding."""

    compiled: Compiled

    def assess(self, text: str, language: str) -> UrgencyFinding:
        """Return the highest rule that fits the fresh part of a text, never raising on any text.

        Source of the codes: the municipality's definition of urgency, "what happens if nobody acts?".
        """
        words = split_words(fresh_text(text))
        reading = Reading(self.compiled, words, self._languages(words, language))
        for ready in reading.rules_that_may_fit():
            fit = reading.first_fit(ready)
            if fit is not None:
                return _finding(ready[0][1], reading.quotes(fit))
        return NOTHING_FOUND

    def _languages(self, words: Words, language: str) -> list[str]:
        """Return the languages to read in: the given one, its relatives, and any other of which small words stand here."""
        known, seen = self.compiled.lexicons, set(words.plain)
        chosen = [each for each in (language, *self.compiled.also.get(language, ())) if each in known]
        chosen += [
            other
            for other, small_words in self.compiled.function.items()
            if other not in chosen and len(small_words & seen) >= MIXED_FROM
        ]
        return chosen or [each for each in FALLBACK if each in known]


def _finding(ready: SymbolRule, quotes: tuple[str, ...]) -> UrgencyFinding:
    rule = ready.rule
    urgency = Urgency.NOW if rule.code.startswith("N") else Urgency.TODAY
    quoted = ", ".join(f"“{quote}”" for quote in quotes)
    return UrgencyFinding(urgency, rule.code, quotes, f"{rule.code}: {rule.says} ({quoted}).")


@dataclass
class Reading:
    """One message under the rules: where each symbol stands, as spans of word numbers sorted by their begin."""

    rules: Compiled
    words: Words
    languages: list[str]
    spans: dict[int, list[Span]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._find_words()
        for level in self.rules.levels:
            self._find_phrases(level)

    def _find_words(self) -> None:
        lexicons = [self.rules.lexicons[language] for language in self.languages]
        for place, word in enumerate(self.words.plain):
            for lexicon in lexicons:
                for symbol in lexicon.symbols(word):
                    self.spans.setdefault(symbol, []).append((place, place + 1))

    def _find_phrases(self, level: dict[int, list[Sequence | Gathering]]) -> None:
        grown: dict[int, set[Span]] = {}
        for symbol in self.spans.keys() & level.keys():
            for sequence in level[symbol]:
                if all(map(self.spans.__contains__, sequence.items)):
                    fits = self._gathered(sequence) if isinstance(sequence, Gathering) else self._fits_of(sequence)
                    grown.setdefault(sequence.target, set()).update(fits)
        for target, found in grown.items():
            if found:
                self.spans[target] = sorted(found.union(self.spans.get(target, ())))

    def _fits_of(self, sequence: Sequence) -> Iterator[Span]:
        for begin, first_end in self.spans[sequence.items[0]]:
            ends = {first_end}
            for symbol, gap in zip(sequence.items[1:], sequence.gaps[1:], strict=True):
                ends = {after for end in ends for after in self._ends_after(symbol, end, gap)}
            if ends:
                yield begin, min(ends)

    def _gathered(self, gathering: Gathering) -> Iterator[Span]:
        rarest = min(gathering.items, key=lambda symbol: len(self.spans[symbol]))
        for anchor in self.spans[rarest][:OFTEN_ENOUGH]:
            taken = [anchor]
            missing = [symbol for symbol in gathering.items if symbol != rarest]
            while missing:
                found = self._next_joining(missing, taken, gathering.room)
                if found is None:
                    break
                missing.remove(found[0])
                taken.append(found[1])
            else:
                yield min(taken)[0], max(end for _, end in taken)

    def _next_joining(self, missing: list[int], taken: list[Span], room: int) -> tuple[int, Span] | None:
        for symbol in missing:
            for span in _around(self.spans[symbol], taken[0]):
                if self._joins(span, taken, room):
                    return symbol, span
        return None

    def _joins(self, span: Span, taken: list[Span], room: int) -> bool:
        """Tell whether a span stands apart from those taken, in their sentence, close enough to one of them."""
        if self.words.sentence[span[0]] != self.words.sentence[taken[0][0]]:
            return False
        apart = all(span[1] <= other[0] or other[1] <= span[0] for other in taken)
        return apart and any(_distance(span, other) <= room for other in taken)

    def _ends_after(self, symbol: int, end: int, gap: int) -> Iterator[int]:
        """Yield where this symbol ends when it begins at most `gap` words after word `end`, in the same sentence."""
        spans, sentence = self.spans[symbol], self.words.sentence
        for place in range(bisect_left(spans, (end, 0)), len(spans)):
            begin, after = spans[place]
            if begin > end + gap or sentence[begin] != sentence[end - 1]:
                return
            yield after

    def rules_that_may_fit(self) -> list[list[tuple[SymbolLine, SymbolRule]]]:
        """Return the lines of which all groups occur somewhere, together per rule, most urgent rule first."""
        per_rule: dict[int, list[tuple[SymbolLine, SymbolRule]]] = {}
        for symbol in self.spans.keys() & self.rules.lines.keys():
            for line, ready in self.rules.lines[symbol]:
                if line.present <= self.spans.keys():
                    per_rule.setdefault(ready.order, []).append((line, ready))
        return [sorted(per_rule[order], key=lambda pair: pair[0].place) for order in sorted(per_rule)]

    def first_fit(self, lines: list[tuple[SymbolLine, SymbolRule]]) -> Fit | None:
        """Return the words on which one of these lines of a rule fits and nothing takes the danger out, else None."""
        for line, ready in lines:
            guards = [guard for guard in self._guards if guard.name not in ready.rule.even]
            for fit in self._fits(line, [guard for guard in guards if guard.before]):
                if not self._taken_out(fit, guards, ready):
                    return fit
        return None

    @cached_property
    def _guards(self) -> list[SymbolGuard]:
        return [g for g in self.rules.guards if any(line.present <= self.spans.keys() for line in g.when)]

    def _taken_out(self, fit: Fit, guards: list[SymbolGuard], ready: SymbolRule) -> bool:
        return any(self._covers(guard, fit) for guard in guards if not guard.before) or any(
            line.room == "message" or self._near(other, fit) for line in ready.unless for other in self._fits(line, [])
        )

    def _covers(self, guard: SymbolGuard, fit: Fit) -> bool:
        found = (other for line in guard.when for other in self._fits(line, []))
        return any(guard.covers == "message" or self._near(other, fit) for other in found)

    def _near(self, other: Fit, fit: Fit) -> bool:
        """Tell whether two fits share a sentence and are no further apart than people keep a thought."""
        where = self.words.sentence
        shared = {where[begin] for begin, _ in other} & {where[begin] for begin, _ in fit}
        return bool(shared) and any(_distance(a, b) <= LONGEST_SENTENCE for a in other for b in fit)

    def _fits(self, line: SymbolLine, denials: list[SymbolGuard]) -> Iterator[Fit]:
        if not line.present <= self.spans.keys():
            return
        spans = {symbol: self._not_denied(self.spans[symbol], denials) for symbol in line.needs}
        rarest = min(line.needs, key=lambda symbol: len(spans[symbol]))
        for anchor in spans[rarest][:OFTEN_ENOUGH]:
            others = [self._nearest(spans[each], anchor, line) for each in line.needs if each != rarest]
            without = (self._nearest(self.spans.get(symbol, []), anchor, line) for symbol in line.without)
            fit = [anchor, *(other for other in others if other)]
            if None not in others and not any(without) and not _same_phrase_twice(fit):
                yield tuple(sorted(fit))

    def _nearest(self, spans: list[Span], anchor: Span, line: SymbolLine) -> Span | None:
        """Return a span close to the anchor within the room of the line, if any: what follows goes before what precedes."""
        inside = [span for span in _around(spans, anchor) if self._same_room(span, anchor, line)]
        return min(inside, key=lambda span: _distance(span, anchor)) if inside else None

    def _same_room(self, span: Span, anchor: Span, line: SymbolLine) -> bool:
        if line.room == "clause":
            return self.words.clause[span[0]] == self.words.clause[anchor[0]]
        if line.room == "sentence" and self.words.sentence[span[0]] != self.words.sentence[anchor[0]]:
            return False
        return _distance(span, anchor) <= line.reach

    def _not_denied(self, spans: list[Span], denials: list[SymbolGuard]) -> list[Span]:
        denied = {
            (self.words.clause[fit[-1][0]], place)
            for guard in denials
            for line in guard.when
            for fit in self._fits(line, [])
            for place in range(fit[-1][1], fit[-1][1] + guard.before)
        }
        return [span for span in spans if (self.words.clause[span[0]], span[0]) not in denied] if denied else spans

    def quotes(self, fit: Fit) -> tuple[str, ...]:
        """Return the words of a fit as they were written, at most four pieces."""
        pieces = [" ".join(dict.fromkeys(self.words.raw[begin:end])) for begin, end in dict.fromkeys(fit)]
        return tuple(piece[:LONGEST_QUOTE] for piece in pieces[:QUOTED_WORDS])


def _around(spans: list[Span], anchor: Span) -> list[Span]:
    """Return the spans closest to the anchor, first those behind it, then those ahead, nearest first."""
    middle = bisect_left(spans, anchor)
    return spans[middle : middle + OFTEN_ENOUGH] + spans[max(middle - OFTEN_ENOUGH, 0) : middle][::-1]


def _same_phrase_twice(fit: list[Span]) -> bool:
    """Tell whether one phrase stands for two needs: then it is one sign, not two. One word may be two: “kindervuur”."""
    phrases = [span for span in fit if span[1] - span[0] > 1]
    return len(set(phrases)) < len(phrases)


def _distance(one: Span, other: Span) -> int:
    return max(one[0] - other[1], other[0] - one[1], 0)
