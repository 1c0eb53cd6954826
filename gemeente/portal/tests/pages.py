"""Filling in the portal's forms as somebody does with a browser."""

from typing import Any

from django.test import Client

from gemeente.contact.models import Question

ASK = "/stel-uw-vraag/"
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x02\x00\x00\x00\x90wS\xde" + bytes(40)


def blank(client: Client, path: str = ASK) -> dict[str, Any]:
    """Open a form, and return what a browser sends when nothing is filled in."""
    return {"token": str(client.get(path).context["form"].form_token)}


def filled(client: Client, **given: Any) -> dict[str, Any]:
    """Open the public form and fill it in: a question and an address to answer to."""
    return blank(client) | {"text": "De stoep ligt los.", "via": "email", "email": "hiltje@voorbeeld.nl"} | given


def asked(client: Client, **given: Any) -> Question:
    """Ask by the public form and open the page that confirms it; return the question."""
    before = set(Question.objects.values_list("id", flat=True))
    answer = client.post(ASK, filled(client, **given), follow=True)
    assert answer.status_code == 200
    return Question.objects.exclude(id__in=before).get()


def says(answer: Any, words: str) -> bool:
    """Tell whether a page says this."""
    return words in answer.content.decode()
