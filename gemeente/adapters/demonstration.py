"""Log in without proof, for a demonstration only."""

from django.conf import settings
from django.http import HttpRequest

from gemeente.access.types import ActorKind, Identity
from gemeente.kernel.errors import NotAllowed


class DemonstrationIdentity:
    """Believes who somebody says they are. Refuses to work outside demonstration mode."""

    def begin_url(self, *, kind: str, then: str) -> str:
        """Return where one chooses who to be."""
        return "/inloggen/"

    def identify(self, request: HttpRequest) -> Identity:
        """Return the person that was chosen. Raises NotAllowed outside demonstration mode, or when nobody was chosen."""
        kind, _, subject = request.POST.get("als", "").partition(":")
        if not settings.DEMONSTRATION or kind not in (ActorKind.RESIDENT, ActorKind.EMPLOYEE) or not subject:
            raise NotAllowed("Zo kunt u niet inloggen.")
        return Identity(kind=ActorKind(kind), subject=subject, means="demonstratie", level="geen")
