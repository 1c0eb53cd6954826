"""Ask a task of another team or of a partner, say how it ended, or withdraw it."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise as Words
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from gemeente.access.http import actor_of
from gemeente.contact import commands
from gemeente.contact.queries import workspace as queries
from gemeente.contact.task_rules import WORDS_AT_MOST
from gemeente.kernel.errors import DomainError, NotAllowed
from gemeente.kernel.http import typed
from gemeente.workspace.purpose import working_purpose
from gemeente.workspace.task_panel import task_form
from gemeente.workspace.views import HANDLE, choose_first, look


@HANDLE
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest, number: str) -> HttpResponse:
    """Ask a task in one step; what was filled in stays when something is wrong."""
    if not working_purpose(request):
        return choose_first(request)
    actor = actor_of(request)
    found = queries.conversation(actor, number)
    form = task_form(found, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            commands.ask_task(actor=actor, question=found.tile.id, task=form.task())
            return redirect(f"/werk/vraag/{number}/#taken")
        except DomainError as refused:
            form.add_error(None, refused.message)
    look(request, found, "open_question")
    shown = {"talk": found, "form": form, "here": "work"}
    return render(request, "workspace/task.html", shown, status=422 if form.errors else 200)


@dataclass(frozen=True, kw_only=True)
class _Ending:
    """A way in which a task ends: what is done, and the words on the page when that did not go."""

    end: Callable[[HttpRequest, UUID, str], None]
    heading: str | Words
    label: str | Words


_DONE = _Ending(
    end=lambda request, task, words: commands.finish_task(actor=actor_of(request), task=task, words=words),
    heading=_("Meld de taak klaar"),
    label=_("Wat deed of vond u?"),
)
_BACK = _Ending(
    end=lambda request, task, words: commands.give_back_task(actor=actor_of(request), task=task, reason=words),
    heading=_("Geef de taak terug"),
    label=_("Waarom geeft u terug?"),
)
_WITHDRAWN = _Ending(
    end=lambda request, task, words: commands.withdraw_task(actor=actor_of(request), task=task, reason=words),
    heading=_("Trek de taak in"),
    label=_("Waarom is de taak niet meer nodig?"),
)


@HANDLE
@require_POST
def finish(request: HttpRequest, number: str, task: UUID) -> HttpResponse:
    """Say that a task is done, in words."""
    return _end(request, number, task, _DONE)


@HANDLE
@require_POST
def give_back(request: HttpRequest, number: str, task: UUID) -> HttpResponse:
    """Give a task back, with a reason."""
    return _end(request, number, task, _BACK)


@HANDLE
@require_POST
def withdraw(request: HttpRequest, number: str, task: UUID) -> HttpResponse:
    """Withdraw a task, with a reason."""
    return _end(request, number, task, _WITHDRAWN)


def _end(request: HttpRequest, number: str, task: UUID, ending: _Ending) -> HttpResponse:
    words = typed(request, "words", at_most=WORDS_AT_MOST)
    try:
        ending.end(request, task, words)
    except DomainError as refused:
        # Nothing of the question stands on this page: it may be another team's again by now.
        shown = {"number": number, "words": words, "ending": ending, "error": refused.message, "here": "work"}
        return render(request, "workspace/task_end.html", shown, status=refused.status)
    try:
        queries.conversation(actor_of(request), number)
    except NotAllowed:
        # The task was what let this employee read along.
        return redirect("queue")
    return redirect(f"/werk/vraag/{number}/#taken")
