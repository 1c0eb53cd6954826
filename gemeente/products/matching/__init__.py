"""Says which products a message is about, by rules one can read. No database, no web.

A message is read (`reading`), its words become terms (`words`, `vocabulary`, `lexicon`), the terms are weighed against the
phrases of the catalogue (`index`, `matcher`). The catalogue and the small word files lie in `products/data`.
"""

from gemeente.products.matching.catalogue import CatalogueError, CatalogueRow, load_catalogue
from gemeente.products.matching.matcher import ProductMatch, ProductMatcher

__all__ = ["CatalogueError", "CatalogueRow", "ProductMatch", "ProductMatcher", "load_catalogue"]
