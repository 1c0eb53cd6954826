"""Note a phone call, a desk visit or a letter, and open residents."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_http_methods, require_POST

from gemeente.access import http as admit
from gemeente.access.http import actor_of
from gemeente.access.types import Actor, Right
from gemeente.audit.commands import log_look
from gemeente.channels.commands import receive_message
from gemeente.channels.types import Channel, NewMessage, Receipt, Sender
from gemeente.contact import commands
from gemeente.contact.queries import workspace as contact
from gemeente.contact.queries.picture import picture
from gemeente.contact.types import Urgency
from gemeente.contact.understanding import understand
from gemeente.contact.words import said
from gemeente.kernel.errors import NotFound
from gemeente.residents.queries import party_card, party_with_addresses
from gemeente.residents.types import PartyCard
from gemeente.workspace.forms import NoteForm
from gemeente.workspace.purpose import choose_for_party, choose_for_work, purpose_for_party
from gemeente.workspace.search import FIND, find

TAKE_IN = admit.employee(Right.TAKE_IN_CONTACT)


@FIND
@require_POST
def open_resident(request: HttpRequest, party: UUID) -> HttpResponse:
    """Choose for what these data are opened, and open them."""
    choose_for_party(request, party, request.POST.get("purpose", ""))
    return redirect("resident", party=party)


@FIND
def resident(request: HttpRequest, party: UUID) -> HttpResponse:
    """Show the picture of one resident, for the purpose that was chosen. Refused and logged without one."""
    why = purpose_for_party(request, party)
    known = party_with_addresses(party)
    if known is None:
        raise NotFound("Deze inwoner is er niet.")
    log_look(
        actor=actor_of(request),
        action="open_resident",
        purpose=why,
        subject=party,
        object_id=None,
        what=(gettext_noop("Naam en adres"), gettext_noop("Lopende vragen")),
    )
    shown = {
        "card": known[0],
        "addresses": known[1],
        "tiles": contact.questions_of(party, limit=20),
        "purpose": why,
        "here": "find",
    }
    return render(request, "workspace/resident.html", shown)


@FIND
def resident_picture(request: HttpRequest, party: UUID) -> HttpResponse:
    """Return the whole picture as JSON, for the purpose that was chosen."""
    why = purpose_for_party(request, party)
    return HttpResponse(picture(actor=actor_of(request), party=party, purpose=why), content_type="application/json")


@TAKE_IN
@require_http_methods(["GET", "POST"])
def note_contact(request: HttpRequest) -> HttpResponse:
    """Note a conversation within one screen: find who it is, write what they ask, say where it belongs. Nothing typed is lost."""
    if request.method == "GET":
        return _note_page(request, NoteForm(initial={"channel": request.GET.get("kanaal", Channel.PHONE)}))
    form = NoteForm(request.POST)
    valid = form.is_valid()
    if request.POST.get("do") == "find":
        form.errors.pop("text", None)
        return _note_page(
            request, form, found=[one.card for one in find(actor_of(request), form)] if not form.errors else []
        )
    for field, complaint in _complaints(form.cleaned_data) if valid else ():
        form.add_error(field, complaint)
    return _note_page(request, form, status=422) if form.errors else _save(request, form)


def _note_page(
    request: HttpRequest, form: NoteForm, *, found: list[PartyCard] | None = None, status: int = 200
) -> HttpResponse:
    given = form.cleaned_data if form.is_bound else {}
    party = given.get("party") if given.get("purpose") else None
    text = given.get("text", "")
    shown: dict[str, Any] = {
        "form": form,
        "found": found,
        "chosen": _chosen(request, party, given["purpose"]) if party else None,
        "open_questions": [tile for tile in contact.questions_of(party) if not tile.closed_at] if party else [],
        "understood": understand(text) if text.strip() else None,
        "here": "note",
    }
    return render(request, "workspace/note.html", shown, status=status)


def _chosen(request: HttpRequest, party: UUID, purpose: str) -> PartyCard | None:
    choose_for_party(request, party, purpose)
    log_look(
        actor=actor_of(request),
        action="open_resident",
        purpose=purpose,
        subject=party,
        object_id=None,
        what=(gettext_noop("Naam en adres"), gettext_noop("Lopende vragen")),
    )
    return party_card(party)


def _save(request: HttpRequest, form: NoteForm) -> HttpResponse:
    actor, given = actor_of(request), form.cleaned_data
    noted = _message(actor, given)
    receipt, message = receive_message(actor=actor, message=noted)
    if receipt == Receipt.DUPLICATE:
        commands.say_again(actor=actor, message=noted, first=message)
    taken = commands.take_in_message(actor=actor, message=message)
    if taken.question is None:
        raise NotFound("Deze vraag is er niet.")
    number = contact.number_of(taken.question)
    if request.POST.get("do") == "take" and contact.may_open(actor, taken.question):
        choose_for_work(request, given["purpose"])
        commands.take_up_question(actor=actor, question=taken.question)
        return redirect("conversation", number=number)
    return redirect(f"/werk/gesprek/klaar/{number}/")


def _complaints(given: dict[str, Any]) -> Iterator[tuple[str | None, str]]:
    """Yield what keeps a note from being saved, with the field that it is about."""
    party, question = given["party"], given["question"]
    if party and not party_card(party):
        yield None, _("Deze inwoner is er niet. Zoek opnieuw.")
    if question and not (party and contact.is_question_of(party, question)):
        yield None, _("Deze vraag is niet van deze inwoner. Kies de inwoner en de vraag opnieuw.")
    suggested = understand(given["text"]).urgency.urgency
    lowered = given["urgency"] and Urgency(given["urgency"]).rank < suggested.rank
    if lowered and not given["urgency_reason"].strip():
        words = _("Wij stellen “%(urgency)s” voor. Zet u het lager? Schrijf erbij waarom.")
        yield "urgency_reason", words % {"urgency": said(suggested)}


def _message(actor: Actor, given: dict[str, Any]) -> NewMessage:
    message = NewMessage(
        channel=Channel(given["channel"]),
        channel_id=str(given["token"]),
        text=given["text"],
        wish=given["wish"],
        sender=Sender(
            party=given["party"], name=given["name"], email=given["email"], phone=given["phone"], post=given["post"]
        ),
        question=given["question"],
        reply_channel=given["reply"],
        taken_by=actor.id,
        urgency=given["urgency"],
        urgency_reason=given["urgency_reason"],
        product=given["product"],
        team=given["team"],
    )
    card = party_card(given["party"]) if given["party"] else None
    return replace(message, sender=replace(message.sender, name=card.name.full)) if card else message


@TAKE_IN
def noted(request: HttpRequest, number: str) -> HttpResponse:
    """Say to the employee what they can tell the resident at once: the number, who helps, by when."""
    return render(request, "workspace/noted.html", {"told": contact.told(actor_of(request), number), "here": "note"})
