"""Pages for when something goes wrong: what happened, that nothing was lost, what to do."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from gemeente.kernel import trace
from gemeente.kernel.http import form_again


def fault(request: HttpRequest) -> HttpResponse:
    """Answer a fault of ours with a number to name on the phone."""
    return render(request, "500.html", {"trace_id": trace.current()[:8].upper()}, status=500)


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form that was open too long."""
    return form_again(request)
