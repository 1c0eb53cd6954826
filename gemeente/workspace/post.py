"""The tray with letters: what waits to be printed and posted, for who chose paper (V82)."""

from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_GET, require_POST

from gemeente.access import http as admit
from gemeente.access.http import actor_of
from gemeente.access.types import Purpose, Right
from gemeente.audit.commands import log_look
from gemeente.channels import files, paper
from gemeente.channels.commands import post_letters
from gemeente.channels.queries import LETTERS_A_PAGE, letters_waiting, waiting_letters
from gemeente.channels.types import PaperLetter, TrayLetter
from gemeente.kernel.errors import DomainError, NotFound
from gemeente.kernel.http import page_number
from gemeente.kernel.words import day

POST = admit.employee(Right.SEND_POST)


@POST
@require_GET
def tray(request: HttpRequest) -> HttpResponse:
    """Show the letters that wait, the oldest first."""
    return _tray_page(request)


def _tray_page(request: HttpRequest, *, error: str = "", status: int = 200) -> HttpResponse:
    page = page_number(request)
    letters, more = letters_waiting(page=page)
    shown = {"letters": letters, "more": more, "page": page, "error": error, "here": "post"}
    return render(request, "workspace/post.html", shown, status=status)


@POST
@require_POST
def deal(request: HttpRequest) -> HttpResponse:
    """Make a PDF of the chosen letters, or note that they were posted."""
    letters = waiting_letters(_chosen(request))
    try:
        if not letters:
            raise DomainError(_("Kies eerst een brief. Misschien deed een collega deze al op de post."))
        if request.POST.get("do") == "posted":
            post_letters(actor=actor_of(request), letters=[letter.id for letter in letters])
            return redirect("post")
        return _printed(request, letters)
    except DomainError as refused:
        return _tray_page(request, error=refused.message, status=refused.status)


def _chosen(request: HttpRequest) -> list[UUID]:
    try:
        return [UUID(key) for key in request.POST.getlist("letter")[:LETTERS_A_PAGE]]
    except ValueError as wrong:
        raise NotFound(_("Deze brief is er niet.")) from wrong


def _printed(request: HttpRequest, letters: list[TrayLetter]) -> HttpResponse:
    for letter in letters:
        log_look(
            actor=actor_of(request),
            action="print_letter",
            purpose=Purpose.PROCESS_MESSAGE,
            subject=letter.party,
            object_id=letter.id,
            what=(gettext_noop("Brief"),),
        )
    answer = HttpResponse(paper.as_pdf([_on_paper(letter) for letter in letters]), content_type="application/pdf")
    answer["Content-Disposition"] = 'attachment; filename="brieven.pdf"'
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def _on_paper(letter: TrayLetter) -> PaperLetter:
    """Return a letter as it is printed, dated on the day on which it was written, in its own language."""
    with translation.override(letter.language):
        enclosed = [_("Bijlage: %(name)s") % {"name": one.name} for one in letter.files]
        return PaperLetter(
            to_name=letter.to_name,
            to_lines=tuple(line.strip() for line in letter.to_address.replace("\n", ",").split(",") if line.strip()),
            written_on=day(letter.queued_at),
            subject=letter.subject,
            text="\n".join([letter.text, *([""] if enclosed else []), *enclosed]),
            language=letter.language,
            large=letter.large,
            sender=f"{settings.MUNICIPALITY}, {settings.POST_ADDRESS}, {settings.PHONE}",
        )


@POST
@require_GET
def enclosure(request: HttpRequest, letter: UUID, attachment: UUID) -> HttpResponse:
    """Hand out what goes in the envelope with a letter that waits; logged."""
    held = next(iter(waiting_letters([letter])), None)
    read = files.read(attachment) if held and attachment in {one.id for one in held.files} else None
    if held is None or read is None:
        raise NotFound(_("Dit bestand is er niet."))
    log_look(
        actor=actor_of(request),
        action="open_document",
        purpose=Purpose.PROCESS_MESSAGE,
        subject=held.party,
        object_id=attachment,
        what=(gettext_noop("Document"),),
    )
    return files.as_download(read[0], read[2])
