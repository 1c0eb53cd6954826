"""What somebody changes about themselves: one form for each panel, each with its own Opslaan."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from gemeente.residents.rules import can_reach
from gemeente.residents.types import OwnDetails, ReachBy

ANSWERS_BY = [
    (ReachBy.WEB, _("MijnGroningen")),
    (ReachBy.PHONE, _("Telefoon")),
    (ReachBy.EMAIL, _("E-mail")),
    (ReachBy.LETTER, _("Brief")),
]
NOTICES_BY = [way for way in ANSWERS_BY if way[0] != ReachBy.PHONE]
_LACKING = {
    ReachBy.EMAIL.value: _("Vul eerst hierboven uw e-mailadres in."),
    ReachBy.PHONE.value: _("Vul eerst hierboven uw telefoonnummer in."),
    ReachBy.LETTER.value: _("Wij weten uw adres niet. Kies een andere manier, of bel ons."),
}


class OwnForm(forms.Form):
    """A form about one's own details; each field has an id of its own on a page with several forms."""

    def __init__(self, own: OwnDetails, data: QueryDict | None, *, auto_id: str) -> None:
        self.own = own
        super().__init__(data, initial=self.now(own), auto_id=auto_id)

    def now(self, own: OwnDetails) -> dict[str, Any]:
        """Return what stands there now."""
        raise NotImplementedError


class ContactForm(OwnForm):
    """Telephone and e-mail."""

    phone = forms.RegexField(
        r"^(?=(?:\D*[0-9]){8})[+0-9 ()-]{8,25}$",
        label=_("Telefoonnummer"),
        required=False,
        widget=forms.TextInput(attrs={"class": "mg-input", "autocomplete": "tel", "type": "tel"}),
        error_messages={"invalid": _("Vul een telefoonnummer in met alleen cijfers. Bijvoorbeeld: 06 12345678")},
    )
    email = forms.EmailField(
        label=_("E-mailadres"),
        required=False,
        max_length=254,
        widget=forms.EmailInput(attrs={"class": "mg-input", "autocomplete": "email"}),
        error_messages={"invalid": _("Vul een adres in met een @. Bijvoorbeeld: naam@voorbeeld.nl")},
    )

    def now(self, own: OwnDetails) -> dict[str, Any]:
        """Return the addresses that stand there now."""
        return {"phone": own.phone, "email": own.email}

    def clean_phone(self) -> str:
        """Keep a number by which they want answers."""
        return self._kept(ReachBy.PHONE, "phone", _("U wilt antwoord per telefoon. Kies eerst een andere manier."))

    def clean_email(self) -> str:
        """Keep an address by which they want to hear from us."""
        return self._kept(ReachBy.EMAIL, "email", _("U wilt bericht per e-mail. Kies eerst een andere manier."))

    def _kept(self, way: ReachBy, field: str, words: Any) -> str:
        given: str = self.cleaned_data[field]
        before = self.initial[field]
        if before and not given and way in (self.own.card.preferred_channel, self.own.card.notice_channel):
            raise forms.ValidationError(words)
        return given


class PreferencesForm(OwnForm):
    """How answers come, and how everything else does."""

    answers = forms.ChoiceField(label=_("Antwoord op uw vraag"), choices=ANSWERS_BY, widget=forms.RadioSelect)
    notices = forms.ChoiceField(
        label=_("Ander bericht, zoals: wij hebben uw vraag"), choices=NOTICES_BY, widget=forms.RadioSelect
    )

    afterwards = forms.BooleanField(label=_("Vraag mij na afloop hoe het ging"), required=False)

    def now(self, own: OwnDetails) -> dict[str, Any]:
        """Return the ways that are chosen now."""
        card = own.card
        return {
            "answers": card.preferred_channel,
            "notices": card.notice_channel,
            "afterwards": card.asked_afterwards,
        }

    def clean_answers(self) -> ReachBy:
        """Take only a way by which they can be reached."""
        return self._reachable("answers")

    def clean_notices(self) -> ReachBy:
        """Take only a way by which they can be reached."""
        return self._reachable("notices")

    def _reachable(self, field: str) -> ReachBy:
        way, own = ReachBy(self.cleaned_data[field]), self.own
        if not can_reach(way, email=own.email, phone=own.phone, street=own.card.street):
            raise forms.ValidationError(_LACKING[way])
        return way


class PrintForm(OwnForm):
    """Large print."""

    large = forms.BooleanField(label=_("Brieven in grote letters"), required=False)

    def now(self, own: OwnDetails) -> dict[str, Any]:
        """Return whether letters are in large print now."""
        return {"large": own.card.large_print}
