"""Choosing the language of the interface, on any page (R27)."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from gemeente.access import http as admit
from gemeente.access.http import actor_of
from gemeente.access.language import choose_language, is_language
from gemeente.kernel.errors import DomainError
from gemeente.residents import commands

ADDRESS_AT_MOST = 2_000


@admit.anyone
@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    """Speak another language from now on, on the same page; to a resident in mails and letters too."""
    language, back = request.POST.get("taal", ""), request.POST.get("then", "")
    if not is_language(language):
        raise DomainError(_("Deze taal kennen wij nog niet. Kies een andere."))
    if actor_of(request).party:
        commands.choose_language(actor=actor_of(request), language=language)
    here = (
        back.startswith("/")
        and len(back) < ADDRESS_AT_MOST
        and url_has_allowed_host_and_scheme(back, allowed_hosts=None)
    )
    response = HttpResponseRedirect(back if here else "/")
    choose_language(request, response, language)
    return response
