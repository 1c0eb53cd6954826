from gemeente.kernel.apps import CapabilityConfig


class AuditConfig(CapabilityConfig):
    name = "gemeente.audit"
    label = "audit"
    default = True
