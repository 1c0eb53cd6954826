"""Promise something to a resident, keep it, or take it back."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from gemeente.access.http import actor_of
from gemeente.contact import commands
from gemeente.contact.queries.workspace import conversation
from gemeente.kernel.errors import DomainError
from gemeente.kernel.http import typed
from gemeente.kernel.words import day
from gemeente.workspace.forms import PromiseForm
from gemeente.workspace.one_voice import HeardBefore, require_seen
from gemeente.workspace.views import HANDLE, conversation_page, deed


@HANDLE
@require_POST
def make(request: HttpRequest, number: str) -> HttpResponse:
    """Record a promise; what was filled in stays when something is wrong."""
    form = PromiseForm(request.POST)
    if not form.is_valid():
        wrong = " ".join(str(error) for errors in form.errors.values() for error in errors)
        return conversation_page(request, number, error=wrong, status=422, more={"promise": form})
    found = conversation(actor_of(request), number)
    try:
        seen = require_seen(request, found, f"{form.cleaned_data['words']} {day(form.promise().due_at)}")
    except HeardBefore as before:
        shown = {"promise": form, "promise_heard": before.heard}
        return conversation_page(request, number, status=before.status, more=shown)
    return deed(request, number, commands.make_promise, promise=form.promise(), seen_first=seen)


@HANDLE
@require_POST
def keep(request: HttpRequest, number: str, promise: UUID) -> HttpResponse:
    """Note that a promise was kept."""
    try:
        commands.keep_promise(actor=actor_of(request), promise=promise)
    except DomainError as refused:
        return conversation_page(request, number, error=refused.message, status=refused.status)
    return redirect("conversation", number=number)


@HANDLE
@require_POST
def take_back(request: HttpRequest, number: str, promise: UUID) -> HttpResponse:
    """Take a promise back, with a reason."""
    reason = typed(request, "reason", at_most=500)
    try:
        commands.take_back_promise(actor=actor_of(request), promise=promise, reason=reason)
    except DomainError as refused:
        return conversation_page(request, number, error=refused.message, status=refused.status)
    return redirect("conversation", number=number)
