"""Where somebody says how it went: without logging in, and without a word that tells what it was about (V36, V72).

Mail programs and scanners open links: opening answers nothing.
"""

from http import HTTPStatus
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from gemeente.access import http as admit
from gemeente.access.http import actor_of
from gemeente.contact import commands
from gemeente.contact.follow_up_rules import WORDS_AT_MOST, HowItWent
from gemeente.contact.queries.follow_ups import follow_up_page
from gemeente.kernel.errors import Conflict, NotFound

CODE_AT_MOST = 40
_YES_NO = [("ja", _("Ja")), ("nee", _("Nee"))]
_GRADES = [
    ("1", _("1, heel slecht")),
    *((str(grade), str(grade)) for grade in range(2, 10)),
    ("10", _("10, heel goed")),
]


class HowItWentForm(forms.Form):
    """Four short questions."""

    solved = forms.ChoiceField(
        label=_("Is uw vraag opgelost?"),
        choices=_YES_NO,
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies ja of nee. Bij nee gaan wij verder.")},
    )
    grade = forms.ChoiceField(
        label=_("Welk cijfer geeft u ons?"),
        choices=_GRADES,
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies een cijfer van 1 tot 10.")},
    )
    again = forms.ChoiceField(
        label=_("Moest u uw verhaal opnieuw vertellen?"), choices=_YES_NO, required=False, widget=forms.RadioSelect
    )
    text = forms.CharField(
        label=_("Wat wilt u erover zeggen?"),
        help_text=_("Wie u hielp, leest dit. Zet er geen burgerservicenummer in."),
        required=False,
        max_length=WORDS_AT_MOST,
        widget=forms.Textarea(attrs={"rows": 4, "class": "utrecht-textarea utrecht-textarea--html-textarea"}),
        error_messages={"max_length": _("Uw tekst is te lang. Maak hem korter, of bel ons.")},
    )

    def given(self) -> HowItWent:
        """Return the answer of a valid form."""
        said = self.cleaned_data
        return HowItWent(
            grade=int(said["grade"]),
            solved=said["solved"] == "ja",
            told_again=said["again"] == "ja" if said["again"] else None,
            words=said["text"],
        )


@admit.anyone
@require_http_methods(["GET", "HEAD", "POST"])
def how_it_went(request: HttpRequest, code: str) -> HttpResponse:
    """Show the four questions to whoever has the code; a POST answers them. For a week one may answer anew."""
    try:
        page = follow_up_page(code)
        form = HowItWentForm(request.POST if request.method == "POST" else None)
        if request.method == "POST" and page.may_answer and form.is_valid():
            commands.answer_follow_up(actor=actor_of(request), code=code, given=form.given())
            return redirect("how_it_went_thanks")
    except (NotFound, Conflict) as over:
        return _page(request, {"over": over.message}, status=over.status)
    return _page(request, {"asked": page, "form": form}, status=422 if form.is_bound and form.errors else 200)


def _page(request: HttpRequest, shown: dict[str, Any], *, status: int = HTTPStatus.OK) -> HttpResponse:
    return render(request, "contact/how_it_went.html", shown, status=status)


@admit.anyone
@require_GET
def thanks(request: HttpRequest) -> HttpResponse:
    """Thank somebody: the same words for everybody, whatever they answered."""
    return render(request, "contact/how_it_went_thanks.html")


@admit.anyone
@require_GET
def enter_code(request: HttpRequest) -> HttpResponse:
    """Let somebody type the code of a letter."""
    code = "".join(request.GET.get("code", "")[:CODE_AT_MOST].replace("/", " ").split())
    return redirect("how_it_went", code=code) if code else render(request, "contact/how_it_went_code.html")
