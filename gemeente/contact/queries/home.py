"""What stands on the home page of MijnGroningen."""

from dataclasses import dataclass
from uuid import UUID

import msgspec
from django.db import connection

from gemeente.contact.queries.tiles import TileRow, tile_of
from gemeente.contact.types import MessageLine, QuestionTile
from gemeente.kernel.sql import statement

TILES = 5
LINES = 3

_tiles = msgspec.json.Decoder(list[TileRow])
_lines = msgspec.json.Decoder(list[MessageLine])


@dataclass(frozen=True, kw_only=True)
class Home:
    """The running questions, what waits for the resident first; the last messages; and how many are unread."""

    tiles: list[QuestionTile]
    lines: list[MessageLine]
    unread: int


def home_of(party: UUID) -> Home:
    """Return what a resident sees at one glance. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(statement("gemeente.contact.sql", "home"), {"party": party, "tiles": TILES, "lines": LINES})
        unread, tiles, lines = cursor.fetchone()
    return Home(tiles=[tile_of(row) for row in _tiles.decode(tiles)], lines=_lines.decode(lines), unread=unread)
