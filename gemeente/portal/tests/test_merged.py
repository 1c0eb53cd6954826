"""A resident whose questions were put together finds everything, by whatever link."""

import pytest
from django.core import signing
from django.test import Client

from gemeente.access.types import ANONYMOUS, Actor, Role
from gemeente.channels.commands import receive_message
from gemeente.config.tests.people import employee_with, log_in, register_resident
from gemeente.contact.commands import take_in_message
from gemeente.contact.models import ContactMoment, Question
from gemeente.contact.portal import SENT
from gemeente.contact.tests.talk import MACHINE, ask, message, question_of
from gemeente.contact.tests.test_merge import merge

pytestmark = pytest.mark.django_db


@pytest.fixture
def hiltje(client: Client) -> Actor:
    resident = register_resident(email="hiltje@voorbeeld.nl")
    log_in(client, resident)
    return resident


@pytest.fixture
def merged(hiltje: Actor) -> tuple[Question, Question]:
    first, second = ask("Mijn stoep is stuk.", by=hiltje), ask("De stoep, alweer.", by=hiltje)
    merge(employee_with(Role.KCC), first, second)
    return first, second


def test_an_old_link_leads_to_the_surviving_question(client: Client, merged: tuple[Question, Question]) -> None:
    first, second = merged
    answer = client.get(f"/vragen/{second.number}/?verstuurd=ja")
    assert answer["Location"] == f"/vragen/{first.number}/?verstuurd=ja"
    assert "De stoep, alweer." in client.get(answer["Location"]).content.decode()


def test_what_is_sent_from_an_old_page_lands_in_the_surviving_question(
    client: Client, merged: tuple[Question, Question]
) -> None:
    first, second = merged
    form = {"token": "01a212c7-f44b-75c8-9760-be0eefdd5f3f", "text": "Nog iets."}
    assert client.post(f"/vragen/{second.number}/", form).status_code == 302
    assert ContactMoment.objects.get(text="Nog iets.").question == first.id


def test_anothers_old_link_opens_nothing(client: Client, merged: tuple[Question, Question]) -> None:
    log_in(client, register_resident(given="Jelle"))
    for one in merged:
        assert client.get(f"/vragen/{one.number}/").status_code == 404


def test_the_confirmation_of_somebody_unknown_opens_nothing_of_the_resident(client: Client, hiltje: Actor) -> None:
    known = ask("Mijn uitkering.", by=hiltje, subject="Mijn uitkering")
    _, kept = receive_message(actor=ANONYMOUS, message=message("Ik weer.", by=ANONYMOUS))
    unknown = question_of(take_in_message(actor=MACHINE, message=kept))
    link = f"/stel-uw-vraag/verstuurd/{signing.dumps(str(kept), salt=SENT)}/"
    assert client.get(link).status_code == 200
    merge(employee_with(Role.KCC), known, unknown, agreed=True)
    assert client.get(link).status_code == 404
    assert client.post(link, {"text": "Nee, anders."}).status_code == 404
