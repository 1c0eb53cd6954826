"""Tasks on the screen: whose turn it is in a conversation, the form that asks, and the lines above the queue."""

from datetime import datetime
from typing import Any, TypedDict

from django import forms
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gemeente.access.queries import teams
from gemeente.access.types import Actor
from gemeente.contact.partners import partners
from gemeente.contact.queries.tasks import LineKind, TaskLine, TaskLines
from gemeente.contact.queries.workspace import Conversation
from gemeente.contact.task_rules import ASKED_AT_MOST, WHY_AT_MOST, NewTask, suggest_day
from gemeente.contact.types import QuestionState, Urgency
from gemeente.contact.words import own, said
from gemeente.kernel import clock
from gemeente.kernel.templatetags.words import icon
from gemeente.kernel.words import days_late, short_day

_INPUT = {"class": "mg-input"}
_AREA = {"class": "utrecht-textarea utrecht-textarea--html-textarea", "rows": 3}


def _whom() -> list[tuple[str, Any]]:
    return [
        ("", str(_("Kies een team of partner"))),
        (str(_("Teams")), [(f"team:{key}", team.name) for key, team in teams().items() if team.active]),
        (
            str(_("Partners")),
            [(f"partner:{one.name}", f"{one.name} ({said(one.what_for)})") for one in partners().values()],
        ),
    ]


class TaskForm(forms.Form):
    """What is asked, of whom, and before when."""

    whom = forms.ChoiceField(
        label=gettext_lazy("Aan wie vraagt u het?"),
        choices=_whom,
        widget=forms.Select(attrs={"class": "mg-select"}),
        error_messages={"required": gettext_lazy("Kies aan wie u het vraagt.")},
    )
    asked = forms.CharField(
        label=gettext_lazy("Wat vraagt u?"),
        help_text=gettext_lazy("De inwoner ziet alleen wie meekijkt. Een partner leest dit in een e-mail."),
        max_length=ASKED_AT_MOST,
        widget=forms.Textarea(attrs=_AREA),
        error_messages={"required": gettext_lazy("Schrijf op wat u vraagt.")},
    )
    day = forms.DateField(
        label=gettext_lazy("Uiterlijk op"),
        widget=forms.DateInput(attrs=_INPUT | {"type": "date"}, format="%Y-%m-%d"),
        error_messages=dict.fromkeys(("required", "invalid"), gettext_lazy("Kies een datum.")),
    )
    why_later = forms.CharField(
        label=gettext_lazy("Waarom later dan de antwoorddatum?"),
        required=False,
        max_length=WHY_AT_MOST,
        widget=forms.TextInput(attrs=_INPUT),
    )
    agreed = forms.BooleanField(
        label=gettext_lazy("De inwoner weet dit en vindt het goed"),
        help_text=gettext_lazy("Nodig bij een partner. Die krijgt van de inwoner alleen de naam."),
        required=False,
    )

    def task(self) -> NewTask:
        """Return the task that was filled in."""
        given = self.cleaned_data
        kind, _colon, name = given["whom"].partition(":")
        return NewTask(
            asked=given["asked"],
            day=given["day"],
            why_later=given["why_later"],
            agreed=given["agreed"],
            **{kind: name},
        )


def task_form(found: Conversation, data: Any = None) -> TaskForm:
    """Return the form that asks a task in this question, with a day before the answer date; `data` is what was filled in."""
    day = suggest_day(answer_due=found.tile.answer_due, now=clock.now())
    # Other forms stand on the same page: its fields carry ids of their own.
    return TaskForm(data, initial={"day": day}, auto_id="taak_%s")


def panel(actor: Actor, found: Conversation) -> dict[str, Any]:
    """Return what the panel of tasks shows: the form, and whose turn it is."""
    return {"task_form": task_form(found), "turn": whose_turn(actor, found)}


def whose_turn(actor: Actor, found: Conversation) -> str:
    """Return who is to move now, in words: whoever has a task, the receiver of a hand-over, the resident, or its owner."""
    asked = list(dict.fromkeys(card.task.name for card in found.tasks if card.task.open))
    if found.tile.closed_at:
        return _("Niemand: deze vraag is klaar")
    if asked:
        return ", ".join(asked)
    if found.handed:
        return _("Team %(team)s: neem de vraag aan of geef hem terug") % {"team": found.handed.to_team}
    if found.tile.state == QuestionState.WAITING:
        return _("De inwoner")
    if found.handler == actor.id:
        return _("U. Alle taken zijn klaar") if found.tasks else _("U")
    return _("Team %(team)s") % {"team": teams()[found.tile.team].name}


class Line(TypedDict):
    """A line above the queue."""

    number: str
    words: str
    title: str
    icon: SafeString
    due: str
    tone: str


def lines_of(found: TaskLines) -> dict[str, Any]:
    """Return the lines about tasks that stand above a queue, in words, and how many there are in all."""
    return {"task_lines": [_line(one) for one in found.shown], "task_count": found.count}


def _line(one: TaskLine) -> Line:
    late = one.kind in (LineKind.ASKED, LineKind.LATE) and one.at < clock.now()
    haste = {Urgency.NOW: _("Nu"), Urgency.TODAY: _("Haast")}.get(one.urgency)
    due = days_late(one.at) if late else short_day(one.at)
    return Line(
        number=one.number,
        words=_words(one),
        title=one.title,
        icon=icon("check" if one.kind == LineKind.DONE else "alert" if late else "swap"),
        due=f"{haste}, {due}" if haste else due,
        tone=_tone(one.at, late=late, haste=one.urgency == Urgency.NOW),
    )


def _tone(at: datetime, *, late: bool, haste: bool) -> str:
    if late or haste:
        return " wp-due--bad"
    return " wp-due--warn" if at.astimezone(clock.AMSTERDAM).date() <= clock.today() else ""


def _words(one: TaskLine) -> str:
    return {
        LineKind.ASKED: SafeString(_("Taak: %(asked)s") % {"asked": own(" ".join(one.asked.split())[:100])}),
        LineKind.LATE: _("Taak te laat bij %(name)s") % {"name": one.name},
        LineKind.DONE: _("Alle taken zijn klaar"),
        LineKind.BACK: _("Een taak kwam terug"),
    }[one.kind]
