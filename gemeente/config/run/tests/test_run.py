import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import psycopg
import pytest

from gemeente.config.run.embedded_postgres import EmbeddedPostgres
from gemeente.config.run.processes import is_dead
from gemeente.config.run.tests.waiting import wait_for

_SCRIPT = Path(__file__).with_name("small_programme.py")
_UNSET = {"DATABASE_URL", "DATABASE_URL_FILE", "GEMEENTE_MODE", "PORT"}
_PROJECT = Path(__file__).parents[4]


class _Product:
    """One folder of data, and the runs on it."""

    def __init__(self, folder: Path) -> None:
        self.data = folder / "data"
        self._folder = folder
        self._runs: list[subprocess.Popen[bytes]] = []
        self.environ = {name: value for name, value in os.environ.items() if name not in _UNSET}
        self.environ |= {
            "GEMEENTE_DATA": str(self.data),
            "JOURNAL": str(folder / "journal"),
            "PYTHONPATH": str(_PROJECT),
        }

    def run(self, prepare: str = "well") -> subprocess.Popen[bytes]:
        with (self._folder / "output").open("ab") as output:
            command = [sys.executable, str(_SCRIPT), prepare]
            process = subprocess.Popen(command, stdout=output, stderr=output, env=self.environ)
        self._runs.append(process)
        return process

    def run_until_ready(self) -> subprocess.Popen[bytes]:
        process = self.run()
        wait_for(lambda: "Stoppen: Ctrl-C" in self.output() or process.poll() is not None)
        assert process.poll() is None, self.output()
        wait_for(lambda: self.journal().count("helper") == 2)
        return process

    def output(self) -> str:
        return (self._folder / "output").read_text()

    def journal(self) -> str:
        path = self._folder / "journal"
        return path.read_text() if path.exists() else ""

    def forget(self) -> None:
        (self._folder / "journal").unlink()
        (self._folder / "output").unlink()

    def numbers(self, name: str) -> list[int]:
        return [int(number) for number in re.findall(rf"^{name} (\d+)$", self.journal(), re.MULTILINE)]

    def process(self, name: str) -> psutil.Process:
        return psutil.Process(self.numbers(name)[-1])

    def close(self) -> None:
        for process in self._runs:
            process.terminate()
            process.wait(60)
        EmbeddedPostgres(self.data).stop()


@pytest.fixture
def product(tmp_path: Path) -> Iterator[_Product]:
    product = _Product(tmp_path)
    yield product
    product.close()


def test_it_starts_tells_its_address_and_stops_in_reverse_order(product: _Product) -> None:
    process = product.run_until_ready()
    processes = [product.process(name) for name in ("first", "first helper", "second", "second helper")]
    assert re.search(r"Database starten … klaar \(\d+,\d s\)", product.output())
    assert re.search(r"http://127\.0\.0\.1:\d+/inloggen/", product.output())
    process.send_signal(signal.SIGTERM)
    assert process.wait(30) == 0
    assert re.findall(r"(\w+) end", product.journal()) == ["first", "second"]
    assert all(is_dead(each) for each in processes)
    assert not EmbeddedPostgres(product.data).is_running()
    assert "Traceback" not in product.output()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGHUP])
def test_a_signal_during_the_start_stops_all_without_a_traceback(product: _Product, number: int) -> None:
    process = product.run()
    wait_for(lambda: "Database starten" in product.output())
    process.send_signal(number)
    assert process.wait(30) == 0
    assert not EmbeddedPostgres(product.data).is_running()
    assert "Traceback" not in product.output()


def test_a_second_run_says_that_it_runs_already_and_where(product: _Product) -> None:
    first = product.run_until_ready()
    address = re.findall(r"draait: (\S+)", product.output())[0]
    second = product.run()
    assert second.wait(10) == 1
    said = product.output().split("Het lukt niet.")[1]
    assert "Eén Gemeente draait al" in said
    assert address in said
    assert f"(proces {first.pid})" in said


def test_children_of_a_killed_supervisor_end_and_the_next_run_cleans_up(product: _Product) -> None:
    process = product.run_until_ready()
    first, helper = product.process("first"), product.process("second helper")
    process.kill()
    process.wait()
    wait_for(lambda: is_dead(first))
    assert not is_dead(helper)
    product.forget()
    product.run_until_ready()
    assert is_dead(helper)


def test_it_survives_the_death_of_its_database_and_of_a_child(product: _Product) -> None:
    product.run_until_ready()
    first = product.process("first")
    postmaster = int((product.data / "postgres/cluster/postmaster.pid").read_text().splitlines()[0])
    os.kill(postmaster, signal.SIGKILL)
    first.kill()
    wait_for(lambda: len(product.numbers("first")) == 2)
    wait_for(lambda: "database" in product.output() and EmbeddedPostgres(product.data).is_running())
    with psycopg.connect(EmbeddedPostgres(product.data).start()) as connection:
        connection.execute("SELECT 1")


def test_a_failed_preparation_ends_the_run_with_its_reason_and_nothing_left(product: _Product) -> None:
    assert product.run("badly").wait(30) == 1
    assert "De gegevens klaarzetten is mislukt (code 1)" in product.output()
    assert not EmbeddedPostgres(product.data).is_running()


def test_a_chosen_port_that_is_taken_ends_the_run_before_anything_starts(product: _Product) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        product.environ["PORT"] = str(taken.getsockname()[1])
        assert product.run().wait(10) == 1
    assert f"Poort {product.environ['PORT']} is niet vrij" in product.output()
    assert not (product.data / "postgres").exists()


def test_on_an_own_database_there_is_no_demonstration_by_itself(product: _Product, tmp_path: Path) -> None:
    own = EmbeddedPostgres(tmp_path / "own", durable=False)
    try:
        address = tmp_path / "address"
        address.write_text(own.start())
        product.environ["DATABASE_URL_FILE"] = str(address)
        process = product.run()
        wait_for(lambda: "Stoppen: Ctrl-C" in product.output())
        process.terminate()
        assert process.wait(30) == 0
        assert own.is_running()
    finally:
        own.stop()
    assert "inloggen" not in product.output()
    assert "second" not in product.journal()
    assert not (product.data / "postgres").exists()
