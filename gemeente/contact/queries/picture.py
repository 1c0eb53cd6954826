"""The whole picture of one resident, for one purpose, logged before it is shown (V10, V57)."""

from uuid import UUID

from django.db import connection
from django.utils.translation import gettext_noop

from gemeente.access.types import Actor, Right
from gemeente.audit.commands import log_look
from gemeente.kernel.sql import statement

WHAT = (gettext_noop("Naam en adres"), gettext_noop("Lopende vragen"), gettext_noop("Eerdere contacten"))


def picture(*, actor: Actor, party: UUID, purpose: str) -> str:
    """Return all that we have with a resident, as JSON text; writes who looked and why. Two statements.

    Texts of other teams' conversations are left out, unless the role sees all.
    """
    log_look(actor=actor, action="picture", purpose=purpose, subject=party, object_id=None, what=WHAT)
    with connection.cursor() as cursor:
        cursor.execute(
            statement("gemeente.contact.sql", "picture"),
            {"party": party, "teams": list(actor.teams), "sees_all": actor.may(Right.SEE_ALL_QUESTIONS)},
        )
        found: str = cursor.fetchone()[0]
    return found
