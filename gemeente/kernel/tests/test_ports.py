from typing import Any, Protocol

import pytest

from gemeente.kernel.errors import PortNotConfigured
from gemeente.kernel.ports import port


class Greeter(Protocol):
    def greet(self) -> str: ...


class Polite:
    def __init__(self, name: str) -> None:
        self.name = name

    def greet(self) -> str:
        return f"Dag {self.name}"


def test_settings_name_the_adapter_and_its_options(settings: Any) -> None:
    chosen = {"ADAPTER": f"{__name__}.Polite", "OPTIONS": {"name": "Hiltje"}}
    settings.PORTS = {f"{__name__}.Greeter": chosen}
    assert port(Greeter).greet() == "Dag Hiltje"


def test_a_port_without_adapter_says_which(settings: Any) -> None:
    settings.PORTS = {}
    with pytest.raises(PortNotConfigured, match="Greeter"):
        port(Greeter)
