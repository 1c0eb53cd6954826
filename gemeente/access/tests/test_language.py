"""Which language somebody reads in: what they chose, what this browser was told, what it asks for, Dutch; in that order."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from gemeente.access.types import Role
from gemeente.channels.models import OutgoingMessage
from gemeente.config.tests.people import employee_with, log_in, register_resident
from gemeente.contact.letters import ask_to_confirm
from gemeente.residents.models import DigitalAddress, Party
from gemeente.residents.queries import party_card

pytestmark = pytest.mark.django_db
PAGE = "/stel-uw-vraag/"


def speaks(client: Client, *, asks: str = "", path: str = PAGE) -> str:
    """Return the language of a page; it is the same in the head and in the page."""
    page = client.get(path, headers={"Accept-Language": asks} if asks else {})
    assert f'<html lang="{page["Content-Language"]}">' in page.content.decode()
    return page["Content-Language"]


def choose(client: Client, language: str, *, then: str = PAGE) -> str:
    answer = client.post("/taal/", {"taal": language, "then": then})
    assert answer.status_code == 302
    return answer["Location"]


def test_dutch_is_spoken_to_who_says_nothing(client: Client) -> None:
    assert speaks(client) == "nl"


@pytest.mark.parametrize(("asks", "told"), [("en-GB,en;q=0.9", "en"), ("de,en;q=0.5", "en"), ("uk", "nl"), ("*", "nl")])
def test_a_browser_may_ask(client: Client, asks: str, told: str) -> None:
    assert speaks(client, asks=asks) == told


def test_a_choice_goes_before_what_the_browser_asks_and_stays(client: Client) -> None:
    assert choose(client, "en", then="/toegankelijkheid/") == "/toegankelijkheid/"
    assert speaks(client, asks="nl") == "en"
    choose(client, "nl")
    assert speaks(client, asks="en") == "nl"


def test_R27_what_a_resident_chose_is_kept_for_other_browsers_and_for_letters(client: Client) -> None:
    hiltje = register_resident(email="hiltje@voorbeeld.nl")
    log_in(client, hiltje)
    choose(client, "en")
    assert hiltje.id
    card = party_card(hiltje.id)
    assert card
    assert card.language == "en"
    assert speaks(client, path="/gegevens/") == "en"
    DigitalAddress.objects.update(verified_at=None)
    ask_to_confirm(DigitalAddress.objects.get(party=hiltje.id).id)
    mail = OutgoingMessage.objects.get()
    assert (mail.language, mail.subject) == ("en", "Confirm your email address")


def test_the_choice_of_an_employee_is_of_their_browser_and_touches_no_resident(client: Client) -> None:
    register_resident()
    log_in(client, employee_with(Role.KCC))
    choose(client, "en")
    assert speaks(client, path="/werk/zoek/") == "en"
    assert not Party.objects.exclude(language="nl")


def test_no_page_asks_the_database_for_the_language(client: Client) -> None:
    log_in(client, register_resident())
    asked = []
    for language in ("nl", "en"):
        choose(client, language)
        client.get("/vragen/")  # teams and products are read once a process
        with CaptureQueriesContext(connection) as captured:
            client.get("/vragen/")
        asked.append(len(captured))
    assert asked[0] == asked[1]


def test_caches_are_told_what_the_page_depends_on(client: Client) -> None:
    page = client.get(PAGE)
    assert {"Accept-Language", "Cookie"} <= {part.strip() for part in page["Vary"].split(",")}
    assert page["Cache-Control"] == "no-store"


@given(
    then=st.text(max_size=60)
    | st.sampled_from(["//elders.nl/", "https://elders.nl/", "javascript:alert(1)", "home", "/\\elders.nl"])
)
def test_choosing_a_language_leads_nowhere_else(then: str) -> None:
    location = choose(Client(), "en", then=then)
    assert location.startswith("/")
    assert not location.startswith(("//", "/\\"))


def test_a_language_that_we_do_not_speak_is_refused_and_changes_nothing(client: Client) -> None:
    assert client.post("/taal/", {"taal": "xx"}).status_code == 422
    assert client.get("/taal/").status_code == 405
    assert speaks(client) == "nl"


def test_an_error_speaks_the_language_of_who_made_it(client: Client) -> None:
    asks = {"Accept-Language": "en"}
    assert "This page does not exist" in client.get("/bestaat-niet/", headers=asks).content.decode()
    assert "This address is not right." in client.get("/vragen/%00/", headers=asks).content.decode()
    too_large = client.post(PAGE, headers=asks | {"Content-Length": "90000000"})
    assert (too_large.status_code, "larger than 20 MB" in too_large.content.decode()) == (413, True)
