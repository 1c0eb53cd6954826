"""What research asked of documents: who sent which, and the new ones marked (R15)."""

from uuid import uuid4

import pytest
from django.test import Client

from gemeente.access.types import Role
from gemeente.channels import files
from gemeente.channels.types import Channel, NewFile
from gemeente.config.tests.people import employee_with, log_in, register_resident
from gemeente.contact.commands import answer_question
from gemeente.contact.tests.talk import ask

pytestmark = pytest.mark.django_db


def documents(client: Client, number: str) -> str:
    """Return the part of a question's page that lists its documents."""
    page = client.get(f"/vragen/{number}/").content.decode()
    return page.partition('id="docs"')[2].partition("</section>")[0]


def test_R15_a_document_of_ours_is_new_until_it_was_seen(client: Client) -> None:
    hiltje, kcc = register_resident(), employee_with(Role.KCC)
    held, form = ask(by=hiltje), uuid4()
    files.hold(form, NewFile(name="tekening.pdf", content_type="application/pdf", content=b"%PDF-1.7"))
    answer_question(
        actor=kcc,
        question=held.id,
        text="Hier is de tekening.",
        via=Channel.WEB,
        seen_version=held.version,
        held_files=form,
    )
    log_in(client, hiltje)
    first, second = documents(client, held.number), documents(client, held.number)
    for shown in (first, second):
        assert "tekening.pdf" in shown
        assert "Van ons" in shown
    assert "Nieuw" in first
    assert "Nieuw" not in second
