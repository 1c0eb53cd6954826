"""Put two questions together, make two of one, and undo either."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_http_methods, require_POST

from gemeente.access.http import actor_of
from gemeente.audit.commands import log_look
from gemeente.contact import commands
from gemeente.contact.queries import merge as queries
from gemeente.contact.queries.merge import Meeting
from gemeente.contact.queries.workspace import Conversation, conversation, may_open, number_of
from gemeente.kernel.errors import DomainError
from gemeente.kernel.http import before_moment, typed
from gemeente.workspace.purpose import purpose_for_work, working_purpose
from gemeente.workspace.views import HANDLE, choose_first, deed, look

TICKED_AT_MOST = 100


@HANDLE
@require_http_methods(["GET", "POST"])
def merge(request: HttpRequest, number: str) -> HttpResponse:
    """Choose what goes into this question, see what each would see then, and do it."""
    if not working_purpose(request):
        return choose_first(request)
    other = request.GET.get("met", "").strip()[:12]
    if not other:
        return _choose(request, number)
    try:
        met = queries.meeting(actor_of(request), number, other)
    except DomainError as refused:
        return _choose(request, number, error=refused.message, status=refused.status, other=other)
    _look_at_both(request, met)
    if request.method == "GET":
        return _side_by_side(request, met)
    try:
        _merge(request, met)
    except DomainError as refused:
        return _side_by_side(request, met, error=refused.message, status=refused.status)
    return redirect("conversation", number=met.held.number)


def _choose(request: HttpRequest, number: str, *, error: str = "", status: int = 200, other: str = "") -> HttpResponse:
    actor = actor_of(request)
    found = conversation(actor, number)
    look(request, found, "open_question")
    shown = {
        "talk": found,
        "offered": queries.to_merge_with(actor, found.party, found.tile.id),
        "merged": queries.merged_into(found.tile.id),
        "error": error,
        "other": other,
        "here": "work",
    }
    return render(request, "workspace/merge.html", shown, status=status)


def _look_at_both(request: HttpRequest, met: Meeting) -> None:
    for question, party in {met.held.id: met.parties[0], met.other.id: met.parties[1]}.items():
        log_look(
            actor=actor_of(request),
            action="open_question",
            purpose=purpose_for_work(request),
            subject=party,
            object_id=question,
            what=(gettext_noop("Uw vraag"),),
        )


def _side_by_side(request: HttpRequest, met: Meeting, *, error: str = "", status: int = 200) -> HttpResponse:
    asker, other_asker = met.askers
    shown = {"met": met, "asker": asker, "other_asker": other_asker, "error": error, "here": "work"}
    return render(request, "workspace/merge_meeting.html", shown, status=status)


def _merge(request: HttpRequest, met: Meeting) -> None:
    commands.merge_questions(
        actor=actor_of(request),
        question=met.held.id,
        other=met.other.id,
        seen_version=_seen(request, "seen"),
        other_seen_version=_seen(request, "other_seen"),
        agreed=request.POST.get("agreed") == "ja",
    )


def _seen(request: HttpRequest, name: str) -> int:
    given = typed(request, name, at_most=9)
    return int(given) if given.isdecimal() else -1


@HANDLE
@require_POST
def undo(request: HttpRequest, number: str) -> HttpResponse:
    """Take the last question that went into this one out again."""
    merged = _uuids([request.POST.get("merged", "")])
    if not merged:
        return _choose(request, number, error=_("Kies welke vraag weer los moet."), status=422)
    return deed(request, number, commands.undo_merge, merged=merged[0])


def _uuids(texts: list[str]) -> list[UUID]:
    found = []
    for text in texts[:TICKED_AT_MOST]:
        try:
            found.append(UUID(text))
        except ValueError:
            continue
    return found


@HANDLE
@require_http_methods(["GET", "POST"])
def split(request: HttpRequest, number: str) -> HttpResponse:
    """Tick the messages that are a question of their own."""
    if not working_purpose(request):
        return choose_first(request)
    actor = actor_of(request)
    found = conversation(actor, number, before=before_moment(request))
    if request.method == "GET":
        return _ticks(request, found)
    ticked = _uuids(request.POST.getlist("m"))
    seen = _seen(request, "seen")
    try:
        new = commands.split_question(actor=actor, question=found.tile.id, moments=ticked, seen_version=seen)
    except DomainError as refused:
        return _ticks(request, found, error=refused.message, status=refused.status, ticked=ticked)
    return redirect("conversation", number=number_of(new) if may_open(actor, new) else found.tile.number)


def _ticks(
    request: HttpRequest, found: Conversation, *, error: str = "", status: int = 200, ticked: list[UUID] | None = None
) -> HttpResponse:
    look(request, found, "open_question")
    shown: dict[str, Any] = {
        "talk": found,
        "moments": [item for item in found.timeline if item.kind == "moment"],
        "ticked": ticked or [],
        "error": error,
        "here": "work",
    }
    return render(request, "workspace/split.html", shown, status=status)


@HANDLE
@require_POST
def undo_split(request: HttpRequest, number: str) -> HttpResponse:
    """Put a question that was split off back where it came from."""
    return deed(request, number, commands.undo_split, seen_version=_seen(request, "seen"))
