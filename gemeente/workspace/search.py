"""One search for everything: residents and businesses, a question by its number, and what was said in questions."""

from datetime import datetime, time, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_http_methods

from gemeente.access import http as admit
from gemeente.access.http import actor_of
from gemeente.access.queries import teams
from gemeente.access.types import Actor, Purpose, Right
from gemeente.audit.commands import log_look
from gemeente.contact.queries.search import ELSEWHERE_AT_MOST, FoundTexts, TextFilter, is_number, search_texts
from gemeente.contact.search_rules import question_number
from gemeente.kernel.clock import AMSTERDAM
from gemeente.kernel.errors import TooMuch
from gemeente.kernel.http import typed
from gemeente.residents.queries import find_parties, party_by_bsn
from gemeente.residents.rules import read_search
from gemeente.residents.types import FoundBy, FoundParty
from gemeente.workspace.forms import STATES, NoteForm, PurposeForm, SearchForm, asked
from gemeente.workspace.purpose import choose_for_work, working_purpose

FIND = admit.employee(Right.FIND_RESIDENT)
WHY = {
    FoundBy.NAME: _("De naam klopt"),
    FoundBy.SIMILAR: _("De naam lijkt erop"),
    FoundBy.ADDRESS: _("Postcode en huisnummer"),
    FoundBy.POSTCODE: _("Postcode"),
    FoundBy.BIRTH_DATE: _("Geboortedatum"),
    FoundBy.PHONE: _("Telefoonnummer"),
    FoundBy.BSN: _("Burgerservicenummer"),
}


@FIND
@require_http_methods(["GET", "POST"])
def search(request: HttpRequest) -> HttpResponse:
    """Find by words, numbers and filters, page by page. All comes by POST only; a question's number opens that question."""
    form = SearchForm(request.POST or None, initial={"purpose": working_purpose(request)})
    shown: dict[str, Any] = {"form": form, "found": None, "purpose": PurposeForm(), "here": "find"}
    if request.method == "POST" and form.is_valid():
        number = question_number(form.cleaned_data["q"])
        if number and is_number(number):
            return redirect("conversation", number=number)
        shown |= _everything(request, form) | {"no_number": number}
    return render(request, "workspace/search.html", shown)


def _everything(request: HttpRequest, form: SearchForm) -> dict[str, Any]:
    """Return whom and what a search finds. Texts open only to who said why they look; later pages hold texts only."""
    if form.cleaned_data["purpose"]:
        choose_for_work(request, form.cleaned_data["purpose"])
    why = working_purpose(request)
    in_texts = _asks_texts(form)
    after = typed(request, "after", at_most=100)
    people = find(actor_of(request), form, purpose=why or Purpose.TAKE_IN, texts=bool(in_texts and why))
    shown: dict[str, Any] = {"found": [] if after else [(WHY[one.by], one) for one in people], "later": bool(after)}
    if not in_texts or not why:
        return shown | {"needs_purpose": in_texts}
    try:
        # Words that are somebody's name are whole.
        texts = search_texts(
            actor_of(request), form.cleaned_data["q"], narrow=_narrow(form.cleaned_data), after=after, begins=not people
        )
    except TooMuch as refused:
        return shown | {"trouble": refused.message}
    return shown | _texts_shown(texts)


def _texts_shown(texts: FoundTexts) -> dict[str, Any]:
    named, states = teams(), dict(STATES)
    lines = [(one, named[one.team].name, states[one.state]) for one in texts.items]
    return {"texts": texts, "lines": lines, "many_elsewhere": texts.elsewhere == ELSEWHERE_AT_MOST}


def find(
    actor: Actor, form: SearchForm | NoteForm, *, purpose: str = Purpose.TAKE_IN, texts: bool = False
) -> list[FoundParty]:
    """Return whom a search finds; that somebody searched is logged, with the texts when those too, the words are not."""
    log_look(
        actor=actor,
        action="find_resident",
        purpose=purpose,
        subject=None,
        object_id=None,
        what=(gettext_noop("Naam en adres"), gettext_noop("Uw vraag")) if texts else (gettext_noop("Naam en adres"),),
    )
    if form.cleaned_data.get("bsn"):
        one = party_by_bsn(form.cleaned_data["bsn"].strip().zfill(9))
        return [FoundParty(card=one, by=FoundBy.BSN)] if one else []
    return find_parties(**asked(form))


def _asks_texts(form: SearchForm) -> bool:
    """Tell whether there are words to look for in texts: who gives a BSN, a phone number or a birth date looks for somebody."""
    given = form.cleaned_data
    read = read_search(given["q"])
    points = (given["bsn"], given["phone"], given["birth_date"], read.bsn, read.phone, read.birth_date)
    return bool(given["q"].strip()) and not any(points) and not question_number(given["q"])


def _narrow(given: dict[str, Any]) -> TextFilter:
    since, until = given["since"], given["until"]
    return TextFilter(
        team=given["team"],
        product=given["product"],
        channel=given["channel"],
        state=given["state"],
        since=datetime.combine(since, time(), AMSTERDAM) if since else None,
        before=datetime.combine(until + timedelta(days=1), time(), AMSTERDAM) if until else None,
    )
