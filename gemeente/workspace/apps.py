from gemeente.kernel.apps import CapabilityConfig


class WorkspaceConfig(CapabilityConfig):
    name = "gemeente.workspace"
    label = "workspace"
    default = True
