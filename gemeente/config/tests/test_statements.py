"""No page asks the database more as threads and lists grow: at most eight statements each, who is logged in included."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from gemeente.access.types import Actor, Purpose, Role
from gemeente.channels.types import Channel, NewFile
from gemeente.config.tests.people import employee_with, log_in, register_resident
from gemeente.contact.commands import add_note
from gemeente.contact.tests.talk import answer, ask, close, say
from gemeente.products.queries import catalogue

pytestmark = pytest.mark.django_db
AT_MOST = 8
OWN = ("/gegevens/", "/wie-keek/")
PHOTO = NewFile(name="stoep.png", content_type="image/png", content=b"\x89PNG")


class House:
    """A resident with a question and an employee who handles it."""

    def __init__(self) -> None:
        self.resident = register_resident(email="hiltje@voorbeeld.nl")
        self.kcc = employee_with(Role.KCC)
        self.held = ask(by=self.resident, files=(PHOTO,))

    def grow(self) -> None:
        """Let there be a long thread, many questions and a full queue."""
        for nth in range(25):
            ask(by=self.resident)
            ask(by=register_resident(given=f"J{nth}"), channel=Channel.PHONE)
            close(self.kcc, ask(by=self.resident).id)
        for _ in range(20):
            say("Nog iets.", by=self.resident, question=self.held.id, files=(PHOTO,))
            answer(self.kcc, self.held.id)
            add_note(actor=self.kcc, question=self.held.id, text="Notitie.")

    def pages(self) -> list[tuple[Actor, str]]:
        """Return who opens which page."""
        number, party = self.held.number, self.resident.id
        portal = ("/", "/vragen/", "/vragen/?klaar=ja", f"/vragen/{number}/", "/berichten/", "/stel-uw-vraag/", *OWN)
        work = (
            "/werk/?rij=team",
            f"/werk/vraag/{number}/",
            f"/werk/vraag/{number}/afronden/",
            "/werk/gesprek/",
            "/werk/terug/",
        )
        about = (f"/werk/inwoner/{party}/", f"/werk/inwoner/{party}/beeld.json", "/werk/zoek/")
        return [(self.resident, path) for path in portal] + [(self.kcc, path) for path in (*work, *about)]


def statements(client: Client, who: Actor, path: str) -> list[str]:
    """Return what the database is asked for a page; a savepoint is the test's own."""
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    return [one["sql"] for one in captured.captured_queries if "SAVEPOINT" not in one["sql"]]


def test_every_page_asks_at_most_eight_things_however_long_threads_and_lists_grow(client: Client) -> None:
    house = House()
    catalogue()  # read once a process, whoever comes first
    for grow in (False, True):
        if grow:
            house.grow()
        for who, path in house.pages():
            log_in(client, who)
            if who == house.kcc:
                client.post("/werk/doel/", {"purpose": Purpose.HANDLE_QUESTION})
                client.post(f"/werk/inwoner/{house.resident.id}/doel/", {"purpose": Purpose.HANDLE_QUESTION})
            asked = statements(client, who, path)
            assert len(asked) <= AT_MOST, "\n".join([path, *asked])
