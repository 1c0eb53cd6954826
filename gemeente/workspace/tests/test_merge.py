"""Putting questions together and taking them apart, from the conversation."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from gemeente.access.types import ANONYMOUS, Actor, Role
from gemeente.audit.models import Entry
from gemeente.config.tests.people import employee_with, log_in, register_resident
from gemeente.contact.models import ContactMoment, Question
from gemeente.contact.tests.talk import ask, close, moment_of, say
from gemeente.workspace.tests.desk import path_of, says, sit_down

pytestmark = pytest.mark.django_db


@pytest.fixture
def hiltje() -> Actor:
    return register_resident(email="hiltje@voorbeeld.nl")


@pytest.fixture
def jan(client: Client) -> Actor:
    employee = employee_with(Role.KCC, username="jan")
    sit_down(client, employee)
    return employee


@pytest.fixture
def first(hiltje: Actor) -> Question:
    return ask("Mijn stoep is stuk.", by=hiltje, subject="Stoep")


@pytest.fixture
def second(hiltje: Actor) -> Question:
    return ask("De stoep, alweer.", by=hiltje, subject="Weer de stoep")


def meet(first: Question, second: Question) -> str:
    return f"{path_of(first, 'samenvoegen/')}?met={second.number}"


def versions(first: Question, second: Question) -> dict[str, int]:
    return {
        "seen": Question.objects.get(id=first.id).version,
        "other_seen": Question.objects.get(id=second.id).version,
    }


class TestMerge:
    def test_it_works(self, client: Client, jan: Actor, first: Question, second: Question) -> None:
        assert says(client.get(path_of(first)), path_of(first, "samenvoegen/"))
        offered = client.get(path_of(first, "samenvoegen/"))
        assert says(offered, f"?met={second.number}")
        assert says(client.get(meet(first, second)), "Voeg deze twee samen?")
        done = client.post(meet(first, second), versions(first, second))
        assert (done.status_code, done["Location"]) == (302, path_of(first))
        assert says(client.get(path_of(first)), "De stoep, alweer.")

    def test_the_old_number_opens_the_surviving_question(
        self, client: Client, jan: Actor, first: Question, second: Question
    ) -> None:
        client.post(meet(first, second), versions(first, second))
        assert client.get(path_of(second))["Location"] == path_of(first)

    def test_an_unknown_number_is_said_and_stays_in_the_field(
        self, client: Client, jan: Actor, first: Question
    ) -> None:
        answer = client.get(f"{path_of(first, 'samenvoegen/')}?met=2026-99999")
        assert answer.status_code == 404
        assert says(answer, "Er is geen vraag met dit nummer.")
        assert says(answer, 'value="2026-99999"')

    def test_another_teams_question_is_not_shown(self, client: Client, first: Question, hiltje: Actor) -> None:
        sit_down(client, employee_with(Role.SPECIALIST, teams=("kcc",), username="piet"))
        theirs = ask("Geheim.", by=hiltje, team="schuldhulp", subject="Mijn schulden")
        answer = client.get(meet(first, theirs))
        assert answer.status_code == 403
        assert not says(answer, "Mijn schulden")
        assert not says(client.get(path_of(first, "samenvoegen/")), "Mijn schulden")

    def test_what_changed_meanwhile_is_said_and_nothing_is_merged(
        self, client: Client, jan: Actor, first: Question, second: Question
    ) -> None:
        seen = versions(first, second)
        close(jan, second.id)
        answer = client.post(meet(first, second), seen)
        assert answer.status_code == 409
        assert says(answer, "net veranderd")
        assert Question.objects.get(id=second.id).merged_into is None

    def test_across_two_residents_it_shows_what_each_would_see_and_refuses(
        self, client: Client, jan: Actor, first: Question
    ) -> None:
        theirs = ask("Mijn container.", by=register_resident(given="Jelle"))
        page = client.get(meet(first, theirs))
        assert says(page, "Wat ziet ieder dan?")
        assert says(page, "Die voegt u niet samen.")
        assert not says(page, "Voeg samen</span></button>")
        refused = client.post(meet(first, theirs), versions(first, theirs) | {"agreed": "ja"})
        assert refused.status_code == 422
        assert Question.objects.get(id=theirs.id).merged_into is None

    def test_somebody_unknown_asks_for_a_tick(self, client: Client, jan: Actor, first: Question) -> None:
        unknown = ask("Ik weer.", by=ANONYMOUS, phone="06 12345678")
        assert says(client.get(meet(first, unknown)), "Ik weet zeker dat dit dezelfde inwoner is.")
        assert client.post(meet(first, unknown), versions(first, unknown)).status_code == 422
        assert client.post(meet(first, unknown), versions(first, unknown) | {"agreed": "ja"}).status_code == 302

    def test_V78_a_look_at_either_is_logged(
        self, client: Client, jan: Actor, hiltje: Actor, first: Question, second: Question
    ) -> None:
        client.get(meet(first, second))
        seen = Entry.objects.filter(subject=hiltje.id, action="open_question").values_list("object_id", flat=True)
        assert set(seen) == {first.id, second.id}

    def test_it_comes_apart_again(self, client: Client, jan: Actor, first: Question, second: Question) -> None:
        client.post(meet(first, second), versions(first, second))
        page = client.get(path_of(first, "samenvoegen/"))
        assert says(page, "Haal weer uit elkaar")
        undone = client.post(path_of(first, "samenvoegen/ongedaan/"), {"merged": str(second.id)})
        assert undone.status_code == 302
        assert Question.objects.get(id=second.id).merged_into is None

    @pytest.mark.parametrize("given", ["", "geen-id", "0" * 5000])
    def test_nonsense_is_refused_in_words(self, client: Client, jan: Actor, first: Question, given: str) -> None:
        assert client.post(path_of(first, "samenvoegen/ongedaan/"), {"merged": given}).status_code == 422
        assert client.get(path_of(first, "samenvoegen/"), {"met": given or "x"}).status_code == 404
        assert client.post(path_of(first, "splitsen/"), {"m": given, "seen": given}).status_code in (409, 422)


class TestSplit:
    def test_it_works(self, client: Client, jan: Actor, hiltje: Actor, first: Question) -> None:
        other = moment_of(say("En ik wil een paspoort.", by=hiltje, question=first.id))
        page = client.get(path_of(first, "splitsen/"))
        assert says(page, f'name="m" value="{other.id}"')
        seen = Question.objects.get(id=first.id).version
        done = client.post(path_of(first, "splitsen/"), {"m": str(other.id), "seen": seen})
        new = Question.objects.get(id=ContactMoment.objects.get(id=other.id).question)
        assert done["Location"] == path_of(new)
        assert says(client.get(path_of(new, "splitsen/")), "Zet weer terug")
        undone = client.post(path_of(new, "splitsen/ongedaan/"), {"seen": new.version})
        assert undone.status_code == 302
        assert client.get(path_of(new))["Location"] == path_of(first)

    def test_what_was_ticked_stays_ticked_when_it_is_refused(self, client: Client, jan: Actor, first: Question) -> None:
        only = ContactMoment.objects.get(question=first.id)
        refused = client.post(path_of(first, "splitsen/"), {"m": str(only.id), "seen": 0})
        assert refused.status_code == 422
        assert says(refused, f'value="{only.id}" checked')

    def test_a_question_that_goes_to_another_team_leaves_one_here(
        self, client: Client, hiltje: Actor, first: Question
    ) -> None:
        sit_down(client, employee_with(Role.SPECIALIST, teams=("kcc",), username="piet"))
        other = moment_of(say("Mijn rolstoel is kapot.", by=hiltje, question=first.id))
        seen = Question.objects.get(id=first.id).version
        done = client.post(path_of(first, "splitsen/"), {"m": str(other.id), "seen": seen})
        assert done["Location"] == path_of(first)


def test_each_page_asks_at_most_eight_things_with_two_thousand_messages(
    client: Client, jan: Actor, hiltje: Actor, first: Question, second: Question
) -> None:
    ContactMoment.objects.bulk_create(
        ContactMoment(
            party=hiltje.id, question=second.id, at=second.asked_at, direction="in", channel="web", text=f"{nth}"
        )
        for nth in range(2000)
    )
    client.post(meet(second, first), versions(second, first))
    third = ask(by=hiltje)
    for path in ("", "samenvoegen/", f"samenvoegen/?met={third.number}", "splitsen/"):
        with CaptureQueriesContext(connection) as captured:
            assert client.get(path_of(second, path)).status_code == 200
        asked = [one["sql"] for one in captured.captured_queries if "SAVEPOINT" not in one["sql"]]
        assert len(asked) <= 8, "\n".join([path, *asked])
    log_in(client, hiltje)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(f"/vragen/{second.number}/").status_code == 200
    assert len([one for one in captured.captured_queries if "SAVEPOINT" not in one["sql"]]) <= 8
