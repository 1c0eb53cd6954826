"""The whole command, as somebody types it."""

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest

from gemeente.bench.measurements import ALL, DEEDS
from gemeente.bench.servers import GEMEENTE

KEYS = {"name", "per_second", "p50_ms", "p99_ms", "sql_statements", "raw_per_second", "ratio_to_raw", "rss_mb"}


class _Run:
    def __init__(self, folder: Path) -> None:
        self.folder, self.file = folder, folder / "figures.json"
        self.done = subprocess.run(
            [GEMEENTE, "bench", "--small", "--json", str(self.file)],
            env=os.environ | {"GEMEENTE_DATA": str(folder)},
            capture_output=True,
            text=True,
            check=False,
        )

    @property
    def figures(self) -> list[dict[str, Any]]:
        return [one for one in json.loads(self.file.read_text()) if one["name"] != "live"]

    @property
    def live(self) -> dict[str, Any]:
        (found,) = (one for one in json.loads(self.file.read_text()) if one["name"] == "live")
        return dict(found)


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> _Run:
    run = _Run(tmp_path_factory.mktemp("bench"))
    assert run.done.returncode == 0, run.done.stdout + run.done.stderr
    return run


def test_it_writes_one_object_for_each_measurement(run: _Run) -> None:
    assert [one["name"] for one in run.figures] == [*(one.name for one in ALL), *(one.name for one in DEEDS)]
    assert all(set(one) == KEYS for one in run.figures)


def test_every_figure_was_measured(run: _Run) -> None:
    for one in run.figures:
        assert all(one[key] > 0 for key in KEYS - {"name"}), one
        assert one["p99_ms"] >= one["p50_ms"]
        assert one["ratio_to_raw"] == pytest.approx(one["per_second"] / one["raw_per_second"], rel=0.01)


def test_it_measures_from_a_change_to_the_open_screens(run: _Run) -> None:
    assert run.live["browsers"] == 30
    assert 0 < run.live["p50_ms"] <= run.live["p99_ms"]
    assert "Van wijziging tot scherm, 30 schermen open" in run.done.stdout


def test_home_and_queue_need_at_most_eight_statements(run: _Run) -> None:
    assert all(one["sql_statements"] <= 8 for one in run.figures if one["name"] in {"home", "queue"})


def test_it_shows_how_far_it_is_and_a_table(run: _Run) -> None:
    for words in ("2400 inwoners en 25000 contactmomenten maken", "100%", "Meten: intake", "t.o.v. kaal", "De worker"):
        assert words in run.done.stdout


def test_nothing_of_it_is_left_running(run: _Run) -> None:
    listed = subprocess.run(["ps", "-eo", "args"], capture_output=True, text=True, check=True).stdout
    assert str(run.folder) not in listed


def test_the_database_of_the_product_is_left_alone(run: _Run) -> None:
    assert [path.name for path in run.folder.iterdir()] == ["bench", "figures.json"] or not (
        run.folder / "postgres"
    ).exists()
