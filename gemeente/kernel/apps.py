from importlib import import_module
from importlib.util import find_spec

from django.apps import AppConfig


class CapabilityConfig(AppConfig):
    """A capability's Django app: importing its subscribers is what switches them on."""

    default = False

    def ready(self) -> None:
        if find_spec(f"{self.name}.subscribers"):
            import_module(f"{self.name}.subscribers")


class KernelConfig(CapabilityConfig):
    name = "gemeente.kernel"
    label = "kernel"
    default = True
