from gemeente.kernel.apps import CapabilityConfig


class PortalConfig(CapabilityConfig):
    name = "gemeente.portal"
    label = "portal"
    default = True
