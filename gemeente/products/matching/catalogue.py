"""The catalogue files: tab-separated, one product a line, checked to the column."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from gemeente.products.matching.tables import TableError, read_table

COLUMNS = (
    "upl",
    "plain_name",
    "plain_name_en",
    "team",
    "norm_workdays",
    "audience",
    "phrases",
    "phrases_en",
    "channels",
    "physical_route",
)
CatalogueError = TableError


@dataclass(frozen=True)
class CatalogueRow:
    """One product as the catalogue files give it.

    A phrase of several words holds when its words stand near each other, in any order and inflection. `!` before a phrase
    makes it decisive alone; `-` says that the message is not about this product. `norm_workdays` counts working days, 1-60.
    """

    upl: str
    plain_name: str
    plain_name_en: str
    team: str
    norm_workdays: int
    audience: str
    phrases: tuple[str, ...]
    phrases_en: tuple[str, ...]
    channels: tuple[str, ...]
    physical_route: str


def load_catalogue(paths: Iterable[Path]) -> tuple[CatalogueRow, ...]:
    """Return the products of all files, in the order of the files.

    Raises CatalogueError with file, line and column for an unknown or missing column, an empty cell that must be filled,
    a norm outside 1-60 working days, or a product that occurs twice.
    """
    rows: dict[str, CatalogueRow] = {}
    for path in paths:
        for number, cells in read_table(path, COLUMNS):
            row = _row(path, number, cells)
            if row.upl in rows:
                raise CatalogueError(path, number, "upl", f"“{row.upl}” staat er al")
            rows[row.upl] = row
    return tuple(rows.values())


def _row(path: Path, number: int, cells: Mapping[str, str]) -> CatalogueRow:
    for column in COLUMNS:
        if not cells[column] and column != "phrases_en":
            raise CatalogueError(path, number, column, "is leeg")
    return CatalogueRow(
        upl=cells["upl"],
        plain_name=cells["plain_name"],
        plain_name_en=cells["plain_name_en"],
        team=cells["team"],
        norm_workdays=_norm(path, number, cells["norm_workdays"]),
        audience=cells["audience"],
        phrases=split_list(cells["phrases"]),
        phrases_en=split_list(cells["phrases_en"]),
        channels=split_list(cells["channels"].replace(",", ";")),
        physical_route=cells["physical_route"],
    )


def _norm(path: Path, number: int, cell: str) -> int:
    if not (cell.isascii() and cell.isdigit() and 1 <= int(cell) <= 60):
        raise CatalogueError(path, number, "norm_workdays", f"“{cell}” is geen aantal werkdagen van 1 tot 60")
    return int(cell)


def split_list(cell: str) -> tuple[str, ...]:
    """Return the parts of a cell that are separated by `;`, without the empty ones."""
    return tuple(part.strip() for part in cell.split(";") if part.strip())
