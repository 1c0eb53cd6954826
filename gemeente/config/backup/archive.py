"""The file of a backup: a tar with the database as PostgreSQL dumps it, each stored file, and a manifest that checks them all."""

import hashlib
import io
import tarfile
from collections.abc import Iterator
from typing import IO, Protocol

import msgspec

MANIFEST, DATABASE, FILES, OWN = "manifest.json", "database.dump", "files/", "own/"
_PIECE = 1_048_576


class Broken(Exception):
    """A backup that cannot be trusted, with the reason in plain words."""


class Manifest(msgspec.Struct, frozen=True):
    """What a backup holds: when it was made (ISO 8601), the rows of each table, and the SHA-256 of each member."""

    made_at: str
    tables: dict[str, int]
    members: dict[str, str]


class Readable(Protocol):
    """Whatever bytes can be read from."""

    def read(self, size: int = ..., /) -> bytes: ...


class Writer:
    """Writes members one after another, and the manifest last."""

    def __init__(self, target: IO[bytes]) -> None:
        self._tar = tarfile.open(fileobj=target, mode="w|", format=tarfile.PAX_FORMAT)  # noqa: SIM115  # closed by `close`
        self._members: dict[str, str] = {}

    def add(self, name: str, content: Readable, size: int) -> None:
        """Add a member of `size` bytes."""
        summed = _Summed(content)
        self._tar.addfile(_member(name, size), summed)
        self._members[name] = summed.sha256

    def close(self, made_at: str, tables: dict[str, int]) -> None:
        """Write the manifest, and end the tar."""
        content = msgspec.json.encode(Manifest(made_at, tables, self._members))
        self._tar.addfile(_member(MANIFEST, len(content)), io.BytesIO(content))
        self._tar.close()


class _Summed(io.RawIOBase):
    """Passes bytes on, and knows their sum."""

    def __init__(self, content: Readable) -> None:
        self._content, self._sum = content, hashlib.sha256()

    @property
    def sha256(self) -> str:
        return self._sum.hexdigest()

    def read(self, size: int = -1) -> bytes:
        piece = self._content.read(size)
        self._sum.update(piece)
        return piece


def _member(name: str, size: int) -> tarfile.TarInfo:
    member = tarfile.TarInfo(name)
    member.size, member.mode = size, 0o600
    return member


def checked(source: IO[bytes]) -> Manifest:
    """Return the manifest, after each member was read and found whole. Raises Broken."""
    sums: dict[str, str] = {}
    manifest = None
    try:
        for name, content in members(source):
            if name == MANIFEST:
                manifest = msgspec.json.decode(content.read(), type=Manifest)
            else:
                sums[name] = _sum(content)
    except (tarfile.TarError, EOFError, msgspec.MsgspecError) as error:
        raise Broken("Dit is geen hele kopie. Misschien is het bestand afgebroken.") from error
    if manifest is None or sums != manifest.members:
        raise Broken("De kopie klopt niet met zichzelf. Er ontbreekt iets, of er is iets veranderd.")
    return manifest


def _sum(content: IO[bytes]) -> str:
    total = hashlib.sha256()
    while piece := content.read(_PIECE):
        total.update(piece)
    return total.hexdigest()


def members(source: IO[bytes]) -> Iterator[tuple[str, IO[bytes]]]:
    """Yield each member of a tar, by name, with its content."""
    source.seek(0)
    with tarfile.open(fileobj=source, mode="r:") as tar:
        for member in tar:
            content = tar.extractfile(member)
            if content is None:
                raise Broken("In de kopie zit iets anders dan bestanden.")
            yield member.name, content
