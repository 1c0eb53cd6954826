from gemeente.kernel.apps import CapabilityConfig


class ResidentsConfig(CapabilityConfig):
    name = "gemeente.residents"
    label = "residents"
    default = True
