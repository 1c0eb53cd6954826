"""The edges' common part: trace ids, and errors as a page or as problem+json."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import msgspec
from csp.constants import HEADER
from csp.utils import build_policy
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.shortcuts import render
from django.utils import translation
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _

from gemeente.kernel import trace
from gemeente.kernel.errors import DomainError, NotFound, TooLarge

_HEADINGS = {
    403: _("Dit mag u niet bekijken"),
    404: _("Deze bladzijde is er niet"),
    409: _("Er is intussen iets veranderd"),
    429: _("Even rustig aan"),
}

GetResponse = Callable[[HttpRequest], HttpResponse]


class TraceMiddleware:
    """Starts a trace for each request, and says its id in the answer."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        trace_id = trace.start(request.headers.get("traceparent", ""))
        response = self.get_response(request)
        response["X-Trace-Id"] = trace_id
        response.headers.setdefault("Cache-Control", "no-store")
        return response


class PolicyMiddleware:
    """Says on each answer what a page may load: one policy for all pages, put together once and not for each of them."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response
        self.policy = build_policy()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault(HEADER, self.policy)
        return response


class CompressedFilesMiddleware(GZipMiddleware):
    """Sends our own style sheets and scripts compressed. Pages are not: what others typed stands there beside tokens (BREACH)."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Compress a style sheet or a script; a font is compressed already."""
        if not (request.path.startswith(settings.STATIC_URL) and request.path.endswith((".css", ".js"))):
            return response
        return super().process_response(request, response)


class BoundsMiddleware:
    """Refuses, before anything is read, a request larger than any form of ours, and an address that no database can look up."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        size = request.META.get("CONTENT_LENGTH") or "0"
        if not size.isdecimal() or int(size[:20]) > settings.REQUEST_AT_MOST:
            return _in_their_language(
                request, lambda: TooLarge("Uw bestanden zijn samen groter dan 20 MB. Ga terug en kies er minder.")
            )
        if "\0" in request.get_full_path() or "%00" in request.get_full_path():
            return _in_their_language(request, lambda: NotFound("Dit adres klopt niet."))
        return self.get_response(request)


def _in_their_language(request: HttpRequest, error: Callable[[], DomainError]) -> HttpResponse:
    # Too early for a choice that we keep for somebody: their cookie and their browser tell the language.
    with translation.override(translation.get_language_from_request(request)):
        return error_response(request, error())


class DomainErrorMiddleware:
    """Turns a DomainError into what the asker can read: a page in plain Dutch, or problem+json (RFC 9457)."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Answer a DomainError; leave everything else to the error page for faults of ours."""
        return error_response(request, error) if isinstance(error, DomainError) else None


def error_response(request: HttpRequest, error: DomainError) -> HttpResponse:
    """Return the page for an error that has words for the person, or problem+json when that was asked for."""
    if "application/json" in request.headers.get("Accept", ""):
        return problem(error)
    heading = _HEADINGS.get(error.status, _("Dit kan nu niet"))
    return render(request, "errors/domain.html", {"error": error, "heading": heading}, status=error.status)


def form_again(request: HttpRequest, *, logged_out: bool = False) -> HttpResponse:
    """Answer a form that we cannot take now: what was typed stands on the page, to send again."""
    typed = [(name, value) for name, value in request.POST.items() if name != "csrfmiddlewaretoken"]
    shown = {"typed": typed, "path": request.path, "logged_out": logged_out}
    return render(request, "errors/form_expired.html", shown, status=403)


def problem(error: DomainError) -> HttpResponse:
    """Return an error as application/problem+json."""
    body = {"type": "about:blank", "title": error.message, "status": error.status, "code": error.code}
    return json_response(body, status=error.status, content_type="application/problem+json")


def json_response(body: Any, *, status: int = 200, content_type: str = "application/json") -> HttpResponse:
    """Return anything that msgspec can write, as JSON."""
    return HttpResponse(msgspec.json.encode(body), status=status, content_type=content_type)


def page_number(request: HttpRequest) -> int:
    """Return which page of a list is asked for, from 0; nonsense is the first, and far beyond is bounded."""
    asked = request.GET.get("bladzijde", "")
    number = int(asked) if asked.isdecimal() and len(asked) < 10 else 0
    return min(max(number, 1), 10_000) - 1


def typed(request: HttpRequest, name: str, *, at_most: int) -> str:
    """Return what somebody typed in a field that no form checks: bounded, without the one character no database keeps."""
    return request.POST.get(name, "")[:at_most].replace("\0", "")


def before_moment(request: HttpRequest) -> datetime | None:
    """Return before which moment a thread is asked for, aware; None for its newest end, and for nonsense."""
    try:
        moment = parse_datetime(request.GET.get("voor", "").replace(" ", "+"))
    except ValueError:
        return None
    return moment if moment and moment.tzinfo else None
