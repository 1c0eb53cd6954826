import os
import secrets
from collections.abc import Mapping
from pathlib import Path

from gemeente.config.run.errors import StartError


def data_folder(environ: Mapping[str, str]) -> Path:
    """The folder that holds everything this copy remembers; made when missing, open to its owner only.

    GEMEENTE_DATA names it. Without that it is `data` in the project (the folder with pyproject.toml), else in the
    current folder. The path is absolute and without symbolic links, so that it can be compared with command lines.
    """
    named = environ.get("GEMEENTE_DATA")
    folder = Path(named).resolve() if named else _project_folder() / "data"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder.resolve()


def _project_folder() -> Path:
    for folder in Path(__file__).resolve().parents:
        if (folder / "pyproject.toml").is_file():
            return folder
    return Path.cwd()


def write_private(path: Path, text: str) -> None:
    """Replace the file at once, readable for its owner only; after a crash it holds the old or the new text."""
    draft = path.with_name(path.name + ".new")
    draft.unlink(missing_ok=True)
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Make renames in this folder survive a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def kept_secret(path: Path) -> str:
    """The secret in this file (64 URL-safe characters); made on first use, the same ever after."""
    if not path.exists():
        write_private(path, secrets.token_urlsafe(48))
    return path.read_text()


def given_secret(environ: Mapping[str, str], name: str) -> str | None:
    """The secret that the administrator gave as NAME, or in the file that NAME_FILE names; None when he gave none.

    Raises StartError, with the name of the setting, when that file cannot be read.
    """
    if value := environ.get(name):
        return value
    if not (file := environ.get(f"{name}_FILE")):
        return None
    try:
        return Path(file).read_text(encoding="utf-8").strip()
    except OSError as error:
        raise StartError(f"{name}_FILE wijst naar een bestand dat niet te lezen is: {file}") from error
