"""How well the language is told of messages that nobody tuned on."""

import json
from pathlib import Path

import pytest

from gemeente.language.detect import detect_language

DATA = Path(__file__).parent / "data"
FLOOR = 0.97


@pytest.mark.parametrize("name", ["language-report.jsonl", "products-report.jsonl"])
def test_the_language_is_right(name: str) -> None:
    messages = [json.loads(line) for line in (DATA / name).read_text(encoding="utf-8").splitlines()]
    right = sum(detect_language(message["text"]) == message["language"] for message in messages)
    assert right / len(messages) >= FLOOR
