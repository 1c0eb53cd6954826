"""What only a demonstration has: choosing who to be, and the Postbus."""

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from gemeente.access import http as admit
from gemeente.channels.ports import RecipientRefused, TransportUnavailable
from gemeente.demonstration import postbus as post
from gemeente.demonstration.forms import AnswerForm, NewMailForm
from gemeente.demonstration.stories import id_of, people
from gemeente.kernel.errors import NotFound
from gemeente.kernel.http import page_number


def _demonstration(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if not settings.DEMONSTRATION:
            raise NotFound("Deze bladzijde is er alleen in een demonstratie.")
        return view(request, *args, **kwargs)

    return guarded


@admit.anyone
@require_GET
@_demonstration
def choose(request: HttpRequest) -> HttpResponse:
    """Let somebody choose who to be."""
    then = request.GET.get("then", "")
    shown = {
        "then": then if url_has_allowed_host_and_scheme(then, allowed_hosts=None) else "",
        "residents": [(f"resident:{id_of(one.key)}", one) for one in people().resident],
        "employees": [(f"employee:{one.key}", one) for one in people().employee],
    }
    return render(request, "demonstration/log_in.html", shown)


@admit.anyone
@require_GET
@_demonstration
def postbus(request: HttpRequest) -> HttpResponse:
    """Show who received how many mails; `van` sends one on to a mailbox."""
    if chosen := request.GET.get("van", ""):
        return redirect("mailbox", box=post.box(chosen).key)
    return render(request, "demonstration/postbus.html", {"residents": post.residents(), "others": post.others()})


@admit.anyone
@require_http_methods(["GET", "POST"])
@_demonstration
def mailbox(request: HttpRequest, box: str) -> HttpResponse:
    """Show what somebody received, and write to the municipality as they would."""
    owner = post.box(box)
    form = NewMailForm(request.POST or None)
    if form.is_valid() and _sent(form, owner):
        return redirect(reverse("mailbox", args=[owner.key], query={"verstuurd": "ja"}))
    return _page(request, owner, form)


@admit.anyone
@require_http_methods(["GET", "POST"])
@_demonstration
def mail(request: HttpRequest, box: str, key: str) -> HttpResponse:
    """Open a mail, and answer it as its reader would."""
    owner = post.box(box)
    opened = post.open_mail(owner, key)
    form = AnswerForm(request.POST or None)
    form.fields["text"].label = _("Antwoord zoals %(name)s zou doen") % {"name": owner.name}
    if form.is_valid() and _sent(form, owner, opened):
        return redirect(reverse("mailbox", args=[owner.key], query={"verstuurd": "ja"}))
    return _page(request, owner, form, opened)


@admit.anyone
@require_GET
@_demonstration
def source(request: HttpRequest, box: str, key: str) -> HttpResponse:
    """Show a mail as it came over the wire, as plain text."""
    return HttpResponse(post.open_mail(post.box(box), key).raw, content_type="text/plain; charset=utf-8")


def _sent(form: AnswerForm, owner: post.Box, opened: post.Opened | None = None) -> bool:
    given = form.cleaned_data
    try:
        post.write(owner, subject=given.get("subject", ""), text=given["text"], answers=opened.mail if opened else None)
    except TransportUnavailable:
        form.add_error(None, _("De mailserver antwoordt niet. Probeer het straks nog eens."))
    except RecipientRefused:
        form.add_error(None, _("De mailserver neemt geen post aan voor dit adres."))
    return form.is_valid()


def _page(request: HttpRequest, owner: post.Box, form: AnswerForm, opened: post.Opened | None = None) -> HttpResponse:
    page = page_number(request)
    lines, more = post.lines(owner, page)
    shown = {
        "owner": owner,
        "boxes": [*post.residents(), *post.others()],
        "lines": lines,
        "page": page,
        "more": more,
        "opened": opened,
        "form": form,
        "sent": request.GET.get("verstuurd") == "ja",
    }
    return render(request, "demonstration/mailbox.html", shown, status=422 if form.errors else 200)
