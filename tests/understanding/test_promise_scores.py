"""How well promises are found in made-up drafts; tuned on promises-tune.jsonl, measured on drafts the rules never saw."""

import json
from dataclasses import dataclass
from pathlib import Path

import pytest

from gemeente.contact.promises import Promise, find_promises, local

DATA = Path(__file__).with_name("data")
Draft = dict[str, object]


@dataclass
class Score:
    """Counts over drafts; `dated` are the promises found with their exact date."""

    drafts: int = 0
    promised: int = 0
    found: int = 0
    matched: int = 0
    dated: int = 0
    acts: int = 0

    @property
    def recall_dated(self) -> float:
        return self.dated / self.promised

    @property
    def f1(self) -> float:
        return 2 * self.matched / (self.promised + self.found)

    @property
    def false_per_100(self) -> float:
        return 100 * (self.found - self.matched) / self.drafts


def overlaps(text: str, one: str, other: str) -> bool:
    """Tell whether two quotes share at least half of the longer one."""
    begin, start = text.find(one), text.find(other)
    shared = min(begin + len(one), start + len(other)) - max(begin, start)
    return 2 * shared >= max(len(one), len(other))


def measure(name: str, complain: list[str] | None = None) -> Score:
    """Return the score on a file of labelled drafts; what went wrong is added to `complain`."""
    score = Score()
    for line in (DATA / f"promises-{name}.jsonl").read_text(encoding="utf-8").splitlines():
        draft = json.loads(line)
        found = find_promises(draft["text"], written=local(draft["written_at"]))
        _add(score, draft, found, complain if complain is not None else [])
    return score


def _add(score: Score, draft: dict[str, object], found: list[Promise], complain: list[str]) -> None:
    text, promises = str(draft["text"]), draft["promises"]
    assert isinstance(promises, list)
    score.drafts += 1
    score.promised += len(promises)
    score.found += len(found)
    left = list(found)
    for promise in promises:
        match = next((each for each in left if overlaps(text, each.quote, promise["quote"])), None)
        if match is None:
            complain.append(f"{draft['id']} missed: {promise['quote']}")
            continue
        left.remove(match)
        due = match.due.isoformat() if match.due else None
        score.matched += 1
        score.dated += due == promise["due"]
        score.acts += match.action.value == promise["action"]
        if due != promise["due"]:
            complain.append(
                f"{draft['id']} date {due}, not {promise['due']}: {promise['quote']} ({draft['written_at']})"
            )
    complain.extend(f"{draft['id']} false: {each.quote}" for each in left)


@pytest.mark.parametrize("name", ["tune", "report", "fresh"])
def test_promises_are_found_with_their_date_and_little_else_is(name: str) -> None:
    complain: list[str] = []
    score = measure(name, complain)
    assert score.recall_dated >= 0.70, complain
    assert score.f1 >= 0.80, complain
    assert score.false_per_100 <= 8, complain


def test_the_latest_drafts_are_read_no_worse_than_when_new() -> None:
    score = measure("unseen")
    assert score.recall_dated >= 0.76
    assert score.f1 >= 0.87
    assert score.false_per_100 <= 5
