"""The resident's edge of what they told once: put it right, or take it away."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from gemeente.access import http as admit
from gemeente.access.http import actor_of
from gemeente.contact import commands
from gemeente.contact.fact_rules import WORDS_AT_MOST
from gemeente.kernel.http import typed


@admit.resident
@require_POST
def correct(request: HttpRequest, number: str, fact: UUID) -> HttpResponse:
    """Put right what we know of the resident; without words it goes away. Their handler sees it as new."""
    commands.correct_fact(actor=actor_of(request), fact=fact, words=typed(request, "words", at_most=WORDS_AT_MOST + 1))
    return redirect(reverse("question", args=[number]) + "#verteld")
