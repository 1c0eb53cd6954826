"""What the screen asks by itself: who else is here, whether something changed, keep what I write. And: what do I do next."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from gemeente.access import http as admit
from gemeente.access.http import actor_of
from gemeente.access.types import Right
from gemeente.contact import commands
from gemeente.contact.commands.answer import DRAFT_AT_MOST
from gemeente.contact.queries import workspace as queries
from gemeente.contact.queries.company import keep_company
from gemeente.kernel.http import json_response, typed
from gemeente.workspace.purpose import working_purpose

HANDLE = admit.employee(Right.HANDLE_QUESTION)


@HANDLE
@require_POST
def here(request: HttpRequest, number: str) -> HttpResponse:
    """Note that this employee still has the question open, or left it; show who else has it open."""
    actor = actor_of(request)
    question, _ = queries.open_to(actor, number)
    if "weg" in request.POST:
        commands.leave_question(actor=actor, question=question)
        return HttpResponse(status=204)
    company = keep_company(actor.key, question)
    return render(request, "workspace/company.html", {"company": company})


@HANDLE
@require_GET
def stand(request: HttpRequest, number: str) -> HttpResponse:
    """Tell the version of a question, so that a screen that missed something sees that it did."""
    _, version = queries.open_to(actor_of(request), number)
    return json_response({"version": version})


@HANDLE
@require_POST
def draft(request: HttpRequest, number: str) -> HttpResponse:
    """Keep what this employee is writing, while they write."""
    question, _ = queries.open_to(actor_of(request), number)
    commands.save_draft(actor=actor_of(request), question=question, text=typed(request, "text", at_most=DRAFT_AT_MOST))
    return HttpResponse(status=204)


@HANDLE
@require_POST
def follow(request: HttpRequest, number: str) -> HttpResponse:
    """Keep a question in sight, or no longer."""
    question, _ = queries.open_to(actor_of(request), number)
    commands.follow_question(actor=actor_of(request), question=question, follow="niet" not in request.POST)
    return redirect("conversation", number=number)


@HANDLE
@require_POST
def take_next(request: HttpRequest) -> HttpResponse:
    """Take the most urgent question that is there to take, and open it."""
    if not working_purpose(request):
        return redirect("/werk/doel/?then=/werk/")
    number = commands.take_next_question(actor=actor_of(request))
    return redirect("conversation", number=number) if number else redirect("/werk/?niets")


@HANDLE
@require_GET
def keys(request: HttpRequest) -> HttpResponse:
    """List the keyboard shortcuts."""
    return render(request, "workspace/keys.html")
