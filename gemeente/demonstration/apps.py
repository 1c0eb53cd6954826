from gemeente.kernel.apps import CapabilityConfig


class DemonstrationConfig(CapabilityConfig):
    name = "gemeente.demonstration"
    label = "demonstration"
    default = True
