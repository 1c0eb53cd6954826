"""What a resident can do now: at most three things, on top of the home page (R2, R3)."""

from dataclasses import dataclass

from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from gemeente.contact.types import QuestionTile
from gemeente.contact.words import own

AT_MOST = 3


@dataclass(frozen=True)
class Action:
    """One thing to do: what exactly, why, and where."""

    icon: str
    title: str
    why: str
    url: str


def actions_for(tiles: list[QuestionTile], unread: int) -> list[Action]:
    """Return what waits for the resident, most pressing first: what we need from them, then unread messages."""
    found = [
        Action(
            "up",
            own(tile.needs),
            format_html(_("Voor uw vraag: {title}"), title=own(tile.title)),
            f"/vragen/{tile.number}/#reactie",
        )
        for tile in tiles
        if tile.needs
    ]
    if unread:
        title = ngettext("Lees %(count)d nieuw bericht", "Lees %(count)d nieuwe berichten", unread) % {"count": unread}
        found.append(Action("chat", title, _("Van de gemeente aan u."), "/berichten/"))
    return found[:AT_MOST]
