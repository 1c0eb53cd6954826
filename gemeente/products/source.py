"""Where the catalogue comes from: the files that ship with it, or the municipality's own."""

from pathlib import Path

SHIPPED = Path(__file__).parent / "data"


def catalogue_files(own: Path) -> list[Path]:
    """Return the catalogue files: those named catalogue*.tsv in the municipality's rules folder, else the shipped ones."""
    return sorted(own.glob("catalogue*.tsv")) or sorted(SHIPPED.glob("catalogue*.tsv"))
