"""What became of the residents whom this employee helped (V25): their own questions, and no colleague's."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from gemeente.access.http import actor_of
from gemeente.access.queries import teams
from gemeente.contact.queries.what_became import what_became
from gemeente.kernel.http import page_number
from gemeente.workspace.forms import OUTCOMES
from gemeente.workspace.views import HANDLE


@HANDLE
@require_GET
def overview(request: HttpRequest) -> HttpResponse:
    """List the questions with which this employee helped, with how they ended and what the residents say."""
    page = page_number(request)
    found, more = what_became(actor_of(request), page=page)
    ended = {outcome.value: words for outcome, words in OUTCOMES}
    lines = [(one, ended.get(one.outcome, ""), teams()[one.team].name) for one in found]
    shown = {"lines": lines, "page": page, "more": more, "here": "became"}
    return render(request, "workspace/what_became.html", shown)
