"""Choose from the queue, and keep a choice under a name."""

from urllib.parse import urlencode

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from gemeente.access import http as admit
from gemeente.access.http import actor_of
from gemeente.access.queries import teams
from gemeente.access.types import Right
from gemeente.channels.types import Channel
from gemeente.channels.words import channel_words
from gemeente.contact import commands
from gemeente.contact.queries.choice import QueueFilter
from gemeente.contact.types import QuestionState, Urgency
from gemeente.contact.words import said
from gemeente.kernel.errors import DomainError
from gemeente.kernel.http import typed
from gemeente.products.queries import catalogue

HANDLE = admit.employee(Right.HANDLE_QUESTION)
_SELECT = {"class": "mg-select"}
_ALL = ("", _("Alles"))

URGENCIES = [_ALL, (Urgency.NOW, _("Nu")), (Urgency.TODAY, _("Vandaag")), (Urgency.NORMAL, _("Gewoon"))]
STATES = [
    _ALL,
    (QuestionState.NEW, _("Nog niemand helpt")),
    (QuestionState.WORKING, _("Iemand helpt")),
    (QuestionState.WAITING, _("Wacht op de inwoner")),
]
# What the fields are called in an address, and in a choice.
NAMES = {
    "team": "team",
    "onderwerp": "product",
    "haast": "urgency",
    "kanaal": "channel",
    "stand": "state",
    "vandaag": "promised_today",
    "belofte": "by_promise",
}


def _team_choices() -> list[tuple[str, object]]:
    return [_ALL, *((key, team.name) for key, team in teams().items() if team.active)]


def _product_choices() -> list[tuple[str, object]]:
    return [_ALL, *sorted(((upl, said(product.name)) for upl, product in catalogue().items()), key=lambda one: one[1])]


def _channel_choices() -> list[tuple[str, object]]:
    return [_ALL, *((channel.value, channel_words(channel)) for channel in Channel)]


class ChoiceForm(forms.Form):
    """What to show of the row."""

    team = forms.ChoiceField(label=_("Team"), required=False, choices=_team_choices, widget=forms.Select(attrs=_SELECT))
    onderwerp = forms.ChoiceField(
        label=_("Onderwerp"), required=False, choices=_product_choices, widget=forms.Select(attrs=_SELECT)
    )
    haast = forms.ChoiceField(label=_("Haast"), required=False, choices=URGENCIES, widget=forms.Select(attrs=_SELECT))
    kanaal = forms.ChoiceField(
        label=_("Kanaal"), required=False, choices=_channel_choices, widget=forms.Select(attrs=_SELECT)
    )
    stand = forms.ChoiceField(label=_("Stand"), required=False, choices=STATES, widget=forms.Select(attrs=_SELECT))
    vandaag = forms.BooleanField(label=_("Alleen wat vandaag is beloofd"), required=False)
    belofte = forms.BooleanField(label=_("Eerste belofte bovenaan"), required=False)


def chosen_in(request: HttpRequest) -> QueueFilter:
    """Return what the address chooses; what no choice knows chooses nothing."""
    # The form knows all products: too much for each look at the queue.
    return _choice(ChoiceForm(request.GET)) if any(name in request.GET for name in NAMES) else QueueFilter()


def _choice(form: ChoiceForm) -> QueueFilter:
    form.is_valid()
    return QueueFilter(**{NAMES[name]: value for name, value in form.cleaned_data.items()})


def query_of(choice: QueueFilter) -> str:
    """Return a choice as the end of an address, begun with "&"; empty when it chooses nothing."""
    given = [(name, "ja" if value is True else value) for name in NAMES if (value := getattr(choice, NAMES[name]))]
    return f"&{urlencode(given)}" if given else ""


@HANDLE
@require_http_methods(["GET", "POST"])
def choose(request: HttpRequest) -> HttpResponse:
    """Choose what to see of the queue; with a name it is kept."""
    given = request.POST or request.GET
    row = given["rij"] if given.get("rij") in ("mine", "team") else "team"
    shown = {"form": ChoiceForm(given), "row": row, "here": "work"}
    if request.method == "GET":
        return render(request, "workspace/choose.html", shown)
    choice, name = _choice(ChoiceForm(given)), typed(request, "name", at_most=40)
    try:
        if name.strip():
            commands.save_filter(actor=actor_of(request), name=name, choice=choice)
    except DomainError as refused:
        return render(request, "workspace/choose.html", shown | {"error": refused.message}, status=refused.status)
    return redirect(f"/werk/?rij={row}{query_of(choice)}")


@HANDLE
@require_POST
def drop(request: HttpRequest, kept: int) -> HttpResponse:
    """Forget a kept choice."""
    commands.drop_filter(actor=actor_of(request), kept=kept)
    return redirect("queue")
