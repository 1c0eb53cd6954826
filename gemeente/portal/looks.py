"""Who was in my data: the audit lines about a resident, in their own words (V78)."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_GET

from gemeente.access import http as admit
from gemeente.access.http import actor_of
from gemeente.access.types import ActorKind
from gemeente.audit.queries import look_figures, looks_at
from gemeente.audit.types import Look
from gemeente.contact.words import said
from gemeente.kernel import clock
from gemeente.kernel.http import page_number
from gemeente.kernel.words import when

COUNTED = timedelta(days=91)
MONTHS_AT_MOST = 120
_MONTH = re.compile(r"(20\d\d)-(0[1-9]|1[0-2])")

# What a deed was, for the resident whom it was about. A look says by itself what was seen.
DEEDS = {
    "accept_hand_over": gettext_noop("Uw vraag overgenomen"),
    "add_note": gettext_noop("Notitie bij uw vraag"),
    "answer_question": gettext_noop("Antwoord aan u"),
    "ask_resident": gettext_noop("Vraag aan u"),
    "ask_task": gettext_noop("Hulp van anderen bij uw vraag"),
    "assign_question": gettext_noop("Uw vraag toegewezen"),
    "reassign_question": gettext_noop("Uw vraag toegewezen"),
    "change_urgency": gettext_noop("Haast van uw vraag"),
    "close_question": gettext_noop("Uw vraag afgerond"),
    "confirm_email": gettext_noop("E-mailadres"),
    "correct_fact": gettext_noop("Wat u vertelde"),
    "escalate_hand_overs": gettext_noop("Uw vraag nagekeken"),
    "finish_task": gettext_noop("Hulp van anderen bij uw vraag"),
    "follow_question": gettext_noop("Uw vraag gevolgd"),
    "give_back_question": gettext_noop("Uw vraag teruggegeven"),
    "give_back_task": gettext_noop("Hulp van anderen bij uw vraag"),
    "hand_over_question": gettext_noop("Uw vraag doorgegeven"),
    "keep_promise": gettext_noop("Belofte aan u"),
    "make_promise": gettext_noop("Belofte aan u"),
    "merge_questions": gettext_noop("Uw vragen samengevoegd"),
    "note_broken_promises": gettext_noop("Belofte aan u"),
    "note_late_questions": gettext_noop("Uw vraag nagekeken"),
    "note_late_tasks": gettext_noop("Hulp van anderen bij uw vraag"),
    "note_fact": gettext_noop("Wat u vertelde"),
    "note_told_again": gettext_noop("Wat u opnieuw moest vertellen"),
    "receive_message": gettext_noop("Bericht van u bewaard"),
    "register_address": gettext_noop("Telefoon of e-mail"),
    "register_party": gettext_noop("Naam en adres"),
    "remind_of_promises": gettext_noop("Belofte aan u"),
    "remove_fact": gettext_noop("Wat u vertelde"),
    "save_draft": gettext_noop("Antwoord aan u, nog niet af"),
    "split_question": gettext_noop("Twee vragen gemaakt"),
    "take_back_promise": gettext_noop("Belofte aan u"),
    "take_in_message": gettext_noop("Bericht van u gelezen"),
    "take_up_question": gettext_noop("Uw vraag opgepakt"),
    "undo_merge": gettext_noop("Uw vragen uit elkaar gehaald"),
    "undo_split": gettext_noop("Uw vragen samengevoegd"),
    "withdraw_task": gettext_noop("Hulp van anderen bij uw vraag"),
    "withdraw_tasks_of_closed": gettext_noop("Hulp van anderen bij uw vraag"),
}


@dataclass(frozen=True)
class Line:
    """One look as the page shows it: who, from where, what was seen, why; and a question about it, ready to send."""

    at: datetime
    who: str
    where: str
    what: tuple[str, ...]
    why: str
    question: str


@admit.resident
@require_GET
def looks(request: HttpRequest) -> HttpResponse:
    """Show who saw or changed the resident's data, when and why; narrowed by month and department. Two statements."""
    party = actor_of(request).key
    figures = look_figures(party, since=clock.now() - COUNTED)
    month, department, page = request.GET.get("maand", ""), request.GET.get("afdeling", ""), page_number(request)
    begins, ends = span_of(month)
    found, more = looks_at(party, begins=begins, ends=ends, department=department, page=page)
    shown = {
        "lines": [line_of(look) for look in found],
        "figures": figures,
        "months": months_since(figures.first) if figures.first else [],
        "month": month,
        "department": department,
        "page": page,
        "more": more,
        "here": "own_data",
    }
    return render(request, "portal/looks.html", shown)


def span_of(month: str) -> tuple[datetime, datetime] | tuple[None, None]:
    """Return the begin of "2026-11" in Groningen and that of the month after it; nonsense is no month."""
    read = _MONTH.fullmatch(month)
    if read is None:
        return None, None
    begins = datetime(int(read[1]), int(read[2]), 1, tzinfo=clock.AMSTERDAM)
    return begins, (begins + timedelta(days=32)).replace(day=1)


def months_since(first: datetime) -> list[tuple[str, str]]:
    """Return the months from this one back to that of `first`, at most ten years, each as its value and its words."""
    month, last = clock.today().replace(day=1), first.astimezone(clock.AMSTERDAM).date().replace(day=1)
    found: list[tuple[str, str]] = []
    while month >= last and len(found) < MONTHS_AT_MOST:
        found.append((f"{month:%Y-%m}", date_format(month, "F Y")))
        month = _month_before(month)
    return found


def _month_before(month: date) -> date:
    return (month - timedelta(days=1)).replace(day=1)


def line_of(look: Look) -> Line:
    """Return a look in the resident's words."""
    who, where = _who(look)
    what = tuple(map(said, look.what)) or (_(DEEDS.get(look.action, gettext_noop("Uw gegevens"))),)
    told = {"when": when(look.at), "who": who, "what": ", ".join(what)}
    question = (
        _("Iemand zag of veranderde mijn gegevens. Waarom was dat? Het gaat om: %(who)s, %(when)s. %(what)s.") % told
    )
    why = said(look.purpose)
    return Line(look.at, who, where, what, why[:1].upper() + why[1:], question)


def _who(look: Look) -> tuple[str, str]:
    if look.actor_kind == ActorKind.SYSTEM:
        return _("Computersysteem"), said(look.actor_name)
    if look.actor_kind == ActorKind.EMPLOYEE:
        return look.actor_name, said(look.department)
    return look.actor_name or _("Iemand"), _("Niet ingelogd") if look.actor_kind == ActorKind.ANONYMOUS else _(
        "Inwoner"
    )
