"""The workspace: the queue, a conversation with the resident beside it, and everything one does there."""

from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gemeente.access import http as admit
from gemeente.access.http import actor_of
from gemeente.access.queries import teams
from gemeente.access.types import Right
from gemeente.audit.commands import log_look
from gemeente.channels import files
from gemeente.channels.types import Channel
from gemeente.contact import commands
from gemeente.contact.commands.answer import DRAFT_AT_MOST
from gemeente.contact.fact_rules import AlreadyTold, Knowing
from gemeente.contact.portal import without_file
from gemeente.contact.queries import workspace as queries
from gemeente.contact.queries.for_me import for_me
from gemeente.contact.queries.one_voice import Heard
from gemeente.contact.queries.queue import queue_of
from gemeente.contact.queries.workspace import Conversation
from gemeente.contact.types import FactCard, NewPromise, Outcome, Urgency
from gemeente.kernel.errors import Conflict, DomainError, NotFound
from gemeente.kernel.http import before_moment, page_number, typed
from gemeente.products.queries import catalogue
from gemeente.residents.queries import party_card, party_with_addresses
from gemeente.workspace.choice import chosen_in, query_of
from gemeente.workspace.forms import AnswerForm, CloseForm, PromiseForm, PurposeForm, UrgencyForm
from gemeente.workspace.found import Offer, offer
from gemeente.workspace.groups import queue_lists
from gemeente.workspace.one_voice import HeardBefore, require_seen
from gemeente.workspace.purpose import choose_for_work, purpose_for_work, working_purpose
from gemeente.workspace.snippets import filled, snippets
from gemeente.workspace.task_panel import lines_of, panel

HANDLE = admit.employee(Right.HANDLE_QUESTION)
ROWS = ("mine", "team", "followed")
ASKS = {"ask": Knowing.NOT_SEEN, "ask_again": Knowing.AGAIN, "ask_other": Knowing.OTHER}
WHAT = (gettext_noop("Uw vraag"), gettext_noop("Naam en adres"))


def _row(request: HttpRequest) -> str:
    kept = str(request.session.get("row", "team"))
    asked = request.GET.get("rij", kept)
    row = asked if asked in ROWS else "team"
    if row != kept:
        request.session["row"] = row
    return row


def _queue(request: HttpRequest, here: str = "") -> dict[str, Any]:
    actor = actor_of(request)
    row, page, choice = _row(request), page_number(request), chosen_in(request)
    found = queue_of(actor, row=row, page=page, choice=choice)
    return lines_of(found.tasks) | {
        "groups": queue_lists(found.items, here),
        "row": row,
        "counts": found.counts,
        "page": page,
        "more": found.more,
        "here_number": here,
        "also": query_of(choice),
    }


@HANDLE
@require_GET
def queue(request: HttpRequest) -> HttpResponse:
    """Show the queue, by date: late, today, later."""
    mentions, kept = for_me(actor_of(request))
    beside = {
        "mentions": mentions,
        "kept": [(one.id, one.name, query_of(one.choice)) for one in kept],
        "nothing": "niets" in request.GET,
    }
    return render(request, "workspace/queue.html", _queue(request) | beside | {"here": "work"})


@HANDLE
@require_http_methods(["GET", "POST"])
def purpose(request: HttpRequest) -> HttpResponse:
    """Let an employee choose for what they open questions, before the first one opens."""
    then = request.POST.get("then") or request.GET.get("then") or "/werk/"
    if request.method == "POST":
        choose_for_work(request, request.POST.get("purpose", ""))
        return redirect(then if then.startswith("/werk/") else "/werk/")
    return render(request, "workspace/purpose.html", {"form": PurposeForm(), "then": then, "here": "work"})


@HANDLE
@require_GET
def conversation(request: HttpRequest, number: str) -> HttpResponse:
    """Show one question with its whole thread; each look is logged with its purpose, and the resident can read that."""
    return conversation_page(request, number) if working_purpose(request) else choose_first(request)


def choose_first(request: HttpRequest) -> HttpResponse:
    """Send an employee to choose a purpose, and back here afterwards."""
    return redirect(f"/werk/doel/?{urlencode({'then': request.path})}")


def look(request: HttpRequest, found: Conversation, action: str, what: tuple[str, ...] = WHAT) -> None:
    """Log that this employee looks at a question, for the purpose that they chose; to each resident whose words stand in it."""
    for subject in (found.party, *found.also_of):
        log_look(
            actor=actor_of(request),
            action=action,
            purpose=purpose_for_work(request),
            subject=subject,
            object_id=found.tile.id,
            what=what,
        )


def conversation_page(
    request: HttpRequest,
    number: str,
    *,
    written: AnswerForm | None = None,
    offered: Offer | None = None,
    told: tuple[FactCard, ...] = (),
    error: str = "",
    status: int = 200,
    more: dict[str, Any] | None = None,
) -> HttpResponse:
    """Show a question with its thread, what somebody was writing, and what went wrong; the look is logged.

    `more` is what a form on it shows besides, in place of what stands there by itself.
    """
    actor = actor_of(request)
    found = queries.conversation(actor, number, before=before_moment(request))
    if found.tile.number != number and request.method == "GET":
        return redirect("conversation", number=found.tile.number)
    look(request, found, "open_question")
    composer = {"answer": _composer(found, written), "offered": offered, "error": error, "told": told}
    shown = (
        _queue(request, number)
        | _beside(found)
        | panel(actor, found)
        | _standing(request, found)
        | composer
        | (more or {})
    )
    return render(request, "workspace/conversation.html", shown, status=status)


def _standing(request: HttpRequest, found: Conversation) -> dict[str, Any]:
    """Return what a conversation shows around its thread."""
    return {
        "talk": found,
        "here_number": found.tile.number,
        "team": teams()[found.tile.team],
        "product": catalogue()[found.product],
        "urgency": UrgencyForm(initial={"to": found.tile.urgency}),
        "snippets": list(snippets().values()),
        "promises": found.promises,
        "promise": PromiseForm(),
        "purpose": working_purpose(request),
        "mine": found.handler == actor_of(request).id,
        "handed": found.handed,
        "here": "work",
    }


def _composer(found: Conversation, written: AnswerForm | None) -> AnswerForm:
    """Return the composer, on the question as it is now, with what was written and chosen."""
    kept = {"text": found.draft, "via": found.reply_channel}
    if written:
        kept = {name: written[name].value() for name in ("text", "via", "needs")} | {"token": written.form_token}
    return AnswerForm(initial=kept | {"seen": found.version})


def _beside(found: Conversation) -> dict[str, Any]:
    if found.party is None:
        return {"card": None, "addresses": [], "others": []}
    others = [tile for tile in queries.questions_of(found.party) if tile.id != found.tile.id]
    card, addresses = party_with_addresses(found.party) or (None, [])
    return {"card": card, "addresses": addresses, "others": others}


@HANDLE
@require_POST
def answer(request: HttpRequest, number: str) -> HttpResponse:
    """Do what the composer was asked: send, ask the resident, keep a draft, or put a snippet in. Text is always kept."""
    actor = actor_of(request)
    found = queries.conversation(actor, number)
    text = typed(request, "text", at_most=DRAFT_AT_MOST)
    told: tuple[FactCard, ...] = ()
    do = request.POST.get("do", "send")
    if do in ("draft", "snippet"):
        if do == "snippet":
            text = _with_snippet(request, found, text)
        commands.save_draft(actor=actor, question=found.tile.id, text=text)
        return redirect(f"/werk/vraag/{number}/#antwoord")
    form = AnswerForm(request.POST, request.FILES)
    if "drop" in request.POST:
        return conversation_page(request, number, written=without_file(request, form))
    offered = offer(text, recorded=found.promises, sent=request.POST)
    heard: dict[str, Any] = {}
    try:
        if not form.is_valid():
            raise DomainError(_why(form))
        given = form.cleaned_data
        seen_first = require_seen(request, found, given["text"], via=given["via"], version=given["seen"])
        if not offered.must_show:
            _send(request, found, form, do, offered.promises(), seen_first)
            return redirect(f"/werk/vraag/{number}/")
        error, status = "", 422 if offered.chosen_before else 200
    except HeardBefore as before:
        error, status, heard = "", before.status, {"heard": before.heard, "send_as": do}
    except DomainError as refused:
        told = refused.facts if isinstance(refused, AlreadyTold) else ()
        error, status = "" if told else refused.message, refused.status
    commands.save_draft(actor=actor, question=found.tile.id, text=text)
    return conversation_page(
        request, number, written=form, offered=offered, told=told, error=error, status=status, more=heard
    )


def _why(form: AnswerForm) -> str:
    if "text" in form.errors:
        return _("Uw antwoord is te lang. Maak het korter.")
    return str(form.errors["documents"][0]) if "documents" in form.errors else _("Kies hoe u antwoordt.")


def _with_snippet(request: HttpRequest, found: Conversation, text: str) -> str:
    card = party_card(found.party) if found.party else None
    name = card.name.polite if card else found.asker_name
    piece = filled(request.POST.get("snippet", ""), name=name, author=actor_of(request).name, number=found.tile.number)
    return f"{text.rstrip()}\n\n{piece}".lstrip()


def _send(
    request: HttpRequest,
    found: Conversation,
    form: AnswerForm,
    do: str,
    promises: tuple[NewPromise, ...],
    seen_first: UUID | None,
) -> None:
    given = form.cleaned_data
    said = {
        "actor": actor_of(request),
        "question": found.tile.id,
        "text": given["text"],
        "via": Channel(given["via"]),
        "seen_version": given["seen"],
        "held_files": given["token"],
        "promises": promises,
        "seen_first": seen_first,
    }
    if do in ASKS:
        commands.ask_resident(**said, needs=given["needs"], knowing=ASKS[do])
    else:
        commands.answer_question(**said)


def deed(request: HttpRequest, number: str, do: Any, **given: Any) -> HttpResponse:
    """Do something to a question, and show it again, with what went wrong if anything did."""
    found = queries.conversation(actor_of(request), number)
    try:
        do(actor=actor_of(request), question=found.tile.id, **given)
    except Conflict as conflict:
        return conversation_page(request, number, error=conflict.message, status=409)
    except DomainError as refused:
        return conversation_page(request, number, error=refused.message, status=refused.status)
    return redirect(f"/werk/vraag/{number}/")


@HANDLE
@require_POST
def take_up(request: HttpRequest, number: str) -> HttpResponse:
    """Become the one who helps this resident."""
    return deed(request, number, commands.take_up_question)


@HANDLE
@require_POST
def note(request: HttpRequest, number: str) -> HttpResponse:
    """Write something for colleagues."""
    return deed(request, number, commands.add_note, text=typed(request, "text", at_most=20_000))


@HANDLE
@require_POST
def urgency(request: HttpRequest, number: str) -> HttpResponse:
    """Raise the urgency, or lower it with a reason."""
    form = UrgencyForm(request.POST)
    if not form.is_valid():
        return conversation_page(request, number, error=_("Kies hoe dringend het is."), status=422)
    to, reason = Urgency(form.cleaned_data["to"]), form.cleaned_data["reason"]
    return deed(request, number, commands.change_urgency, to=to, reason=reason)


@HANDLE
@require_http_methods(["GET", "POST"])
def close(request: HttpRequest, number: str) -> HttpResponse:
    """End a question with an outcome in words (V28)."""
    if request.method == "GET" and not working_purpose(request):
        return choose_first(request)
    actor = actor_of(request)
    found = queries.conversation(actor, number)
    form = CloseForm(request.POST or None, initial={"via": found.reply_channel, "seen": found.version})
    heard: list[Heard] = []
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            commands.close_question(
                actor=actor,
                question=found.tile.id,
                outcome=Outcome(given["outcome"]),
                words=given["text"],
                via=Channel(given["via"]),
                seen_version=given["seen"],
                seen_first=require_seen(request, found, given["text"], via=given["via"], version=given["seen"]),
            )
            return redirect("queue")
        except HeardBefore as before:
            heard = before.heard
        except DomainError as refused:
            form.add_error(None, refused.message)
    look(request, found, "open_question")
    shown = {"talk": found, "form": form, "heard": heard, "here": "work"}
    status = HTTPStatus.CONFLICT if heard else 422 if form.errors else 200
    return render(request, "workspace/close.html", shown, status=status)


@HANDLE
@require_GET
def document(request: HttpRequest, number: str, attachment: UUID) -> HttpResponse:
    """Hand out a file of a question that this employee may read, as a download; logged."""
    if not working_purpose(request):
        return choose_first(request)
    found = queries.conversation(actor_of(request), number)
    held = files.read(attachment)
    if held is None or held[1] is None or not queries.is_moment_in(found.tile.id, held[1]):
        raise NotFound("Dit bestand is er niet.")
    look(request, found, "open_document", (gettext_noop("Document"),))
    return files.as_download(held[0], held[2])
