"""What a team lead and steering look after: what asks for attention, who takes it, and who is away (V31, V34, V52)."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gemeente.access import commands as access
from gemeente.access import http as admit
from gemeente.access.http import actor_of
from gemeente.access.queries import leaves_of, teams
from gemeente.access.types import Actor, Right
from gemeente.channels.words import channel_words
from gemeente.contact.commands import Chosen, assign_questions
from gemeente.contact.queries.attention import AT_MOST, AttentionItem, Colleague, Kind, attention, colleagues
from gemeente.contact.types import Urgency
from gemeente.kernel.errors import DomainError
from gemeente.kernel.http import page_number, typed
from gemeente.kernel.words import days_late, short_day, when

LEAD = admit.employee(Right.LEAD_TEAM)
LOOK_AFTER = admit.employee(Right.LEAD_TEAM, Right.STEER)
_OUTCOME = "divided"
_SELECT = {"class": "mg-select"}
_DATE = {"class": "mg-input", "type": "date"}

# What stands on the tile, and above the list.
_WORDS = {
    Kind.LATE: (gettext_lazy("te laat"), gettext_lazy("Te laat")),
    Kind.NOT_SOLVED: (gettext_lazy("niet opgelost"), gettext_lazy("Niet opgelost, zegt de inwoner")),
    Kind.BROKEN: (gettext_lazy("belofte gebroken"), gettext_lazy("Belofte gebroken")),
    Kind.AWAY: (gettext_lazy("beloofd door wie weg is"), gettext_lazy("Vandaag beloofd, door wie weg is")),
    Kind.UNACCEPTED: (gettext_lazy("niet aangenomen"), gettext_lazy("Doorgegeven, en niet op tijd aangenomen")),
    Kind.TASK: (gettext_lazy("taak te laat"), gettext_lazy("Gevraagd aan een ander, en niet op tijd gedaan")),
    Kind.STUCK: (gettext_lazy("staan stil"), gettext_lazy("Staan stil")),
    Kind.MOVED: (gettext_lazy("vaak doorgegeven"), gettext_lazy("Vaak doorgegeven")),
    Kind.NOBODY: (gettext_lazy("van niemand"), gettext_lazy("Nog van niemand")),
}
_BAD = {Kind.NOT_SOLVED, Kind.LATE, Kind.BROKEN, Kind.UNACCEPTED, Kind.TASK}


@dataclass(frozen=True, kw_only=True)
class Line:
    """One question in the list, in the words that stand there; `value` is what its checkbox sends, empty when it has none."""

    value: str
    checked: bool
    number: str
    title: str
    opens: bool
    about: str
    haste: str
    why: str
    tone: str
    more: str
    since: str
    whose: str


@dataclass(frozen=True, kw_only=True)
class Scope:
    """Which teams somebody may look at, and which of these they look at now; None is the whole house."""

    may: list[str]
    chosen: str
    whole_house: bool

    @property
    def looks_at(self) -> list[str] | None:
        """Return the teams to read: the chosen one, else one's own, else the whole house."""
        if self.chosen:
            return [self.chosen]
        return None if self.whole_house else self.may


def _scope(actor: Actor, asked: str) -> Scope:
    steers = actor.may(Right.STEER)
    may = [key for key in teams() if steers or key in actor.teams]
    return Scope(may=may, chosen=asked if asked in may else "", whole_house=steers)


def _kind(asked: str) -> Kind:
    return Kind(asked) if asked in list(Kind) else Kind.LATE


def _path(kind: Kind, scope: Scope, page: int = 0) -> str:
    asked = {"soort": kind.value, "team": scope.chosen, "bladzijde": page + 1 if page else ""}
    return f"/werk/team/?{urlencode({name: value for name, value in asked.items() if value})}"


@LOOK_AFTER
@require_GET
def overview(request: HttpRequest) -> HttpResponse:
    """Show how many questions ask for attention, and one list of them: the most pressing first, each with why."""
    return _page(request, kind=_kind(request.GET.get("soort", "")), team=request.GET.get("team", ""))


def _page(request: HttpRequest, *, kind: Kind, team: str, error: str = "") -> HttpResponse:
    actor = actor_of(request)
    scope, page = _scope(actor, team), page_number(request)
    found = attention(actor, teams=scope.looks_at, kind=kind, page=page)
    chosen = set(request.POST.getlist("v"))
    shown = {
        "tiles": [(found.counts[one], _WORDS[one][0], _path(one, scope), one == kind) for one in Kind],
        "heading": _WORDS[kind][1],
        "kind": kind.value,
        "scope": scope,
        "teams": teams(),
        "lines": [_line(item, kind, scope, chosen) for item in found.items],
        "targets": _targets(scope),
        "to": request.POST.get("to", ""),
        "reason": typed(request, "reason", at_most=2000),
        "error": error,
        "outcome": request.session.pop(_OUTCOME, None) if _OUTCOME in request.session else None,
        "plans": actor.may(Right.LEAD_TEAM),
        "earlier": _path(kind, scope, page - 1) if page else "",
        "later": _path(kind, scope, page + 1) if found.more else "",
        "here": "team",
    }
    return render(request, "workspace/team.html", shown, status=422 if error else 200)


def _line(item: AttentionItem, kind: Kind, scope: Scope, chosen: set[str]) -> Line:
    value = f"{item.id}:{item.version}"
    channel = channel_words(item.channel)
    return Line(
        value=value if scope.whole_house or item.team in scope.may else "",
        checked=value in chosen,
        number=item.number,
        title=item.title,
        opens=item.opens,
        about=", ".join(filter(None, (item.who or _("Zonder naam"), channel, teams()[item.team].name))),
        haste={Urgency.NOW: _("Nu"), Urgency.TODAY: _("Haast")}.get(item.urgency, ""),
        why=_why(item, kind),
        tone="bad" if kind in _BAD else "warn",
        more=_more(item, kind),
        since=when(item.since),
        whose=_whose(item),
    )


def _why(item: AttentionItem, kind: Kind) -> str:
    if kind == Kind.LATE:
        return days_late(item.since)
    if kind == Kind.MOVED:
        times = int(item.words)
        return ngettext("%(times)d keer doorgegeven", "%(times)d keer doorgegeven", times) % {"times": times}
    return {
        Kind.NOT_SOLVED: _("Niet opgelost, zegt de inwoner"),
        Kind.BROKEN: _("Belofte gebroken"),
        Kind.AWAY: _("Vandaag beloofd"),
        Kind.UNACCEPTED: _("Niet op tijd aangenomen"),
        Kind.TASK: _("Taak te laat"),
        Kind.STUCK: _("Staat stil"),
        Kind.NOBODY: _("Nog van niemand"),
    }[kind]


def _more(item: AttentionItem, kind: Kind) -> str:
    if kind in (Kind.BROKEN, Kind.AWAY):
        return f"“{item.words}”" if item.words else _("Het antwoord op de vraag")
    if kind == Kind.NOT_SOLVED:
        return f"“{item.words}”" if item.words else ""
    if kind == Kind.UNACCEPTED:
        return _("Van %(of)s naar %(to)s") % {"of": teams()[item.words].name, "to": teams()[item.team].name}
    return _stands_with(item.words) if kind in (Kind.STUCK, Kind.TASK) else ""


def _stands_with(words: str) -> str:
    place, _colon, name = words.partition(":")
    if place == "partner":
        return _("Bij partner %(name)s") % {"name": name}
    if place == "team":
        return _("Met een taak bij %(team)s") % {"team": teams()[name].name}
    if place == "hand_over":
        return _("Wacht tot %(team)s de vraag aanneemt") % {"team": teams()[name].name}
    return _("Wij zijn aan zet, en er gebeurde niets.")


def _whose(item: AttentionItem) -> str:
    if not item.employee:
        return _("Van niemand")
    if item.away_until is None:
        return item.employee
    away = _("%(who)s, weg tot en met %(day)s") % {"who": item.employee, "day": short_day(item.away_until)}
    return _("%(away)s. Vervanger: %(cover)s") % {"away": away, "cover": item.cover} if item.cover else away


def _targets(scope: Scope) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return to whom one can give: people by team, then the other teams; the whole house shows its people team by team."""
    people = colleagues([scope.chosen] if scope.chosen else [] if scope.whole_house else scope.may)
    groups: dict[str, list[tuple[str, str]]] = {}
    for one in people:
        groups.setdefault(teams()[one.team].name, []).append((f"{one.team}:{one.id}", _named(one)))
    others = [(f"{key}:", team.name) for key, team in teams().items() if team.active and key != scope.chosen]
    return [*groups.items(), (_("Een ander team"), others)]


def _named(one: Colleague) -> str:
    if one.away_until:
        return _("%(who)s (weg tot en met %(day)s)") % {"who": one.name, "day": short_day(one.away_until)}
    return _("%(who)s (%(count)d open)") % {"who": one.name, "count": one.running}


@LOOK_AFTER
@require_POST
def assign(request: HttpRequest) -> HttpResponse:
    """Give the chosen questions to an employee or a team; say how many went, and of each other one why not."""
    actor, team = actor_of(request), typed(request, "team", at_most=50)
    kind, reason = _kind(request.POST.get("soort", "")), typed(request, "reason", at_most=2000)
    chosen = list(_chosen(request.POST.getlist("v")[:AT_MOST]))
    target = _target(typed(request, "to", at_most=100))
    if not chosen:
        return _page(request, kind=kind, team=team, error=_("Kies eerst een of meer vragen."))
    if target is None:
        return _page(request, kind=kind, team=team, error=_("Kies aan wie u de vragen geeft."))
    if not reason.strip() and (actor.may(Right.STEER) or target[1] is None):
        return _page(request, kind=kind, team=team, error=_("Schrijf op waarom u de vragen anders verdeelt."))
    done = assign_questions(actor=actor, chosen=chosen, team=target[0], employee=target[1], reason=reason)
    request.session[_OUTCOME] = {"given": done.given, "refused": done.refused}
    return redirect(_path(kind, _scope(actor, team)))


def _chosen(values: Iterable[str]) -> Iterable[Chosen]:
    for value in values:
        question, _colon, version = value.partition(":")
        known = _id(question)
        if known and version.isdecimal() and len(version) < 10:
            yield Chosen(question=known, seen_version=int(version))


def _target(value: str) -> tuple[str, UUID | None] | None:
    team, colon, person = value.partition(":")
    if not colon or team not in teams() or (person and _id(person) is None):
        return None
    return team, _id(person)


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


class LeaveForm(forms.Form):
    """Who is away, from when to when, and who covers."""

    employee = forms.ChoiceField(
        label=gettext_lazy("Wie is er weg?"),
        widget=forms.Select(attrs=_SELECT),
        error_messages={"required": gettext_lazy("Kies wie er weg is.")},
    )
    begins = forms.DateField(
        label=gettext_lazy("Eerste dag"),
        widget=forms.DateInput(attrs=_DATE, format="%Y-%m-%d"),
        error_messages=dict.fromkeys(("required", "invalid"), gettext_lazy("Kies de eerste dag.")),
    )
    ends = forms.DateField(
        label=gettext_lazy("Laatste dag"),
        widget=forms.DateInput(attrs=_DATE, format="%Y-%m-%d"),
        error_messages=dict.fromkeys(("required", "invalid"), gettext_lazy("Kies de laatste dag.")),
    )
    cover = forms.ChoiceField(
        label=gettext_lazy("Wie vervangt?"),
        help_text=gettext_lazy("De inwoner ziet deze naam, met het telefoonnummer."),
        required=False,
        widget=forms.Select(attrs=_SELECT),
    )

    def __init__(self, *args: Any, people: list[Colleague], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = sorted({str(one.id): one.name for one in people}.items(), key=lambda pair: pair[1])
        self.fields["employee"].choices = [("", _("Kies een collega")), *named]  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["cover"].choices = [("", _("Niemand")), *named]  # type: ignore[attr-defined]  # a ChoiceField


@LEAD
@require_http_methods(["GET", "POST"])
def leave(request: HttpRequest) -> HttpResponse:
    """Show who of one's teams is away and who covers, and note that somebody will be."""
    form = LeaveForm(request.POST or None, people=colleagues(list(actor_of(request).teams)))
    if request.method == "POST" and form.is_valid():
        try:
            access.plan_leave(actor=actor_of(request), **_planned(form.cleaned_data))
            return redirect("leave")
        except DomainError as refused:
            form.add_error(None, refused.message)
    return _leave_page(request, form, status=422 if request.method == "POST" else 200)


def _planned(given: dict[str, Any]) -> dict[str, Any]:
    return given | {"employee": UUID(given["employee"]), "cover": UUID(given["cover"]) if given["cover"] else None}


def _leave_page(request: HttpRequest, form: LeaveForm, *, status: int) -> HttpResponse:
    page = page_number(request)
    away, more = leaves_of(actor_of(request).teams, page=page)
    shown = {"form": form, "away": away, "more": more, "page": page, "here": "team"}
    return render(request, "workspace/team_leave.html", shown, status=status)


@LEAD
@require_POST
def cancel_leave(request: HttpRequest, leave: int) -> HttpResponse:
    """Take back that somebody is away."""
    access.cancel_leave(actor=actor_of(request), leave=leave)
    return redirect("leave")
