"""What stands on an employee's own page besides their queue."""

from dataclasses import dataclass
from datetime import datetime

import msgspec
from django.db import connection

from gemeente.access.types import Actor
from gemeente.contact.queries.choice import KeptFilter
from gemeente.kernel.sql import statement

UNREAD_AT_MOST = 20


@dataclass(frozen=True, kw_only=True)
class MentionLine:
    """A question to which somebody called this employee in, and that they did not open yet."""

    number: str
    title: str
    by_name: str
    at: datetime


_mentions = msgspec.json.Decoder(list[MentionLine])
_kept = msgspec.json.Decoder(list[KeptFilter])


def for_me(actor: Actor) -> tuple[list[MentionLine], list[KeptFilter]]:
    """Return to what this employee was called in, newest first, at most 20; and the choices that they kept. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(statement("gemeente.contact.sql", "for_me"), {"employee": actor.key, "limit": UNREAD_AT_MOST})
        mentions, kept = cursor.fetchone()
    return _mentions.decode(mentions), _kept.decode(kept)
