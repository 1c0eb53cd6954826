"""Finding a resident: words go by POST only, and what was asked is nowhere written down."""

from datetime import date

import pytest
from django.test import Client

from gemeente.access.types import Actor, Role
from gemeente.audit.models import Entry
from gemeente.config.tests.people import ADMINISTRATOR, employee_with, log_in, register_resident
from gemeente.residents.commands import register_party
from gemeente.residents.types import NewParty, PartyKind
from gemeente.workspace.tests.desk import says

pytestmark = pytest.mark.django_db
FIND = "/werk/zoek/"
BSN = "999990019"


@pytest.fixture(autouse=True)
def people(client: Client) -> Actor:
    hiltje = NewParty(
        kind=PartyKind.PERSON,
        bsn=BSN,
        given_names="Hiltje",
        family_name="Vries",
        birth_date=date(1955, 3, 4),
        postcode="9715AB",
        house_number="214",
    )
    register_party(actor=ADMINISTRATOR, party=hiltje)
    register_resident(given="Jelle", family="Bos")
    kcc = employee_with(Role.KCC)
    log_in(client, kcc)
    return kcc


@pytest.mark.parametrize(
    "words", [{"q": "vries"}, {"q": "9715 ab 214"}, {"birth_date": "04-03-1955"}, {"bsn": BSN}, {"bsn": f" {BSN} "}]
)
def test_it_works(client: Client, words: dict[str, str]) -> None:
    found = client.post(FIND, words)
    assert says(found, "Hiltje Vries")
    assert not says(found, "Jelle Bos")


@pytest.mark.parametrize("words", [{"q": "vries"}, {"bsn": BSN}])
def test_words_in_the_address_find_nobody(client: Client, words: dict[str, str]) -> None:
    page = client.get(FIND, words)
    assert not says(page, "Hiltje Vries")
    assert not Entry.objects.filter(action="find_resident").exists()


def test_a_found_resident_opens_by_post_with_a_purpose(client: Client) -> None:
    page = client.post(FIND, {"q": "vries"}).content.decode()
    assert 'method="post"' in page
    assert 'name="purpose"' in page
    assert 'href="/werk/inwoner/' not in page


@pytest.mark.parametrize(
    "words", [{"birth_date": "31-02-1955"}, {"bsn": "1234"}, {"bsn": "99999001٩"}, {"q": "x" * 201}]
)
def test_a_mistake_is_said_beside_the_field_and_finds_nobody(client: Client, words: dict[str, str]) -> None:
    page = client.post(FIND, words)
    (field,) = words
    assert says(page, f'id="id_{field}_error"')
    assert page.context["found"] is None


@pytest.mark.parametrize(
    "words", [{"q": ""}, {"q": "%"}, {"q": "'; DROP TABLE residents_party; --"}, {"bsn": "123456782"}]
)
def test_who_names_nobody_finds_nobody(client: Client, words: dict[str, str]) -> None:
    assert client.post(FIND, words).context["found"] == []


def test_each_search_is_logged_without_its_words(client: Client, people: Actor) -> None:
    client.post(FIND, {"q": "vries", "bsn": BSN})
    line = Entry.objects.get(action="find_resident")
    assert (line.actor_id, line.subject) == (people.id, None)
    assert not {"vries", BSN} & {str(value) for value in vars(line).values()}


def test_a_bsn_stands_on_no_page(client: Client) -> None:
    for page in (client.post(FIND, {"bsn": BSN}), client.post(FIND, {"q": "vries"})):
        shown = page.content.decode().replace(f'value="{BSN}"', "")
        assert BSN not in shown
