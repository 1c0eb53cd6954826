"""Before a message leaves: what did this resident hear from us already today? (R29)"""

from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext_noop

from gemeente.access.http import actor_of
from gemeente.audit.commands import log_look
from gemeente.channels.types import Channel
from gemeente.contact.queries.one_voice import Heard, heard_lately
from gemeente.contact.queries.workspace import Conversation
from gemeente.kernel.errors import DomainError
from gemeente.workspace.purpose import purpose_for_work

# What was said at a desk or on the phone was said: showing another message afterwards helps nobody.
SPOKEN = (Channel.PHONE, Channel.DESK)


class HeardBefore(DomainError):
    """Another message went to this resident; the sender sees it first, and chooses."""

    code = "eerder-bericht"
    status = 409

    def __init__(self, heard: list[Heard]) -> None:
        super().__init__(gettext_noop("Deze inwoner kreeg net al een bericht. Kijk eerst."))
        self.heard = heard


def require_seen(
    request: HttpRequest, found: Conversation, text: str, *, via: str = "", version: int | None = None
) -> UUID | None:
    """Return the message that the sender saw before they chose "Toch versturen"; None when there is nothing to see.

    Raises HeardBefore when there is another message that they did not see yet; showing its words is logged. Who wrote on an
    older `version` of the question is told of that by the deed itself; a click twice is such a one.
    """
    if via in SPOKEN or not text.strip() or version not in (None, found.version):
        return None
    heard = heard_lately(actor_of(request), question=found.tile.id, text=text)
    if not heard:
        return None
    if request.POST.get("seen_message") == str(heard[0].moment):
        return heard[0].moment
    for question in {one.question for one in heard if one.text} - {found.tile.id}:
        log_look(
            actor=actor_of(request),
            action="open_question",
            purpose=purpose_for_work(request),
            subject=found.party,
            object_id=question,
            what=(gettext_noop("Uw vraag"),),
        )
    raise HeardBefore(heard)
