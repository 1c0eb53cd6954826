"""Sitting at an employee's desk, for tests: logged in, with a purpose chosen."""

from typing import Any

from django.test import Client

from gemeente.access.types import Actor, Purpose
from gemeente.config.tests.people import log_in
from gemeente.contact.models import Question


def sit_down(client: Client, who: Actor, *, purpose: str = Purpose.HANDLE_QUESTION) -> None:
    """Log in, and choose for what questions are opened; no purpose is chosen when it is ""."""
    log_in(client, who)
    if purpose:
        assert client.post("/werk/doel/", {"purpose": purpose}).status_code == 302


def path_of(question: Question, deed: str = "") -> str:
    """Return the address of a conversation, or of something to do in it."""
    return f"/werk/vraag/{question.number}/{deed}"


def says(answer: Any, words: str) -> bool:
    """Tell whether a page says this."""
    return words in answer.content.decode()
