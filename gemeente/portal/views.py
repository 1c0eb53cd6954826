"""MijnGroningen: the home page, logging in, and the pages about the portal itself."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from gemeente.access import http as admit
from gemeente.access.http import actor_of
from gemeente.access.language import keep_language
from gemeente.access.middleware import log_in
from gemeente.access.ports import IdentityProvider
from gemeente.access.queries import employee_actor, employee_by_username
from gemeente.access.types import Actor, ActorKind, Identity
from gemeente.contact.queries.home import home_of
from gemeente.kernel import clock
from gemeente.kernel.errors import NotAllowed
from gemeente.kernel.ports import port
from gemeente.portal.actions import actions_for
from gemeente.residents.queries import party_by_subject, party_card


@admit.anyone
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Show at one glance what a resident has with us; an employee goes to work, somebody unknown can ask (V89)."""
    actor = actor_of(request)
    if actor.kind == ActorKind.EMPLOYEE:
        return redirect("queue")
    if actor.id is None:
        return redirect("ask")
    card = party_card(actor.id)
    if card is None:
        raise NotAllowed("Wij kennen u nog niet. Bel ons, dan helpen wij u.")
    seen = home_of(actor.id)
    shown = {
        "card": card,
        "tiles": seen.tiles,
        "lines": seen.lines,
        "unread": seen.unread,
        "actions": actions_for(seen.tiles, seen.unread),
        "greeting": greeting(),
        "here": "home",
    }
    return render(request, "portal/home.html", shown)


def greeting() -> str:
    """Return which part of the day it is in Groningen: night, morning, afternoon or evening."""
    hour = clock.now().astimezone(clock.AMSTERDAM).hour
    return ("night", "morning", "afternoon", "evening")[hour // 6]


@admit.anyone
@require_GET
def log_in_page(request: HttpRequest) -> HttpResponse:
    """Show the ways to log in, and that asking works without."""
    return render(request, "portal/log_in.html", {"then": _then(request.GET.get("then", ""))})


@admit.anyone
def identified(request: HttpRequest) -> HttpResponse:
    """Take the identity provider's answer and begin a session. Raises NotAllowed when we don't know the person."""
    identity = port(IdentityProvider).identify(request)
    actor, language = _actor_of_identity(identity)
    log_in(request, actor, means=identity.means, level=identity.level)
    keep_language(request, language)
    return redirect(_then(request.POST.get("then", "")) or ("/werk/" if actor.kind == ActorKind.EMPLOYEE else "/"))


def _then(target: str) -> str:
    return target if url_has_allowed_host_and_scheme(target, allowed_hosts=None) else ""


def _actor_of_identity(identity: Identity) -> tuple[Actor, str]:
    language = ""
    if identity.kind == ActorKind.EMPLOYEE:
        known = employee_by_username(identity.subject)
        actor = employee_actor(known) if known else None
    else:
        card = party_by_subject(identity.subject)
        actor = Actor(kind=ActorKind.RESIDENT, id=card.id, name=card.name.short) if card else None
        language = card.language if card else ""
    if actor is None:
        raise NotAllowed("Wij kennen u nog niet. Bel ons, dan helpen wij u.")
    return actor, language


@admit.anyone
@require_POST
def log_out(request: HttpRequest) -> HttpResponse:
    """End the session."""
    request.session.flush()
    return redirect("log_in")


@admit.anyone
@require_GET
def accessibility(request: HttpRequest) -> HttpResponse:
    """State how accessible this portal is (Besluit digitale toegankelijkheid overheid)."""
    return render(request, "portal/accessibility.html")
