"""When something goes wrong a page says what happened, in words, and tells nothing of the inside."""

import pytest
from django.core import signing
from django.test import Client

from gemeente.config.tests.people import log_in, register_resident
from gemeente.contact.queries import portal
from gemeente.portal.tests.pages import ASK, says

pytestmark = pytest.mark.django_db


def test_a_page_that_is_not_there_says_so(client: Client) -> None:
    page = client.get("/bestaat-niet/")
    assert page.status_code == 404
    assert says(page, "Deze bladzijde is er niet")


def test_a_fault_of_ours_gives_a_number_to_name_on_the_phone(monkeypatch: pytest.MonkeyPatch) -> None:
    def fault(*_: object, **__: object) -> None:
        raise LookupError("inside of the house")

    monkeypatch.setattr(portal, "questions_page", fault)
    client = Client(raise_request_exception=False)
    log_in(client, register_resident())
    page = client.get("/vragen/")
    assert page.status_code == 500
    assert says(page, f"Noem nummer {page['X-Trace-Id'][:8].upper()}")
    assert not says(page, "inside of the house")
    assert not says(page, "Traceback")


def test_a_machine_gets_its_answer_as_problem_json(client: Client) -> None:
    log_in(client, register_resident())
    answer = client.get("/vragen/2026-99999/", headers={"Accept": "application/json"})
    assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")
    assert answer.json()["code"] == "niet-gevonden"


@pytest.mark.parametrize("path", ["/", ASK, "/inloggen/", "/toegankelijkheid/", "/bestaat-niet/"])
def test_every_answer_carries_its_guards(client: Client, path: str) -> None:
    answer = client.get(path)
    assert len(answer["X-Trace-Id"]) == 32
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert "unsafe-inline" not in answer["Content-Security-Policy"]
    assert (answer["X-Frame-Options"], answer["X-Content-Type-Options"]) == ("DENY", "nosniff")
    assert answer["Cache-Control"] == "no-store"


@pytest.mark.parametrize("path", ["/vragen/", "/berichten/", "/documenten/019ab000-0000-7000-8000-000000000000/"])
def test_reading_is_never_done_by_sending(client: Client, path: str) -> None:
    log_in(client, register_resident())
    assert client.post(path).status_code == 405


def test_a_link_signed_for_something_else_opens_no_confirmation(client: Client) -> None:
    other = signing.dumps("019ab000-0000-7000-8000-000000000000", salt="something else")
    assert client.get(f"{ASK}verstuurd/{other}/").status_code == 404
