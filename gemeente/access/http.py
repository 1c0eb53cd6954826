"""Who may come in: stated at each view, refused without it, and walked by a test with every role."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect

from gemeente.access.types import Actor, ActorKind, Right
from gemeente.kernel.errors import NotAllowed
from gemeente.kernel.http import form_again

View = Callable[..., HttpResponseBase]


class ActorRequest(HttpRequest):
    """A request of which the middleware found out who acts."""

    actor: Actor


def actor_of(request: HttpRequest) -> Actor:
    """Return who acts in this request."""
    return cast(ActorRequest, request).actor


def _admit(view: View, who: str, allows: Callable[[Actor], bool]) -> View:
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        actor = actor_of(request)
        if allows(actor):
            return view(request, *args, **kwargs)
        if actor.kind == ActorKind.ANONYMOUS:
            return log_in_first(request)
        raise NotAllowed("Dit is voor iemand anders. U bent wel ingelogd, maar hier kunt u niet bij.")

    guarded.admits = who  # type: ignore[attr-defined]  # read by the middleware: a view that does not say it stays shut
    return guarded


def log_in_first(request: HttpRequest) -> HttpResponse:
    """Send somebody to the log-in page, and back here afterwards; whose session ended while typing keeps their words."""
    if request.POST:
        return form_again(request, logged_out=True)
    return redirect(f"/inloggen/?{urlencode({'then': request.get_full_path()})}")


def anyone(view: View) -> View:
    """Let everybody in."""
    return _admit(view, "anyone", lambda actor: True)


def resident(view: View) -> View:
    """Let a resident or business in who is logged in."""
    return _admit(view, "resident", lambda actor: actor.kind == ActorKind.RESIDENT)


def employee(right: Right, *others: Right) -> Callable[[View], View]:
    """Let an employee in who has this right, or one of the others."""
    rights = (right, *others)

    def decorate(view: View) -> View:
        def allows(actor: Actor) -> bool:
            return actor.kind == ActorKind.EMPLOYEE and any(map(actor.may, rights))

        return _admit(view, f"employee:{'|'.join(rights)}", allows)

    return decorate
