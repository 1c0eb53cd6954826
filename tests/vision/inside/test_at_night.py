"""P5: the municipality is open at three in the morning too (V13; small screens and slow lines: `outside`)."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.test import Client

from gemeente.access.types import Actor
from gemeente.adapters.memory import MemoryTransport
from gemeente.channels.sender import send_due
from gemeente.config.tests.people import log_in, register_resident
from gemeente.contact.models import Question
from gemeente.kernel import clock
from gemeente.kernel.consumer import consume_batch

pytestmark = pytest.mark.django_db

# A Sunday; Christmas is on the Friday after it.
AT_NIGHT = datetime(2026, 12, 20, 3, 0, tzinfo=clock.AMSTERDAM)
HILTJE = "hiltje@voorbeeld.nl"


@pytest.fixture
def hiltje(client: Client) -> Iterator[Actor]:
    """Return a resident who logs in at night."""
    resident = register_resident(email=HILTJE)
    with time_machine.travel(AT_NIGHT):
        log_in(client, resident)
        yield resident


def ask(client: Client, text: str) -> str:
    """Send the form, and return the confirmation."""
    answer = client.post("/stel-uw-vraag/", {"token": str(uuid4()), "text": text}, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


def test_V13_at_three_in_the_night_one_asks_and_hears_at_once(client: Client, hiltje: Actor) -> None:
    home = client.get("/").content.decode()
    assert "Goedenacht, mevrouw Vries" in home
    told = ask(client, "Wanneer wordt het oud papier gehaald?")
    assert "vandaag, 3.00 uur" in told
    carrier = MemoryTransport()
    consume_batch()
    send_due(carrier)
    ((to, mail),) = carrier.sent
    assert to == HILTJE
    assert str(mail["Subject"]).startswith("Wij hebben uw vraag")


def test_V13_danger_does_not_wait_for_the_office_to_open(client: Client, hiltje: Actor) -> None:
    told = ask(client, "Ik ruik gas in de hal en het wordt erger")
    assert "0800 9009" in told
    held = Question.objects.get()
    assert held.answer_due <= AT_NIGHT + timedelta(hours=2, minutes=1)
