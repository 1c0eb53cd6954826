"""A burgerservicenummer stands in one column of one table, and goes nowhere else: no URL, log, event, audit line or page."""

import io
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client

from gemeente.access.types import Actor, ActorKind, Purpose, Role
from gemeente.channels.types import Channel
from gemeente.config.logs import LineFormatter
from gemeente.config.tests.people import ADMINISTRATOR, employee_with, log_in
from gemeente.contact.commands import reopen_question
from gemeente.contact.models import Question
from gemeente.contact.tests.talk import close
from gemeente.kernel.consumer import consume_batch
from gemeente.residents.commands import register_address, register_party
from gemeente.residents.types import AddressKind, NewParty, PartyKind

pytestmark = pytest.mark.django_db
BSN = "999990019"
ITS_PLACE = ("residents_party", "bsn")
_COLUMNS = """
SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public' ORDER BY table_name, column_name
"""


def places(number: str) -> set[tuple[str, str]]:
    """Return every table and column in which a number stands, as text, in JSON or within other words."""
    with connection.cursor() as cursor:
        cursor.execute(_COLUMNS)
        found = set()
        for table, column in cursor.fetchall():
            cursor.execute(f'SELECT EXISTS (SELECT FROM "{table}" WHERE "{column}"::text LIKE %s)', [f"%{number}%"])
            if cursor.fetchone()[0]:
                found.add((table, column))
    return found


@contextmanager
def written_logs() -> Iterator[io.StringIO]:
    """Catch every log line, as it is written in production, of whatever weight."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(LineFormatter())
    root, before = logging.getLogger(), logging.getLogger().level
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    try:
        yield written
    finally:
        root.removeHandler(handler)
        root.setLevel(before)


class Round:
    """One whole round with a resident whose number we know: found by it, noted, answered, closed, reopened."""

    def __init__(self) -> None:
        hiltje = NewParty(
            kind=PartyKind.PERSON, bsn=BSN, given_names="Hiltje", family_name="Vries", birth_date=date(1955, 3, 4)
        )
        party = register_party(actor=ADMINISTRATOR, party=hiltje)
        register_address(
            actor=ADMINISTRATOR,
            party=party,
            kind=AddressKind.EMAIL,
            value="hiltje@voorbeeld.nl",
            evidence="met een link",
        )
        self.hiltje = Actor(kind=ActorKind.RESIDENT, id=party, name="H. Vries")
        self.kcc = employee_with(Role.KCC)
        self.client = Client(raise_request_exception=False)
        self.seen: list[Any] = []

    def get(self, path: str) -> None:
        self.seen.append(self.client.get(path))

    def post(self, path: str, **given: str) -> None:
        self.seen.append(self.client.post(path, given))

    def at_the_desk(self) -> None:
        """Find the resident by number, note what they say, look at all that is known, and help."""
        log_in(self.client, self.kcc)
        self.post("/werk/zoek/", bsn=BSN)
        self.post("/werk/gesprek/", bsn=BSN, do="find", purpose=Purpose.TAKE_IN, channel="desk", token="x")
        note = {"token": "019ab000-0000-7000-8000-000000000000", "channel": "desk", "purpose": Purpose.TAKE_IN}
        self.post(
            "/werk/gesprek/", **note, party=str(self.hiltje.id), text="Vraagt naar de stoep.", do="take", team="kcc"
        )
        self.post(f"/werk/inwoner/{self.hiltje.id}/doel/", purpose=Purpose.HANDLE_QUESTION)
        held = Question.objects.get()
        for path in ("", "beeld.json"):
            self.get(f"/werk/inwoner/{self.hiltje.id}/{path}")
        self.get(f"/werk/vraag/{held.number}/")
        self.post(
            f"/werk/vraag/{held.number}/antwoord/", text="Wij komen.", via="email", seen=str(held.version), do="send"
        )
        close(self.kcc, held.id, via=Channel.EMAIL)

    def at_home(self) -> None:
        """Log in with the number, as an identity provider gives it, read, and say that it is not solved."""
        self.client.cookies.clear()
        self.post("/inloggen/klaar/", als=f"resident:{BSN}")
        held = Question.objects.get()
        for path in ("/", "/vragen/?klaar=ja", f"/vragen/{held.number}/", "/berichten/"):
            self.get(path)
        reopen_question(actor=self.hiltje, question=held.id, words="")

    def mistakes(self) -> None:
        """Do what goes wrong: a number that fails, a form that expired, a fault of ours."""
        strict = Client(enforce_csrf_checks=True)
        strict.post("/werk/zoek/", {"bsn": BSN})
        self.client.cookies.clear()
        self.post("/werk/zoek/", bsn=BSN)
        log_in(self.client, self.kcc)
        self.post("/werk/gesprek/", bsn=BSN, do="save", purpose="", token="x")
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr("gemeente.workspace.search.party_by_bsn", lambda bsn: int(f"x{bsn}"))
            self.post("/werk/zoek/", bsn=BSN)
            assert self.seen[-1].status_code == 500


def test_after_a_whole_round_it_stands_in_its_own_column_alone() -> None:
    with written_logs() as logs:
        through = Round()
        through.at_the_desk()
        while consume_batch():
            pass
        through.at_home()
        through.mistakes()
    assert Question.objects.get().times_reopened == 1
    assert places(BSN) == {ITS_PLACE}
    assert not [kept for kept in Session.objects.all() if BSN in str(kept.get_decoded())]
    assert "ValueError" in logs.getvalue()
    assert BSN not in logs.getvalue()
    for answer in through.seen:
        assert BSN not in answer.get("Location", "")
        assert BSN not in str(answer.headers)


def test_the_search_for_places_finds_what_is_there() -> None:
    kcc = employee_with(Role.KCC, username=f"jan-{BSN}")
    assert ("access_employee", "username") in places(BSN)
    assert kcc.name.endswith(BSN)
    assert places("999990020") == set()


def test_pages_that_are_read_hold_no_number() -> None:
    through = Round()
    through.at_the_desk()
    through.at_home()
    read = [answer for answer in through.seen if answer.request["REQUEST_METHOD"] == "GET"]
    assert len(read) == 7
    assert all(answer.status_code == 200 for answer in read)
    assert not [answer for answer in read if BSN in answer.content.decode()]
