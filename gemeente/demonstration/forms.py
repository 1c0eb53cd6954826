"""What one writes in the Postbus, as somebody else."""

from django import forms
from django.utils.translation import gettext_lazy as _

TEXT_AT_MOST = 20_000


class AnswerForm(forms.Form):
    """An answer to a mail."""

    text = forms.CharField(
        label=_("Uw tekst"),
        max_length=TEXT_AT_MOST,
        widget=forms.Textarea(attrs={"rows": 4, "class": "utrecht-textarea utrecht-textarea--html-textarea"}),
        error_messages={
            "required": _("Schrijf een tekst. Een paar woorden is genoeg."),
            "max_length": _("Uw tekst is te lang. Maak de tekst korter."),
        },
    )


class NewMailForm(AnswerForm):
    """A mail that begins something new."""

    field_order = ["subject", "text"]

    subject = forms.CharField(
        label=_("Onderwerp"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"class": "mg-input"}),
    )
