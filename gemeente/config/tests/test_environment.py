"""Settings come from the environment; what is missing or wrong stops the start, by its name."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from gemeente.config import environment

NAME = "GEMEENTE_PROEF"


def test_a_secret_stands_in_the_environment_or_in_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "secret"
    file.write_text(" uit het bestand\n")
    monkeypatch.setenv(f"{NAME}_FILE", str(file))
    assert environment.secret(NAME) == "uit het bestand"
    monkeypatch.setenv(NAME, "uit de omgeving")
    assert environment.secret(NAME) == "uit de omgeving"


def test_a_secret_that_is_nowhere_has_its_default_or_stops_the_start() -> None:
    assert environment.secret(NAME, "") == ""
    with pytest.raises(ImproperlyConfigured, match=NAME):
        environment.secret(NAME)


@pytest.mark.parametrize(
    ("read", "wrong"),
    [
        (lambda: environment.integer(NAME, 1), "acht"),
        (lambda: environment.integer(NAME, 1), "-1"),
        (lambda: environment.choice(NAME, "a", ("a", "b")), "c"),
    ],
)
def test_a_wrong_value_stops_the_start_with_its_name(
    monkeypatch: pytest.MonkeyPatch, read: Callable[[], Any], wrong: str
) -> None:
    monkeypatch.setenv(NAME, wrong)
    with pytest.raises(ImproperlyConfigured, match=NAME):
        read()


def test_what_is_not_set_has_its_default(monkeypatch: pytest.MonkeyPatch) -> None:
    assert environment.integer(NAME, 8000) == 8000
    monkeypatch.setenv(NAME, "")
    assert environment.integer(NAME, 8000) == 8000
    assert environment.choice("GEMEENTE_NIETS", "a", ("a", "b")) == "a"


@pytest.mark.parametrize("mode", ["", "Production", "test"])
def test_there_are_two_modes_and_no_other(monkeypatch: pytest.MonkeyPatch, mode: str) -> None:
    monkeypatch.setenv("GEMEENTE_MODE", mode)
    with pytest.raises(ImproperlyConfigured, match="GEMEENTE_MODE"):
        environment.mode()


class TestDatabase:
    def read(self, monkeypatch: pytest.MonkeyPatch, url: str) -> dict[str, Any]:
        monkeypatch.setenv("DATABASE_URL", url)
        return environment.database()

    def test_an_address_is_taken_apart(self, monkeypatch: pytest.MonkeyPatch) -> None:
        found = self.read(
            monkeypatch, "postgresql://jan%40huis:ge%2Fheim@db.example:5433/een%20gemeente?sslmode=require"
        )
        assert (found["USER"], found["PASSWORD"], found["HOST"], found["PORT"], found["NAME"]) == (
            "jan@huis",
            "ge/heim",
            "db.example",
            "5433",
            "een gemeente",
        )
        assert found["OPTIONS"]["sslmode"] == "require"

    def test_a_socket_is_an_address_too(self, monkeypatch: pytest.MonkeyPatch) -> None:
        assert self.read(monkeypatch, "postgres:///gemeente?host=/var/run/postgresql")["HOST"] == "/var/run/postgresql"

    @pytest.mark.parametrize("url", ["mysql://x/y", "gemeente", "https://db.example/"])
    def test_anything_else_stops_the_start_and_is_not_repeated(self, monkeypatch: pytest.MonkeyPatch, url: str) -> None:
        with pytest.raises(ImproperlyConfigured, match="postgresql://") as refused:
            self.read(monkeypatch, url)
        assert url not in str(refused.value)
