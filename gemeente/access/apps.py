from gemeente.kernel.apps import CapabilityConfig


class AccessConfig(CapabilityConfig):
    name = "gemeente.access"
    label = "access"
    default = True
