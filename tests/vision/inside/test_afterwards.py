"""Not only answered but helped: we ask afterwards (V72), hear it (V36), take back what was not solved (V28), and learn (V25)."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from gemeente.access.types import Actor, Role, system
from gemeente.channels.models import OutgoingMessage
from gemeente.channels.types import Channel
from gemeente.config.tests.people import employee_with, log_in, register_resident
from gemeente.contact.commands import ask_how_questions_went
from gemeente.contact.models import FollowUp, Question
from gemeente.contact.tests.talk import answer, ask, close

pytestmark = pytest.mark.django_db
TUESDAY = datetime(2026, 11, 24, 9, tzinfo=UTC)
FRIDAY = TUESDAY + timedelta(days=3)


@pytest.fixture
def piet() -> Actor:
    return employee_with(Role.SPECIALIST, teams=("wegen",), username="piet")


def helped(piet: Actor, **asked: Any) -> Question:
    """Return a question that was answered and closed three working days ago, about which we asked just now."""
    with time_machine.travel(TUESDAY, tick=False):
        held = ask("De stoep ligt los.", **{"team": "wegen", "subject": "Losse stoep"} | asked)
        answer(piet, held.id, via=Channel.PHONE)
        close(piet, held.id, via=Channel.PHONE)
    with time_machine.travel(FRIDAY, tick=False):
        assert ask_how_questions_went(actor=system("Vraagt hoe het ging")) == 1
    return held


def answer_by_link(client: Client, **given: str) -> None:
    """Open the link in the mail as somebody who is not logged in, and answer."""
    found = re.search(r"https?://\S+?(/hoe-ging-het/\S+)", OutgoingMessage.objects.get(kind="follow_up").text)
    assert found
    with time_machine.travel(FRIDAY, tick=False):
        assert client.get(found[1]).status_code == 200
        assert client.post(found[1], {"solved": "ja", "grade": "9"} | given).status_code == 302


@pytest.mark.parametrize("who", ["known", "by mail", "by phone with a mail address"])
def test_V72_V36_a_follow_up_goes_out_after_closing_whatever_the_channel(client: Client, piet: Actor, who: str) -> None:
    ways: dict[str, dict[str, Any]] = {
        "known": {"by": register_resident(email="hiltje@voorbeeld.nl")},
        "by mail": {"channel": Channel.EMAIL, "email": "hiltje@voorbeeld.nl"},
        "by phone with a mail address": {"channel": Channel.PHONE, "email": "hiltje@voorbeeld.nl"},
    }
    helped(piet, **ways[who])
    answer_by_link(client, text="Snel geholpen.")
    heard = FollowUp.objects.get()
    assert (heard.sent_via, heard.grade, heard.words) == ("email", 9, "Snel geholpen.")


def test_V28_V42_not_solved_runs_again_with_somebody_by_name(client: Client, piet: Actor) -> None:
    hiltje = register_resident(email="hiltje@voorbeeld.nl")
    held = helped(piet, by=hiltje)
    answer_by_link(client, solved="nee", text="Hij ligt weer los.")
    again = Question.objects.get(id=held.id)
    assert (again.closed_at, again.handler) == (None, piet.id)
    with time_machine.travel(FRIDAY, tick=False):
        log_in(client, hiltje)
        page = client.get(f"/vragen/{held.number}/").content.decode()
    assert piet.name in page
    assert "Hij ligt weer los." in page
    assert piet.name in OutgoingMessage.objects.get(subject__startswith="Wij gaan verder").text


def test_V34_the_lead_sees_what_residents_say_is_not_solved(client: Client, piet: Actor) -> None:
    helped(piet, by=register_resident(email="hiltje@voorbeeld.nl"))
    answer_by_link(client, solved="nee", text="Hij ligt weer los.")
    with time_machine.travel(FRIDAY, tick=False):
        log_in(client, employee_with(Role.TEAM_LEAD, teams=("wegen",)))
        page = client.get("/werk/team/?soort=not_solved").content.decode()
    assert "Niet opgelost, zegt de inwoner" in page
    assert "Hij ligt weer los." in page


def test_V25_who_helped_sees_what_became_of_it_and_colleagues_do_not(client: Client, piet: Actor) -> None:
    helped(piet, by=register_resident(email="hiltje@voorbeeld.nl"))
    answer_by_link(client, text="Snel geholpen.")
    fenna = employee_with(Role.SPECIALIST, teams=("wegen",), username="fenna")
    for who, sees in ((piet, True), (fenna, False)):
        with time_machine.travel(FRIDAY, tick=False):
            log_in(client, who)
            page = client.get("/werk/terug/").content.decode()
        assert ("Snel geholpen." in page) is sees
        assert ("Cijfer 9" in page) is sees
