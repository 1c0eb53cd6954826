from gemeente.kernel.apps import CapabilityConfig


class ProductsConfig(CapabilityConfig):
    name = "gemeente.products"
    label = "products"
    default = True
