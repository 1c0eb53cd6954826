"""Finding residents and questions: words go by POST only, and what was asked is nowhere written down."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from gemeente.access.types import Actor, Purpose, Role
from gemeente.audit.models import Entry
from gemeente.config.tests.people import ADMINISTRATOR, employee_with, log_in, register_resident
from gemeente.contact.models import Question
from gemeente.contact.tests.talk import ask
from gemeente.kernel.consumer import consume_batch
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


class TestTexts:
    @pytest.fixture
    def asked(self) -> Question:
        asked = ask("Mijn <b>container</b> is kapot & leeg.")
        ask("De lantaarn brandt niet.")
        while consume_batch():
            pass
        return asked

    def test_what_was_said_is_found_with_the_words_marked(self, client: Client, asked: Question) -> None:
        page = client.post(FIND, {"q": "containers", "purpose": Purpose.HANDLE_QUESTION})
        assert says(page, f'href="/werk/vraag/{asked.number}/"')
        assert says(page, "<mark>container</mark>")
        assert says(page, "kapot &amp; leeg")
        assert not says(page, "<b>")
        assert says(page, "Gevonden in het bericht")

    def test_texts_open_to_nobody_who_did_not_say_why(self, client: Client, asked: Question) -> None:
        page = client.post(FIND, {"q": "container"})
        assert not says(page, asked.number)
        assert says(page, "Kies boven waarvoor")

    def test_the_purpose_is_kept_and_logged_with_the_search_and_the_words_are_not(
        self, client: Client, asked: Question
    ) -> None:
        client.post(FIND, {"q": "container", "purpose": Purpose.CHECK_QUALITY})
        assert says(client.post(FIND, {"q": "container"}), asked.number)
        lines = Entry.objects.filter(action="find_resident")
        assert [line.purpose for line in lines] == [Purpose.CHECK_QUALITY] * 2
        assert all("container" not in str(vars(line)) for line in lines)

    def test_a_filter_narrows_it_down_and_stays_open(self, client: Client, asked: Question) -> None:
        given = {"q": "container", "purpose": Purpose.HANDLE_QUESTION}
        assert says(client.post(FIND, given | {"state": "new"}), asked.number)
        page = client.post(FIND, given | {"state": "closed"})
        assert not says(page, asked.number)
        assert says(page, "<details open>")

    @pytest.mark.parametrize(
        "wrong", [{"state": "elders"}, {"team": "niets"}, {"since": "31-31-2025"}, {"until": "9999-12-31"}]
    )
    def test_a_filter_that_does_not_exist_is_said_beside_its_field(self, client: Client, wrong: dict[str, str]) -> None:
        page = client.post(FIND, {"q": "container", "purpose": Purpose.HANDLE_QUESTION} | wrong)
        (field,) = wrong
        assert says(page, f'id="id_{field}_error"')

    def test_the_number_of_a_question_opens_it(self, client: Client, asked: Question) -> None:
        answer = client.post(FIND, {"q": f" {asked.number} "})
        assert (answer.status_code, answer["Location"]) == (302, f"/werk/vraag/{asked.number}/")
        assert says(client.post(FIND, {"q": "2026-9999999"}), "2026-9999999 is er niet")

    def test_of_other_teams_only_the_number_of_questions_is_shown(self, client: Client, asked: Question) -> None:
        log_in(client, employee_with(Role.SPECIALIST, teams=("wmo",)))
        page = client.post(FIND, {"q": "container", "purpose": Purpose.HANDLE_QUESTION})
        assert says(page, "Een ander team heeft nog 1 vraag met deze woorden.")
        assert not says(page, asked.number)
        assert not says(page, "&amp; leeg")

    def test_words_in_the_address_find_no_question(self, client: Client, asked: Question) -> None:
        assert not says(client.get(FIND, {"q": "container", "purpose": Purpose.HANDLE_QUESTION}), asked.number)

    def test_a_page_after_nonsense_is_the_first(self, client: Client, asked: Question) -> None:
        given = {"q": "container", "purpose": Purpose.HANDLE_QUESTION}
        for after in (
            "x",
            "2026-01-01T00:00:00/x",
            "0001-01-01T00:00:00+14:00/" + str(asked.id),
            f"0001-06-01T00:00:00+00:00/{asked.id}",
        ):
            assert client.post(FIND, given | {"after": after}).status_code == 200

    def test_a_search_that_finds_all_and_more_costs_at_most_eight_statements(
        self, client: Client, asked: Question, django_assert_max_num_queries: Any
    ) -> None:
        client.post(FIND, {"q": "container", "purpose": Purpose.HANDLE_QUESTION})
        with django_assert_max_num_queries(8):
            client.post(FIND, {"q": "hilte vires"})
        with django_assert_max_num_queries(8):
            client.post(FIND, {"q": "hilte contai"})


def test_a_name_with_a_mistake_is_found_and_says_so(client: Client) -> None:
    page = client.post(FIND, {"q": "hiltje vires"})
    assert says(page, "Hiltje Vries")
    assert says(page, "De naam lijkt erop")
