"""Hand a question over, accept it, or give it back."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from gemeente.access.http import actor_of
from gemeente.access.queries import team_members, teams
from gemeente.contact import commands
from gemeente.contact.queries import workspace as queries
from gemeente.contact.queries.hand_overs import hand_overs_of
from gemeente.contact.queries.one_voice import Heard
from gemeente.contact.queries.workspace import Conversation
from gemeente.kernel.errors import DomainError
from gemeente.kernel.http import typed
from gemeente.workspace.one_voice import HeardBefore, require_seen
from gemeente.workspace.purpose import working_purpose
from gemeente.workspace.views import HANDLE, choose_first, deed, look

_SELECT = {"class": "mg-select"}
_AREA = {"class": "utrecht-textarea utrecht-textarea--html-textarea"}


def _teams() -> list[tuple[str, str]]:
    return [("", str(_("Kies een team"))), *((key, team.name) for key, team in teams().items() if team.active)]


class HandOverForm(forms.Form):
    """To whom, why, and what the resident reads of it."""

    to = forms.ChoiceField(
        label=_("Naar welk team?"),
        choices=_teams,
        widget=forms.Select(attrs=_SELECT),
        error_messages={"required": _("Kies naar welk team de vraag gaat.")},
    )
    person = forms.ChoiceField(
        label=_("Naar wie?"),
        help_text=_("Mag ook het hele team zijn. Kies eerst het team, en dan “Toon het team”."),
        required=False,
        widget=forms.Select(attrs=_SELECT),
    )
    reason = forms.CharField(
        label=_("Waarom geeft u door?"),
        max_length=2000,
        widget=forms.Textarea(attrs=_AREA | {"rows": 3}),
        error_messages={"required": _("Schrijf op waarom u de vraag doorgeeft.")},
    )
    contact = forms.ChoiceField(
        label=_("Wie is de vaste contactpersoon?"),
        help_text=_(
            "Verhuist een vraag voor de tweede keer, of naar een andere afdeling? Dan krijgt de inwoner één naam."
        ),
        choices=[("receiver", _("Iemand van het nieuwe team")), ("self", _("Ik blijf het zelf"))],
        initial="receiver",
        widget=forms.RadioSelect,
    )
    words = forms.CharField(
        label=_("Dit leest de inwoner"),
        help_text=_("Laat leeg als de inwoner er niets van hoeft te merken."),
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs=_AREA | {"rows": 4}),
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        team = self.data.get("to", "") if self.is_bound else ""
        people = [(str(one.id), one.name) for one in team_members(team)] if team else []
        self.fields["person"].choices = [("", _("Wie het eerst kan")), *people]  # type: ignore[attr-defined]  # a ChoiceField


@HANDLE
@require_http_methods(["GET", "POST"])
def hand_over(request: HttpRequest, number: str) -> HttpResponse:
    """Hand a question to another team, with what goes along on the same page."""
    if not working_purpose(request):
        return choose_first(request)
    actor = actor_of(request)
    found = queries.conversation(actor, number)
    look(request, found, "open_question")
    form = HandOverForm(request.POST or None, initial={"seen": found.version})
    heard: list[Heard] = []
    if request.method == "POST" and request.POST.get("do") == "team":
        form.errors.clear()
    elif request.method == "POST" and form.is_valid():
        try:
            _hand_over(request, found, form.cleaned_data)
            return redirect("queue")
        except HeardBefore as before:
            heard = before.heard
        except DomainError as refused:
            form.add_error(None, refused.message)
    path = hand_overs_of(actor, found.tile.id)
    team = teams()[found.tile.team]
    shown = {"talk": found, "form": form, "team": team, "path": path, "heard": heard, "here": "work"}
    status = HTTPStatus.CONFLICT if heard else 422 if form.errors else 200
    return render(request, "workspace/hand_over.html", shown, status=status)


def _hand_over(request: HttpRequest, found: Conversation, given: dict[str, Any]) -> None:
    actor = actor_of(request)
    person = UUID(given["person"]) if given["person"] else None
    commands.hand_over_question(
        actor=actor,
        question=found.tile.id,
        to=given["to"],
        to_employee=person,
        reason=given["reason"],
        contact_person=actor.key if given["contact"] == "self" else person,
        words=given["words"],
        seen_version=given["seen"],
        seen_first=require_seen(request, found, given["words"], version=given["seen"]),
    )


@HANDLE
@require_POST
def accept(request: HttpRequest, number: str) -> HttpResponse:
    """Accept a question that was handed to this employee or their team."""
    return deed(request, number, commands.accept_hand_over)


@HANDLE
@require_POST
def give_back(request: HttpRequest, number: str) -> HttpResponse:
    """Give a question back, with a reason."""
    done = deed(request, number, commands.give_back_question, reason=typed(request, "reason", at_most=2000))
    # It is another team's again: this employee may not be able to open it any more.
    return redirect("queue") if done.status_code == HTTPStatus.FOUND else done
