"""`gemeente understand`: one line out for each good line in, in order; a bad one is named and stops no other."""

import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gemeente.access.queries import teams
from gemeente.config import understand
from gemeente.products.queries import catalogue

pytestmark = pytest.mark.django_db
DANGER = "Help, ik ruik gas in huis en het wordt steeds erger"


def run(file: Path, capsys: pytest.CaptureFixture[str], *lines: object) -> tuple[int, list[dict[str, Any]], str]:
    """Write the lines, and return the exit code, what came out, and what went to the error output."""
    raw = [line if isinstance(line, bytes) else json.dumps(line).encode() for line in lines]
    file.write_bytes(b"\n".join(raw))
    code = understand.main([str(file)])
    said = capsys.readouterr()
    return code, [json.loads(line) for line in said.out.splitlines()], said.err


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "berichten.jsonl"


def test_it_says_what_we_understood_and_why(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, (found,), said = run(file, capsys, {"id": "a1", "text": DANGER})
    assert (code, said) == (0, "")
    assert set(found) == {"id", "language", "urgency", "reason", "upl", "department", "team"}
    assert (found["id"], found["language"], found["urgency"]) == ("a1", "nl", "nu")
    assert found["reason"]
    assert teams()[found["team"]].department == found["department"]
    assert set(found["upl"]) <= set(catalogue())


@pytest.mark.parametrize("text", ["", "???", "x" * 100_000, "Wie kan mij helpen", "ሰላም", "nul\x00teken"])
def test_whatever_somebody_writes_gets_a_team_and_at_most_three_products(
    file: Path, capsys: pytest.CaptureFixture[str], text: str
) -> None:
    _, (found,), _ = run(file, capsys, {"id": 1, "text": text})
    assert found["team"] in teams()
    assert 1 <= len(found["upl"]) <= 3


def test_lines_come_out_in_the_order_in_which_they_went_in(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ids = [3, "b", 1, "a", 2]
    _, found, _ = run(file, capsys, *({"id": key, "text": "De stoep ligt los"} for key in ids))
    assert [line["id"] for line in found] == ids


@pytest.mark.parametrize(
    "bad",
    [
        b"geen json",
        b"\xff\xfe",
        b'{"id": 1, "text": "\xff"}',
        b'{"id": 1}',
        b'{"text": "x"}',
        b'{"id": 1, "text": null}',
        b'{"id": [], "text": "x"}',
        b"[]",
        b'{"id": 1, "text": "x", "y": ' + b"[" * 50_000,
        b'{"id": 1, "text": "\\ud800"}',
    ],
)
def test_a_bad_line_is_named_and_the_others_still_come(
    file: Path, capsys: pytest.CaptureFixture[str], bad: bytes
) -> None:
    good = {"text": "De stoep ligt los"}
    code, found, said = run(file, capsys, {"id": 1} | good, b"", bad, {"id": 2} | good, b"  ")
    assert code == 1
    assert [line["id"] for line in found] == [1, 2]
    assert said.startswith("regel 3: ")
    assert said.count("\n") == 1


def test_nothing_in_is_nothing_out(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(file, capsys, b"", b" ") == (0, [], "")


def test_a_file_that_is_not_there_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert understand.main([str(tmp_path / "weg.jsonl")]) == 1
    assert "weg.jsonl" in capsys.readouterr().err


def test_it_reads_the_standard_input(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b'{"id": 1, "text": "De stoep ligt los"}')))
    assert understand.main(["-"]) == 0
    assert json.loads(capsys.readouterr().out)["id"] == 1


@given(st.lists(st.text(max_size=200), max_size=5))
@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_each_message_gives_one_line(file: Path, capsys: pytest.CaptureFixture[str], texts: list[str]) -> None:
    texts = [text.encode("utf-8", "ignore").decode() for text in texts]
    code, found, _ = run(file, capsys, *({"id": nth, "text": text} for nth, text in enumerate(texts)))
    assert (code, len(found)) == (0, len(texts))
