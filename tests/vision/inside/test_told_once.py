"""The story is told once (V66), what is wanted is shown to every handler, and only what is not known is asked (V35)."""

import pytest
from django.test import Client

from gemeente.access.types import Role
from gemeente.config.tests.people import employee_with, register_resident
from gemeente.contact import commands
from gemeente.contact.models import ContactMoment, HistoryEntry, ToldFact
from gemeente.contact.tests.talk import ask
from gemeente.workspace.tests.desk import path_of, says, sit_down

pytestmark = pytest.mark.django_db
TOLD = "Mijn loonstrook is van de bakker en ik heb twee kinderen."


def test_V66_V35_what_was_told_goes_along_over_two_departments_and_is_not_asked_again_unseen(client: Client) -> None:
    hiltje = register_resident(email="hiltje@voorbeeld.nl")
    held = ask(TOLD, by=hiltje, team="schuldhulp")
    noor = employee_with(Role.SPECIALIST, teams=("schuldhulp",), username="noor")
    bram = employee_with(Role.SPECIALIST, teams=("belastingen",), username="bram")
    sit_down(client, noor)
    moment = ContactMoment.objects.get().id
    client.post(path_of(held, "onthoud/"), {"moment": moment, "words": TOLD})
    commands.hand_over_question(actor=noor, question=held.id, to="belastingen", reason="De aanslag", seen_version=0)
    sit_down(client, bram)
    page = client.get(path_of(held))
    assert says(page, "Vraag dit niet opnieuw")
    assert says(page, TOLD)
    asking = {"text": "Beste mevrouw,", "via": "web", "needs": "Stuur uw loonstrook", "seen": "1", "do": "ask"}
    shown = client.post(path_of(held, "antwoord/"), asking)
    assert says(shown, "Dit heeft de inwoner al verteld")
    assert not ContactMoment.objects.filter(direction="out").exists()
    assert HistoryEntry.objects.filter(kind="told_again").count() == 0


def test_V66_each_time_that_it_is_told_again_is_counted(client: Client) -> None:
    held = ask(TOLD, by=register_resident())
    kcc = employee_with(Role.KCC)
    sit_down(client, kcc)
    client.post(path_of(held, "onthoud/"), {"moment": ContactMoment.objects.get().id, "words": TOLD})
    client.post(path_of(held, f"verteld/{ToldFact.objects.get().id}/opnieuw/"))
    assert HistoryEntry.objects.filter(kind="told_again").count() == 1
