"""Tab-separated files with a header, read with errors that point at the spot."""

from collections.abc import Iterator, Sequence
from pathlib import Path


class TableError(ValueError):
    """A data file does not hold what it should; the message names file, line and column."""

    def __init__(self, path: Path, line: int, column: str, problem: str) -> None:
        super().__init__(f"{path.name}, regel {line}, kolom {column}: {problem}")
        self.path, self.line, self.column = path, line, column


def read_table(path: Path, columns: Sequence[str]) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield the line number and the cells of each filled line; lines that start with `#` are remarks.

    Raises TableError when the header or the number of cells differs from `columns`.
    """
    lines = path.read_text(encoding="utf-8-sig").split("\n")
    header = lines[0].rstrip("\r").split("\t")
    for at, column in enumerate(columns):
        if header[at : at + 1] != [column]:
            raise TableError(path, 1, column, f"hoort op plaats {at + 1} in de kop")
    for number, line in enumerate(lines[1:], start=2):
        if not line.strip() or line.startswith("#"):
            continue
        cells = [cell.strip() for cell in line.rstrip("\r").split("\t")]
        if len(cells) != len(columns):
            where = columns[min(len(cells), len(columns)) - 1]
            raise TableError(path, number, where, f"er zijn {len(cells)} cellen, het horen er {len(columns)} te zijn")
        yield number, dict(zip(columns, cells, strict=True))
