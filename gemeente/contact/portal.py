"""The resident's edge of this room: ask, follow, reply, say that it is not solved."""

from typing import TypeVar
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gemeente.access import http as admit
from gemeente.access.http import actor_of
from gemeente.access.queries import contact_card, teams
from gemeente.access.types import Actor, ActorKind
from gemeente.channels import files
from gemeente.channels.commands import receive_message
from gemeente.channels.queries import sender_of
from gemeente.channels.types import Channel, NewMessage, Receipt, Sender
from gemeente.contact import commands
from gemeente.contact.forms import TEXT_AT_MOST, AskForm, HoldsFiles, PublicAskForm, ReplyForm
from gemeente.contact.queries import portal as queries
from gemeente.contact.queries.promises import promises_of
from gemeente.contact.queries.sent import sent_question
from gemeente.kernel.errors import NotFound
from gemeente.kernel.http import before_moment, page_number, typed

SENT = "contact.sent"

F = TypeVar("F", bound=HoldsFiles)


@admit.anyone
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """Take a question in anybody's own words. Sending the same form twice makes one question."""
    actor = actor_of(request)
    form_class = AskForm if actor.kind == ActorKind.RESIDENT else PublicAskForm
    if request.method != "POST":
        return _ask_page(request, form_class(initial={"text": request.GET.get("vraag", "")[:2000]}))
    form = form_class(request.POST, request.FILES)
    if "drop" in request.POST:
        return _ask_page(request, without_file(request, form))
    if not form.is_valid():
        return _ask_page(request, form, status=422)
    said = _message(actor, form)
    receipt, message = receive_message(actor=actor, message=said)
    if receipt == Receipt.DUPLICATE:
        commands.say_again(actor=actor, message=said, first=message)
    return redirect("sent", signed=signing.dumps(str(message), salt=SENT))


def without_file(request: HttpRequest, form: F) -> F:
    """Drop the file that somebody changed their mind about; return the form with all else as it was."""
    files.drop(form.form_token, _uuid(request.POST["drop"]))
    return type(form)(initial=request.POST.dict() | {"token": form.form_token})


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as wrong:
        raise NotFound("Dit bestand is er niet meer.") from wrong


def _ask_page(request: HttpRequest, form: AskForm, status: int = 200) -> HttpResponse:
    return render(request, "contact/ask.html", {"form": form, "here": "ask"}, status=status)


def _message(actor: Actor, form: AskForm) -> NewMessage:
    given = form.cleaned_data
    return NewMessage(
        channel=Channel.WEB,
        channel_id=str(given["token"]),
        text=given["text"],
        wish=given["wish"],
        sender=Sender(
            party=actor.party,
            name=given.get("name") or (actor.name if actor.party else ""),
            email=given.get("email", ""),
            phone=given.get("phone", ""),
            post=given.get("post", ""),
        ),
        reply_channel=given.get("via", Channel.WEB),
        held_files=given["token"],
    )


@admit.anyone
@require_http_methods(["GET", "POST"])
def sent(request: HttpRequest, signed: str) -> HttpResponse:
    """Confirm a question: what we understood, who helps, by when; and let the asker put it right (R17)."""
    message = _signed_message(signed)
    taken = commands.take_in_message(actor=actor_of(request), message=message)
    if taken.question is None:
        raise NotFound("Deze vraag is er niet.")
    page = sent_question(taken.question, by=sender_of(message))
    correction = typed(request, "text", at_most=TEXT_AT_MOST).strip()
    if request.method == "POST" and correction:
        _correct(actor_of(request), taken.question, message, correction)
        return redirect("sent", signed=signed)
    return render(request, "contact/sent.html", {"page": page, "team": teams()[page.tile.team], "here": "ask"})


def _signed_message(signed: str) -> UUID:
    try:
        return UUID(signing.loads(signed, salt=SENT, max_age=settings.SESSION_COOKIE_AGE))
    except (signing.BadSignature, ValueError) as forged:
        raise NotFound("Deze bladzijde is niet meer te zien. Uw vraag is er nog wel.") from forged


def _correct(actor: Actor, question: UUID, message: UUID, text: str) -> None:
    correction = NewMessage(
        channel=Channel.WEB,
        channel_id=f"{message}:{signing.Signer(salt=SENT).signature(text)}",
        text=text,
        sender=Sender(party=actor.party, name=actor.name),
        question=question,
    )
    _, added = receive_message(actor=actor, message=correction)
    commands.take_in_message(actor=actor, message=added)


@admit.resident
@require_GET
def questions(request: HttpRequest) -> HttpResponse:
    """List the resident's questions: the running ones, or those that are done."""
    actor = actor_of(request)
    closed = request.GET.get("klaar") == "ja"
    page = page_number(request)
    tiles, more = queries.questions_page(_party(actor), closed=closed, page=page)
    shown = {"tiles": tiles, "closed": closed, "page": page, "more": more, "here": "questions"}
    return render(request, "contact/questions.html", shown | _unread(actor))


def _party(actor: Actor) -> UUID:
    if actor.id is None:
        raise NotFound("Log eerst in.")
    return actor.id


def _unread(actor: Actor) -> dict[str, int]:
    return {"unread": queries.unread_count(_party(actor))}


@admit.resident
@require_http_methods(["GET", "POST"])
def question(request: HttpRequest, number: str) -> HttpResponse:
    """Show one question with its whole story; a POST writes on in it."""
    actor = actor_of(request)
    form = ReplyForm(request.POST or None, request.FILES or None)
    if request.method == "POST":
        found = queries.question_of(_party(actor), number)
        if "drop" in request.POST:
            return _question_page(request, actor, number, without_file(request, form))
        if form.is_valid():
            _reply(actor, found, form)
            return _written(number)
    return _question_page(request, actor, number, form)


def _written(number: str) -> HttpResponse:
    """Show the question again, saying that the message came in and what happens next (R17)."""
    return redirect(reverse("question", args=[number], query={"verstuurd": "ja"}))


def _reply(actor: Actor, found: UUID, form: ReplyForm) -> None:
    reply = NewMessage(
        channel=Channel.WEB,
        channel_id=str(form.cleaned_data["token"]),
        text=form.cleaned_data["text"],
        sender=Sender(party=actor.id, name=actor.name),
        question=found,
        held_files=form.cleaned_data["token"],
    )
    receipt, message = receive_message(actor=actor, message=reply)
    if receipt == Receipt.DUPLICATE:
        commands.say_again(actor=actor, message=reply, first=message)
    commands.take_in_message(actor=actor, message=message)


def _question_page(request: HttpRequest, actor: Actor, number: str, form: ReplyForm) -> HttpResponse:
    page = queries.question_page(_party(actor), number, before=before_moment(request))
    if page.tile.number != number and request.method == "GET":
        return redirect(reverse("question", args=[page.tile.number], query=request.GET))
    if any(item.new for item in page.timeline):
        commands.read_messages(actor=actor, question=page.thread)
    shown = {
        "page": page,
        "form": form,
        "team": teams()[page.tile.team],
        "promises": promises_of(page.tile.id),
        "person": contact_card(page.person) if page.person else None,
        "written": request.GET.get("verstuurd") == "ja",
        "here": "questions",
    }
    return render(
        request, "contact/question.html", shown | _unread(actor), status=422 if form.is_bound and form.errors else 200
    )


@admit.resident
@require_POST
def not_solved(request: HttpRequest, number: str) -> HttpResponse:
    """Open a question again: the resident says that it is not solved (V28)."""
    actor = actor_of(request)
    found = queries.question_of(_party(actor), number)
    commands.reopen_question(actor=actor, question=found, words=typed(request, "text", at_most=5000))
    return _written(number)


@admit.resident
@require_GET
def messages(request: HttpRequest) -> HttpResponse:
    """Show all that was sent and received, over all channels, in one list (R13)."""
    actor = actor_of(request)
    page = page_number(request)
    lines, more = queries.messages_page(_party(actor), page=page)
    shown = {"lines": lines, "page": page, "more": more, "here": "messages"}
    return render(request, "contact/messages.html", shown | _unread(actor))


@admit.resident
@require_GET
def document(request: HttpRequest, attachment: UUID) -> HttpResponse:
    """Hand out a file of the resident's own thread, as a download, never as a page."""
    found = files.read(attachment)
    if found is None or not queries.is_moment_of(_party(actor_of(request)), found[1]):
        raise NotFound("Dit bestand is er niet.")
    return files.as_download(found[0], found[2])
