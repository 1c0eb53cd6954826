from gemeente.kernel.apps import CapabilityConfig


class ContactConfig(CapabilityConfig):
    name = "gemeente.contact"
    label = "contact"
    default = True
