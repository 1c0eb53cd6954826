"""What this room needs from outside: somebody who vouches for who logs in."""

from typing import Protocol

from django.http import HttpRequest

from gemeente.access.types import Identity


class IdentityProvider(Protocol):
    """Vouches for a person. DigiD, eHerkenning and single sign-on answer through a broker; the demonstration lets one choose.

    `begin_url` is where the log-in page sends somebody; `identify` reads the answer and raises NotAllowed if it is none.
    """

    def begin_url(self, *, kind: str, then: str) -> str: ...
    def identify(self, request: HttpRequest) -> Identity: ...
