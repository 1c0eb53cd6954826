"""What a resident fills in: as little as possible, and nothing that we know already (V35)."""

from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from gemeente.channels import files
from gemeente.channels.types import AttachmentCard, Channel
from gemeente.kernel.errors import DomainError

TEXT_AT_MOST = 20_000


class ManyFiles(forms.ClearableFileInput):
    """A file field with which one can choose several at once."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files; the form checks each by its content."""

    widget = ManyFiles

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """Return what was chosen as a list."""
        return [one for one in (data if isinstance(data, list) else [data]) if one]


class HoldsFiles(forms.Form):
    """A form with files that are kept from the first try on, under the form's own token.

    The token also makes the form one message, however often it is sent (double click, back button, two tabs).
    """

    token = forms.UUIDField(widget=forms.HiddenInput)
    documents = FilesField(
        label=_("Foto’s of documenten"),
        help_text=_("Foto of pdf. Samen niet groter dan 20 MB."),
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        initial = kwargs.setdefault("initial", {})
        self.begun = "token" in initial
        initial.setdefault("token", uuid4())
        super().__init__(*args, **kwargs)

    @property
    def form_token(self) -> UUID:
        """Return the token of this form: the one it came with, or a new one."""
        try:
            return UUID(str(self["token"].value()))
        except ValueError:
            return uuid4()

    @cached_property
    def held(self) -> list[AttachmentCard]:
        """Return the files that are kept for this form; one that nobody sent yet has none. At most one statement."""
        return files.held(self.form_token) if self.is_bound or self.begun else []

    def clean_documents(self) -> None:
        """Keep each good file; say of each other one what is wrong with it."""
        for chosen in self.cleaned_data["documents"]:
            try:
                files.hold(self.form_token, files.check_file(chosen.name, chosen.read(files.TOGETHER_AT_MOST + 1)))
            except DomainError as refused:
                self.add_error("documents", refused.message)


class AskForm(HoldsFiles):
    """A question in one's own words; first the question, then who asks."""

    field_order = ["token", "text", "wish", "documents", "via", "email", "name", "phone", "post"]

    text = forms.CharField(
        label=_("Wat is uw vraag?"),
        help_text=_("Zet er geen burgerservicenummer of wachtwoord in."),
        max_length=TEXT_AT_MOST,
        widget=forms.Textarea(attrs={"rows": 5, "class": "utrecht-textarea utrecht-textarea--html-textarea"}),
        error_messages={
            "required": _("Schrijf uw vraag op. Een paar woorden is genoeg."),
            "max_length": _("Uw tekst is te lang. Stuur het eerste deel, en de rest als document."),
        },
    )
    wish = forms.CharField(
        label=_("Wat wilt u het liefst dat er gebeurt?"),
        required=False,
        max_length=1000,
        widget=forms.TextInput(attrs={"class": "mg-input"}),
    )


class PublicAskForm(AskForm):
    """The same, for somebody who is not logged in: how can we answer?"""

    via = forms.ChoiceField(
        label=_("Hoe wilt u antwoord krijgen?"),
        choices=[(Channel.EMAIL, _("E-mail")), (Channel.PHONE, _("Telefoon")), (Channel.LETTER, _("Brief"))],
        initial=Channel.EMAIL,
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies hoe u antwoord wilt krijgen.")},
    )
    email = forms.EmailField(
        label=_("Uw e-mailadres"),
        required=False,
        widget=forms.EmailInput(attrs={"class": "mg-input", "autocomplete": "email"}),
        error_messages={"invalid": _("Vul een adres in met een @. Bijvoorbeeld: naam@voorbeeld.nl")},
    )
    name = forms.CharField(
        label=_("Uw naam"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"class": "mg-input", "autocomplete": "name"}),
    )
    phone = forms.RegexField(
        r"^[+0-9 ()-]{8,25}$",
        label=_("Uw telefoonnummer"),
        required=False,
        widget=forms.TextInput(attrs={"class": "mg-input", "autocomplete": "tel", "type": "tel"}),
        error_messages={"invalid": _("Vul een telefoonnummer in met alleen cijfers. Bijvoorbeeld: 06 12345678")},
    )
    post = forms.CharField(
        label=_("Uw adres, voor een brief"),
        required=False,
        max_length=300,
        widget=forms.TextInput(attrs={"class": "mg-input", "autocomplete": "street-address"}),
    )

    def clean(self) -> dict[str, Any]:
        """Check that we can answer by the chosen channel."""
        given = super().clean() or {}
        needed = {
            Channel.EMAIL: ("email", _("Vul uw e-mailadres in. Dan kunnen wij antwoorden.")),
            Channel.PHONE: ("phone", _("Vul uw telefoonnummer in. Dan kunnen wij u bellen.")),
            Channel.LETTER: ("post", _("Vul uw adres in. Dan kunnen wij u schrijven.")),
        }
        if given.get("via") in needed:
            field, words = needed[given["via"]]
            if not given.get(field) and field not in self.errors:
                self.add_error(field, words)
        return given


class ReplyForm(HoldsFiles):
    """Write on in a thread."""

    field_order = ["token", "text", "documents"]

    text = forms.CharField(
        label=_("Uw bericht"),
        max_length=TEXT_AT_MOST,
        widget=forms.Textarea(attrs={"rows": 4, "class": "utrecht-textarea utrecht-textarea--html-textarea"}),
        error_messages={"required": _("Schrijf uw bericht. Een paar woorden is genoeg.")},
    )
