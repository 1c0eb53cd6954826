"""Finds out who acts, and keeps every view shut that does not say who may come in."""

from collections.abc import Callable
from typing import Any, cast
from uuid import UUID

from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest, HttpResponse

from gemeente.access.http import ActorRequest
from gemeente.access.queries import employee_actor
from gemeente.access.types import ANONYMOUS, Actor, ActorKind
from gemeente.kernel.errors import NotAllowed
from gemeente.kernel.http import error_response

ACTOR = "actor"


class ActorMiddleware:
    """Sets `request.actor` from the session; an employee's roles are read anew at each request, so a change holds at once."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        cast(ActorRequest, request).actor = _actor(request)
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """Deny by default: a view without a statement of who may come in stays shut."""
        if hasattr(view, "admits"):
            return None
        return error_response(request, NotAllowed("Deze bladzijde is niet open."))


def _actor(request: HttpRequest) -> Actor:
    return actor_in(request.session) if request.COOKIES.get("sessie") else ANONYMOUS


def actor_in(session: SessionBase | dict[str, Any]) -> Actor:
    """Return whose session this is, with today's roles and teams; ANONYMOUS when it is nobody's."""
    known = session.get(ACTOR)
    if known is None:
        return ANONYMOUS
    if known["kind"] == ActorKind.EMPLOYEE:
        return employee_actor(UUID(known["id"])) or ANONYMOUS
    return Actor(kind=ActorKind.RESIDENT, id=UUID(known["id"]), name=known["name"])


def log_in(request: HttpRequest, actor: Actor, *, means: str, level: str) -> None:
    """Begin a session for this actor; a new session key, so that nobody can have planted the old one."""
    request.session.cycle_key()
    request.session[ACTOR] = {"kind": actor.kind.value, "id": str(actor.id), "name": actor.name}
    request.session["means"] = means
    request.session["level"] = level
