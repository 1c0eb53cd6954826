from gemeente.kernel.apps import CapabilityConfig


class ChannelsConfig(CapabilityConfig):
    name = "gemeente.channels"
    label = "channels"
    default = True
