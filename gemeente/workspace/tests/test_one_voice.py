"""Before a message leaves, its sender sees what the resident heard today, and chooses; without JavaScript (R29)."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from gemeente.access.types import Actor, ActorKind, Role
from gemeente.config.tests.people import employee_with, register_resident
from gemeente.contact.models import ContactMoment, HandOver, HistoryEntry, Promise, Question
from gemeente.contact.tests.talk import answer, ask
from gemeente.kernel import clock
from gemeente.workspace.tests.desk import path_of, says, sit_down

pytestmark = pytest.mark.django_db
SENT = "Toch versturen"


@pytest.fixture
def jan(client: Client) -> Actor:
    employee = employee_with(Role.KCC, username="jan")
    sit_down(client, employee)
    return employee


@pytest.fixture
def other(jan: Actor) -> Question:
    """Return a question in which a colleague just answered this resident."""
    resident = register_resident(email="hiltje@voorbeeld.nl")
    piet = employee_with(Role.KCC, username="piet")
    held = ask("Mijn stoep is stuk.", by=resident, subject="Stoep")
    answer(piet, held.id, "Wij komen vrijdag kijken.")
    return held


@pytest.fixture
def held(other: Question) -> Question:
    return ask("Wanneer komen jullie?", by=asker_of(other))


def asker_of(question: Question) -> Actor:
    return Actor(kind=ActorKind.RESIDENT, id=question.party, name="Hiltje Vries")


def seen(other: Question) -> str:
    return str(ContactMoment.objects.get(question=other.id, direction="out").id)


DEEDS: list[tuple[str, dict[str, Any]]] = [
    ("antwoord/", {"text": "De stoep staat op de lijst.", "via": "web", "seen": 0, "do": "send"}),
    ("antwoord/", {"text": "Welk huis is het?", "via": "web", "seen": 0, "do": "ask", "needs": "Uw huisnummer"}),
    ("afronden/", {"outcome": "solved", "text": "De stoep is gemaakt.", "via": "web", "seen": 0}),
    ("doorgeven/", {"to": "wegen", "reason": "Stoep", "contact": "receiver", "words": "Piet helpt u nu.", "seen": 0}),
    ("belofte/", {"words": "Ik bel u", "kind": "call_back", "day": str(clock.today() + timedelta(days=7))}),
]


@pytest.mark.parametrize(("deed", "given"), DEEDS)
def test_the_other_message_is_shown_first_and_nothing_leaves(
    client: Client, other: Question, held: Question, deed: str, given: dict[str, Any]
) -> None:
    before = ContactMoment.objects.count()
    page = client.post(path_of(held, deed), given)
    assert page.status_code == 409
    for shown in (SENT, "Medewerker piet", "Wij komen vrijdag kijken.", str(given.get("text", given.get("words")))):
        assert says(page, shown)
    assert ContactMoment.objects.count() == before
    assert not Promise.objects.exists()
    assert not HandOver.objects.exists()


@pytest.mark.parametrize(("deed", "given"), DEEDS)
def test_who_chooses_to_send_it_all_the_same_does(
    client: Client, other: Question, held: Question, deed: str, given: dict[str, Any]
) -> None:
    assert client.post(path_of(held, deed), given | {"seen_message": seen(other)}).status_code == 302
    assert (
        HistoryEntry.objects.get(question=held.id, kind="despite").words == "Zag eerst het bericht van Medewerker piet."
    )


def test_a_newer_message_is_shown_again(client: Client, jan: Actor, other: Question, held: Question) -> None:
    first = seen(other)
    answer(jan, ask(by=asker_of(other)).id, "En nog iets anders.")
    page = client.post(path_of(held, "antwoord/"), DEEDS[0][1] | {"seen_message": first})
    assert page.status_code == 409
    assert says(page, "En nog iets anders.")


@pytest.mark.parametrize("via", ["phone", "desk"])
def test_what_was_said_aloud_is_noted_at_once(client: Client, other: Question, held: Question, via: str) -> None:
    assert client.post(path_of(held, "antwoord/"), DEEDS[0][1] | {"via": via}).status_code == 302


@pytest.mark.parametrize("given", ["", "geen-id", "0" * 5000])
def test_nonsense_for_what_was_seen_shows_it_again(client: Client, other: Question, held: Question, given: str) -> None:
    assert client.post(path_of(held, "antwoord/"), DEEDS[0][1] | {"seen_message": given}).status_code == 409


def test_a_found_promise_is_offered_after_it_and_both_choices_are_kept(
    client: Client, other: Question, held: Question
) -> None:
    given = DEEDS[0][1] | {"text": "Ik bel u donderdag."}
    assert client.post(path_of(held, "antwoord/"), given).status_code == 409
    offered = client.post(path_of(held, "antwoord/"), given | {"seen_message": seen(other)})
    assert says(offered, "Leg deze belofte vast")
    assert says(offered, f'name="seen_message" value="{seen(other)}"')
