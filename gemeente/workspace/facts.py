"""What the resident told once: keep it from a message, take it away, and note that it had to be told again (V66)."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from gemeente.contact import commands
from gemeente.contact.fact_rules import LABEL_AT_MOST
from gemeente.kernel.http import typed
from gemeente.workspace.views import HANDLE, conversation_page, deed

# More than a fact may hold, so that one that is too long is said to be, and not cut.
_WORDS_AT_MOST = 5_000


@HANDLE
@require_POST
def remember(request: HttpRequest, number: str) -> HttpResponse:
    """Keep what stands in a message beside the thread."""
    try:
        moment = UUID(request.POST.get("moment", ""))
    except ValueError:
        return conversation_page(request, number, error=_("Dit bericht is er niet."), status=422)
    return deed(
        request,
        number,
        commands.note_fact,
        moment=moment,
        words=typed(request, "words", at_most=_WORDS_AT_MOST),
        label=typed(request, "label", at_most=LABEL_AT_MOST),
        everywhere=request.POST.get("everywhere") == "ja",
    )


@HANDLE
@require_POST
def remove(request: HttpRequest, number: str, fact: UUID) -> HttpResponse:
    """Take a fact away, with a reason."""
    return deed(request, number, commands.remove_fact, fact=fact, reason=typed(request, "reason", at_most=500))


@HANDLE
@require_POST
def told_again(request: HttpRequest, number: str, fact: UUID) -> HttpResponse:
    """Note that the resident had to tell this again."""
    return deed(request, number, commands.note_told_again, fact=fact)
