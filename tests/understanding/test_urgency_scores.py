"""How well urgency is understood in messages that nobody tuned on. The floors hold for the whole set, all languages."""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from gemeente.contact.urgency import Urgency, UrgencyRules, load_rules
from gemeente.language.detect import detect_language

DATA = Path(__file__).parent / "data"
NOW_FOUND = 0.70
FALSE_NOW = 0.03
TODAY_FOUND = 0.70
UNCHANGED = 0.98

PUNCTUATION = re.compile(r"[.,;:!?…()“”\"]")


@dataclass(frozen=True)
class Judged:
    """A message with the level it should have, and the one it got."""

    text: str
    language: str
    right: Urgency
    given: Urgency


@pytest.fixture(scope="module")
def rules() -> UrgencyRules:
    return load_rules()


def judged(rules: UrgencyRules, file: str) -> Iterator[Judged]:
    for line in (DATA / file).read_text(encoding="utf-8").splitlines():
        message = json.loads(line)
        language = detect_language(message["text"])
        given = rules.assess(message["text"], language).urgency
        yield Judged(message["text"], language, Urgency(message["urgency"]), given)


@pytest.fixture(scope="module")
def report(rules: UrgencyRules) -> list[Judged]:
    return list(judged(rules, "urgency-report.jsonl"))


def share(messages: list[Judged], holds: Callable[[Judged], bool]) -> float:
    return sum(map(holds, messages)) / len(messages)


def test_danger_is_found(report: list[Judged]) -> None:
    danger = [message for message in report if message.right == Urgency.NOW]
    assert share(danger, lambda message: message.given == Urgency.NOW) >= NOW_FOUND


def test_danger_is_seldom_cried_for_nothing(report: list[Judged]) -> None:
    others = [message for message in report if message.right != Urgency.NOW]
    assert share(others, lambda message: message.given == Urgency.NOW) <= FALSE_NOW


def test_what_must_be_done_today_is_found(report: list[Judged]) -> None:
    today = [message for message in report if message.right == Urgency.TODAY]
    assert share(today, lambda message: message.given != Urgency.NORMAL) >= TODAY_FOUND


def test_ordinary_questions_do_not_cry_danger(rules: UrgencyRules) -> None:
    others = [message for message in judged(rules, "products-report.jsonl") if message.right != Urgency.NOW]
    assert share(others, lambda message: message.given == Urgency.NOW) <= FALSE_NOW


@pytest.mark.parametrize(
    "rewrite",
    [
        str.upper,
        lambda text: PUNCTUATION.sub("", text),
        lambda text: f"Geachte heer/mevrouw,\n\n{text}\n\nMet vriendelijke groet,\nJ. de Vries",
    ],
    ids=["capitals", "no punctuation", "greeting and signature"],
)
def test_the_way_of_writing_changes_nothing(
    rules: UrgencyRules, report: list[Judged], rewrite: Callable[[str], str]
) -> None:
    same = share(report, lambda message: rules.assess(rewrite(message.text), message.language).urgency == message.given)
    assert same >= UNCHANGED
