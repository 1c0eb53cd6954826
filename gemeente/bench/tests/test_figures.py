from dataclasses import replace

import pytest

from gemeente.bench.figures import Figures, LiveFigures, Outcome, Shortfall, shortfalls
from gemeente.bench.report import table
from gemeente.bench.request import Targets

ONE = Figures(
    name="home",
    per_second=100.0,
    p50_ms=20.0,
    p99_ms=40.0,
    sql_statements=8,
    raw_per_second=250.0,
    ratio_to_raw=0.4,
    rss_mb=150.0,
)
ALL_TARGETS = Targets(ratio_to_raw=0.4, sql_statements=8, p50_of_picture=3.0)


def test_what_just_reaches_its_targets_does_not_fall_short() -> None:
    assert shortfalls(ONE, ALL_TARGETS, picture_p50=7.0) == []


@pytest.mark.parametrize(
    ("worse", "words"),
    [
        (replace(ONE, ratio_to_raw=0.399), "van kaal"),
        (replace(ONE, sql_statements=9), "doet 9 opdrachten"),
        (replace(ONE, p50_ms=21.0), "duurt 3.0 keer"),
    ],
)
def test_each_target_that_is_missed_is_said(worse: Figures, words: str) -> None:
    (said,) = shortfalls(worse, ALL_TARGETS, picture_p50=7.0)
    assert words in said


def test_no_target_asks_nothing() -> None:
    assert shortfalls(replace(ONE, ratio_to_raw=0.01, sql_statements=99), Targets(), picture_p50=0.1) == []


def _outcome(**changed: object) -> Outcome:
    given = {
        "figures": [ONE],
        "shortfalls": [],
        "worker_mb": 120.0,
        "worker_messages": 7,
        "load_share": 0.1,
        "memory_use": ["  15 MB  Python"],
        "live": LiveFigures(name="live", browsers=300, changes=40, p50_ms=20.0, p99_ms=60.0),
    }
    return Outcome(**(given | changed))  # type: ignore[arg-type]


def test_the_table_shows_each_figure() -> None:
    lines = list(table(_outcome()))
    assert lines[1].split() == ["home", "100", "20.0", "40.0", "8", "250", "0.40", "150"]
    assert lines[2] == "Van wijziging tot scherm, 300 schermen open: p50 20.0 ms, p99 60.0 ms."
    assert "7 berichten" in lines[3]
    assert not any("Niet gehaald" in line for line in lines)


def test_a_screen_that_waits_too_long_is_said() -> None:
    slow = LiveFigures(name="live", browsers=300, changes=40, p50_ms=20.0, p99_ms=100.1)
    assert "Niet gehaald: live duurt 100 ms in 1 op de 100 keren; het doel is 100." in list(table(_outcome(live=slow)))


def test_a_shortfall_is_said_with_its_profile() -> None:
    lines = list(table(_outcome(shortfalls=[Shortfall("home", ["is traag"], [" 90.0%  django/template"])])))
    assert "Niet gehaald: home is traag." in lines
    assert lines[-1] == " 90.0%  django/template"


@pytest.mark.parametrize("changed", [{"worker_mb": 201.0}, {"figures": [replace(ONE, rss_mb=201.0)]}])
def test_too_much_memory_is_said_with_what_takes_it(changed: dict[str, object]) -> None:
    assert list(table(_outcome(**changed)))[-1] == "  15 MB  Python"


def test_a_load_that_was_the_brake_is_said() -> None:
    assert "Deze cijfers zijn te laag" in list(table(_outcome(load_share=0.9)))[-1]
