"""Hot SQL, each statement in a file with its name and a sentence that says what it serves."""

from functools import cache
from importlib.resources import files


@cache
def statement(package: str, name: str) -> str:
    """Return the text of `name`.sql in a capability's `sql` folder."""
    return (files(package) / f"{name}.sql").read_text(encoding="utf-8")
