"""The resident's edge of this room: one's own data, and the link that confirms an e-mail address."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from gemeente.access import http as admit
from gemeente.access.http import actor_of
from gemeente.access.types import Actor
from gemeente.residents import commands
from gemeente.residents.forms import ContactForm, OwnForm, PreferencesForm, PrintForm
from gemeente.residents.links import read_address
from gemeente.residents.queries import own_details

PANELS: dict[str, type[OwnForm]] = {"bereiken": ContactForm, "berichten": PreferencesForm, "lezen": PrintForm}


@admit.resident
@require_http_methods(["GET", "POST"])
def own_data(request: HttpRequest) -> HttpResponse:
    """Show what we have of somebody and how we reach them; a POST changes one panel of it (R21, R22)."""
    actor = actor_of(request)
    own = own_details(actor.key)
    changed = request.POST.get("deel", "")
    forms = {
        name: form(own, request.POST if name == changed else None, auto_id=f"{name}-%s")
        for name, form in PANELS.items()
    }
    if changed in forms and forms[changed].is_valid():
        _save(actor, forms[changed])
        return redirect(reverse("own_data", query={"opgeslagen": changed}) + f"#{changed}")
    shown = {
        "own": own,
        "forms": forms,
        "wrong": forms.get(changed),
        "saved": request.GET.get("opgeslagen", ""),
        "open": changed or request.GET.get("opgeslagen", ""),
        "means": request.session["means"],
        "level": request.session["level"],
        "hours": settings.SESSION_COOKIE_AGE // 3600,
        "here": "own_data",
    }
    return render(request, "residents/own_data.html", shown, status=422 if changed in forms else 200)


def _save(actor: Actor, form: OwnForm) -> None:
    given = form.cleaned_data
    if isinstance(form, ContactForm):
        commands.change_contact_details(actor=actor, email=given["email"], phone=given["phone"])
    elif isinstance(form, PreferencesForm):
        commands.choose_preferences(
            actor=actor, answers=given["answers"], notices=given["notices"], asked_afterwards=given["afterwards"]
        )
    else:
        commands.choose_print(actor=actor, large=given["large"])


@admit.anyone
@require_http_methods(["GET", "POST"])
def confirm_email(request: HttpRequest, signed: str) -> HttpResponse:
    """Let whoever reads the mail say that the address is theirs. Opening the page alone changes nothing: mail programs do."""
    address = read_address(signed)
    if request.method == "POST":
        commands.confirm_email(actor=actor_of(request), address=address)
    return render(request, "residents/confirm_email.html", {"done": request.method == "POST"})
