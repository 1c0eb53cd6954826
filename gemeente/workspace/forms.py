"""What an employee fills in while somebody is on the line."""

from datetime import date, datetime
from operator import itemgetter
from typing import Any
from uuid import uuid4

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from gemeente.access.queries import teams
from gemeente.access.types import Purpose
from gemeente.channels.types import Channel
from gemeente.contact.forms import HoldsFiles
from gemeente.contact.promise_rules import end_of_day
from gemeente.contact.types import NewPromise, Outcome, PromiseKind, QuestionState, Urgency
from gemeente.contact.words import said
from gemeente.kernel.clock import AMSTERDAM
from gemeente.products.queries import catalogue
from gemeente.workspace.purpose import CHOICES

_INPUT = {"class": "mg-input"}
_AREA = {"class": "utrecht-textarea utrecht-textarea--html-textarea"}
_SELECT = {"class": "mg-select"}

CHANNELS = [(Channel.PHONE, _("Telefoon")), (Channel.DESK, _("Balie")), (Channel.LETTER, _("Brief"))]
REPLY_BY = [
    (Channel.WEB, _("MijnGroningen")),
    (Channel.EMAIL, _("E-mail")),
    (Channel.PHONE, _("Telefoon")),
    (Channel.LETTER, _("Brief")),
    (Channel.DESK, _("Balie")),
]
URGENCIES = [(Urgency.NORMAL, _("Gewoon")), (Urgency.TODAY, _("Vandaag")), (Urgency.NOW, _("Nu"))]
OUTCOMES = [
    (Outcome.SOLVED, _("Opgelost")),
    (Outcome.EXPLAINED, _("Uitgelegd")),
    (Outcome.REFERRED, _("Doorverwezen, met hulp")),
    (Outcome.NOT_POSSIBLE, _("Dit kan niet")),
    (Outcome.WITHDRAWN, _("Hoeft niet meer")),
]


class PurposeForm(forms.Form):
    """Why somebody looks, before they look."""

    purpose = forms.ChoiceField(
        label=_("Waarvoor kijkt u?"),
        choices=lambda: [(purpose, gettext(purpose.value).capitalize()) for purpose in CHOICES],
        initial=Purpose.HANDLE_QUESTION,
        widget=forms.Select(attrs=_SELECT),
    )


STATES = [
    (QuestionState.NEW, _("Nieuw")),
    (QuestionState.WORKING, _("In behandeling")),
    (QuestionState.WAITING, _("Wacht op de inwoner")),
    (QuestionState.CLOSED, _("Afgerond")),
]
_DATES = ["%d-%m-%Y", "%d/%m/%Y", "%Y-%m-%d", "%d %m %Y"]


def _every_team() -> list[tuple[str, Any]]:
    return [("", _("Alle teams")), *((key, team.name) for key, team in teams().items())]


def _every_product() -> list[tuple[str, Any]]:
    return [
        ("", _("Alle onderwerpen")),
        *sorted(((upl, product.name) for upl, product in catalogue().items()), key=itemgetter(1)),
    ]


def _filter(label: Any, choices: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, required=False, choices=choices, widget=forms.Select(attrs=_SELECT))


def _day(label: Any) -> forms.DateField:
    return forms.DateField(
        label=label,
        required=False,
        # From the year 1900: what lies before it was asked by nobody.
        validators=[MinValueValidator(date(1900, 1, 1)), MaxValueValidator(date(9000, 1, 1))],
        widget=forms.DateInput(attrs=_INPUT | {"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Kies een datum.")},
    )


class SearchForm(forms.Form):
    """Find residents and questions. Sent by POST: names, birth dates and numbers do not belong in an address bar or a log."""

    q = forms.CharField(
        label=_("Naam, adres, vraagnummer of woorden"),
        help_text=_("Zet woorden die bij elkaar horen tussen “aanhalingstekens”."),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs=_INPUT | {"type": "search"}),
    )
    birth_date = forms.DateField(
        label=_("Geboortedatum"),
        required=False,
        input_formats=_DATES,
        widget=forms.TextInput(attrs=_INPUT | {"placeholder": "31-12-1950"}),
        error_messages={"invalid": _("Vul een datum in zoals 31-12-1950.")},
    )
    phone = forms.CharField(
        label=_("Telefoonnummer"), required=False, max_length=30, widget=forms.TextInput(attrs=_INPUT)
    )
    bsn = forms.RegexField(
        r"^\s*[0-9]{8,9}\s*$",
        label=_("Burgerservicenummer"),
        required=False,
        widget=forms.TextInput(attrs=_INPUT | {"autocomplete": "off", "inputmode": "numeric"}),
        error_messages={"invalid": _("Een burgerservicenummer heeft 9 cijfers.")},
    )
    purpose = forms.ChoiceField(
        label=_("Waarvoor zoekt u in vragen?"),
        required=False,
        choices=[("", _("Kies waarvoor")), *PurposeForm.base_fields["purpose"].choices],  # type: ignore[attr-defined]  # a ChoiceField
        widget=forms.Select(attrs=_SELECT),
    )
    team = _filter(_("Team"), _every_team)
    product = _filter(_("Onderwerp"), _every_product)
    channel = _filter(_("Kanaal"), [("", _("Alle kanalen")), *REPLY_BY])
    state = _filter(_("Stand"), [("", _("Alle vragen")), *STATES])
    since = _day(_("Gevraagd vanaf"))
    until = _day(_("Gevraagd tot en met"))

    @property
    def narrowed(self) -> bool:
        """Tell whether something was filled in besides the one field."""
        return any(self[name].value() for name in self.fields if name not in ("q", "purpose"))


def _team_choices() -> list[tuple[str, str]]:
    return [
        ("", gettext("Weet ik niet, kies zelf")),
        *((key, team.name) for key, team in teams().items() if team.active),
    ]


def _product_choices() -> list[tuple[str, str]]:
    named = sorted((said(product.name), upl) for upl, product in catalogue().items())
    return [("", gettext("Weet ik niet, kies zelf")), *((upl, name) for name, upl in named)]


class NoteForm(forms.Form):
    """A phone call, a desk visit or a letter, noted within one screen while talking: who, what, where it belongs."""

    token = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    channel = forms.ChoiceField(label=_("Hoe kwam de vraag binnen?"), choices=CHANNELS, initial=Channel.PHONE)
    q = forms.CharField(
        label=_("Naam, geboortedatum of postcode met nummer"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs=_INPUT | {"type": "search"}),
    )
    bsn = SearchForm.base_fields["bsn"]
    party = forms.UUIDField(required=False)
    purpose = PurposeForm.base_fields["purpose"]
    name = forms.CharField(label=_("Naam"), required=False, max_length=200, widget=forms.TextInput(attrs=_INPUT))
    phone = forms.CharField(
        label=_("Telefoonnummer"), required=False, max_length=30, widget=forms.TextInput(attrs=_INPUT)
    )
    email = forms.EmailField(label=_("E-mailadres"), required=False, widget=forms.EmailInput(attrs=_INPUT))
    post = forms.CharField(
        label=_("Adres voor een brief"), required=False, max_length=300, widget=forms.TextInput(attrs=_INPUT)
    )
    text = forms.CharField(
        label=_("In eigen woorden"),
        max_length=20_000,
        widget=forms.Textarea(attrs=_AREA | {"rows": 5}),
        error_messages={"required": _("Schrijf op wat de inwoner vraagt.")},
    )
    wish = forms.CharField(
        label=_("Wat wil de inwoner het liefst?"), required=False, max_length=1000, widget=forms.TextInput(attrs=_INPUT)
    )
    urgency = forms.ChoiceField(
        label=_("Hoe dringend is het?"), required=False, choices=[("", _("Stel voor")), *URGENCIES]
    )
    urgency_reason = forms.CharField(
        label=_("Waarom lager?"), required=False, max_length=500, widget=forms.TextInput(attrs=_INPUT)
    )
    team = forms.ChoiceField(
        label=_("Voor welk team?"), required=False, choices=_team_choices, widget=forms.Select(attrs=_SELECT)
    )
    product = forms.ChoiceField(
        label=_("Onderwerp"), required=False, choices=_product_choices, widget=forms.Select(attrs=_SELECT)
    )
    question = forms.UUIDField(required=False)
    reply = forms.ChoiceField(
        label=_("Hoe wil de inwoner antwoord?"), required=False, choices=REPLY_BY, widget=forms.Select(attrs=_SELECT)
    )


class AnswerForm(HoldsFiles):
    """An answer, by a channel. `seen` is the version of the question that the writer read."""

    token = forms.UUIDField(widget=forms.HiddenInput, required=False)
    text = forms.CharField(
        label=_("Uw antwoord"),
        required=False,
        max_length=20_000,
        strip=False,
        widget=forms.Textarea(attrs=_AREA | {"rows": 5}),
    )
    via = forms.ChoiceField(label=_("Antwoord via"), choices=REPLY_BY, widget=forms.Select(attrs=_SELECT))
    needs = forms.CharField(
        label=_("Wat heeft u van de inwoner nodig?"),
        required=False,
        max_length=300,
        widget=forms.TextInput(attrs=_INPUT),
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


class CloseForm(forms.Form):
    """How it ended, in words for the resident."""

    outcome = forms.ChoiceField(
        label=_("Hoe is het afgelopen?"),
        choices=OUTCOMES,
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies hoe het is afgelopen.")},
    )
    text = forms.CharField(
        label=_("In woorden voor de inwoner"),
        help_text=_("De inwoner leest dit, en kan zeggen dat het niet is opgelost."),
        max_length=5000,
        widget=forms.Textarea(attrs=_AREA | {"rows": 5}),
        error_messages={"required": _("Schrijf voor de inwoner hoe het is afgelopen.")},
    )
    via = forms.ChoiceField(label=_("Stuur dit via"), choices=REPLY_BY, widget=forms.Select(attrs=_SELECT))
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


class UrgencyForm(forms.Form):
    """More haste, or less with a reason."""

    to = forms.ChoiceField(label=_("Hoe dringend is het?"), choices=URGENCIES, widget=forms.Select(attrs=_SELECT))
    reason = forms.CharField(label=_("Waarom?"), required=False, max_length=500, widget=forms.TextInput(attrs=_INPUT))


KINDS = [
    (PromiseKind.CALL_BACK, _("Bellen")),
    (PromiseKind.ANSWER, _("Antwoord geven")),
    (PromiseKind.SEND, _("Iets sturen")),
    (PromiseKind.VISIT, _("Langskomen")),
    (PromiseKind.DECIDE, _("Besluiten")),
    (PromiseKind.ARRANGE, _("Iets regelen")),
    (PromiseKind.OTHER, _("Iets anders")),
]


class PromiseForm(forms.Form):
    """What we promise, and by when; a date without a time means the end of that day."""

    words = forms.CharField(
        label=_("Wat belooft u?"),
        max_length=500,
        widget=forms.TextInput(attrs=_INPUT),
        error_messages={"required": _("Schrijf op wat u belooft.")},
    )
    kind = forms.ChoiceField(label=_("Soort"), choices=KINDS, widget=forms.Select(attrs={"class": "mg-select"}))
    day = forms.DateField(
        label=_("Uiterlijk op"),
        widget=forms.DateInput(attrs=_INPUT | {"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": _("Kies een datum."), "invalid": _("Kies een datum.")},
    )
    at = forms.TimeField(
        label=_("Vóór hoe laat?"), required=False, widget=forms.TimeInput(attrs=_INPUT | {"type": "time"})
    )

    def promise(self) -> NewPromise:
        """Return the promise that was filled in."""
        given = self.cleaned_data
        midnight = datetime.combine(given["day"], datetime.min.time(), AMSTERDAM)
        due = datetime.combine(given["day"], given["at"], AMSTERDAM) if given["at"] else end_of_day(midnight)
        return NewPromise(words=given["words"], kind=PromiseKind(given["kind"]), due_at=due)


def asked(form: forms.Form) -> dict[str, Any]:
    """Return the search words of a form as arguments for `find_parties`."""
    given = form.cleaned_data
    return {key: given[key] for key in ("birth_date", "phone") if given.get(key)} | {"words": given.get("q", "")}
