"""The lead's page: tiles, lists with why, many given at once with what went wrong; and who is away (V34, V42)."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from gemeente.access.models import Leave
from gemeente.access.types import Actor, Role
from gemeente.config.tests.people import employee_with, log_in, register_resident
from gemeente.contact.models import Question
from gemeente.contact.queries.attention import Kind
from gemeente.contact.tests.talk import ask, close
from gemeente.contact.types import Urgency
from gemeente.kernel import clock
from gemeente.workspace.tests.desk import says, sit_down

pytestmark = pytest.mark.django_db
TEAM, GIVE, LEAVE = "/werk/team/", "/werk/team/geef/", "/werk/team/verlof/"


@pytest.fixture
def sanne(client: Client) -> Actor:
    lead = employee_with(Role.TEAM_LEAD, teams=("wegen", "riool"), username="sanne")
    log_in(client, lead)
    return lead


@pytest.fixture
def piet() -> Actor:
    return employee_with(Role.SPECIALIST, teams=("wegen",), username="piet")


@pytest.fixture
def held() -> Question:
    return ask(by=register_resident(), team="wegen", subject="Losse stoep")


def given(*questions: Question, to: str = "", **more: Any) -> dict[str, Any]:
    """Return what a browser sends from the list."""
    return {"soort": "nobody", "team": "", "to": to, "v": [f"{one.id}:{one.version}" for one in questions]} | more


class TestOverview:
    def test_each_item_says_why_and_links_to_the_question(self, client: Client, sanne: Actor, held: Question) -> None:
        Question.objects.filter(id=held.id).update(answer_due=clock.now() - timedelta(days=2))
        page = client.get(TEAM)
        assert says(page, "Losse stoep")
        assert says(page, "2 dagen te laat")
        assert says(page, f'href="/werk/vraag/{held.number}/"')
        counts = [int(kind in (Kind.LATE, Kind.NOBODY)) for kind in Kind]
        assert [tile[0] for tile in page.context["tiles"]] == counts

    def test_one_team_of_ones_own(self, client: Client, sanne: Actor, held: Question) -> None:
        ask(team="riool", subject="Put verstopt")
        page = client.get(TEAM, {"soort": "nobody", "team": "riool"})
        assert says(page, "Put verstopt")
        assert not says(page, "Losse stoep")

    @pytest.mark.parametrize("asked", [{"team": "groen"}, {"team": "x" * 5000}, {"soort": "alles", "bladzijde": "-1"}])
    def test_what_is_not_there_or_not_ones_own_is_ones_own_teams(
        self, client: Client, sanne: Actor, asked: dict[str, str]
    ) -> None:
        ask(team="groen", subject="Omgewaaide boom")
        page = client.get(TEAM, {"soort": "nobody"} | asked)
        assert page.status_code == 200
        assert not says(page, "Omgewaaide boom")

    def test_the_menu_shows_team_only_to_those_who_may(self, client: Client) -> None:
        for role in (Role.KCC, Role.SPECIALIST, Role.TEAM_LEAD, Role.STEERING):
            log_in(client, employee_with(role))
            assert says(client.get("/werk/"), 'href="/werk/team/"') == (role in (Role.TEAM_LEAD, Role.STEERING))

    def test_at_most_eight_statements_however_much_there_is(self, client: Client, sanne: Actor) -> None:
        for _ in range(60):
            ask(team="wegen")
        for path in (f"{TEAM}?soort=nobody", LEAVE):
            with CaptureQueriesContext(connection) as captured:
                assert client.get(path).status_code == 200
            assert len(captured) <= 8
        assert says(client.get(f"{TEAM}?soort=nobody"), "Volgende 50")
        assert len(client.get(f"{TEAM}?soort=nobody&bladzijde=2").context["lines"]) == 10


class TestGiving:
    def test_it_says_how_many_went_and_why_not(self, client: Client, sanne: Actor, piet: Actor, held: Question) -> None:
        closed = ask(by=register_resident(given="Jelle"), team="wegen")
        close(piet, closed.id)
        closed.refresh_from_db()
        page = client.post(GIVE, given(held, closed, to=f"wegen:{piet.id}"), follow=True)
        assert says(page, "1 vraag gegeven.")
        assert says(page, f"{closed.number}: Deze vraag is al afgerond.")
        assert Question.objects.get(id=held.id).handler == piet.id
        assert not says(client.get(TEAM), "vraag gegeven")

    @pytest.mark.parametrize(
        ("sent", "words"),
        [
            ({"v": []}, "Kies eerst een of meer vragen."),
            ({"v": ["x:1", "1:", ":", "\0"]}, "Kies eerst een of meer vragen."),
            ({"to": ""}, "Kies aan wie u de vragen geeft."),
            ({"to": "nergens:"}, "Kies aan wie u de vragen geeft."),
            ({"to": "wegen:niemand"}, "Kies aan wie u de vragen geeft."),
            ({"to": "groen:"}, "Schrijf op waarom u de vragen anders verdeelt."),
        ],
    )
    def test_what_misses_is_said_and_what_was_chosen_stays(
        self, client: Client, sanne: Actor, held: Question, sent: dict[str, Any], words: str
    ) -> None:
        page = client.post(GIVE, given(held, to="wegen:") | sent)
        assert page.status_code == 422
        assert says(page, words)
        assert says(page, " checked") == ("v" not in sent)
        assert Question.objects.get(id=held.id).handler is None

    def test_V52_steering_always_says_why(self, client: Client, piet: Actor, held: Question) -> None:
        log_in(client, employee_with(Role.STEERING, teams=("bezwaar",)))
        assert client.post(GIVE, given(held, to=f"wegen:{piet.id}")).status_code == 422
        page = client.post(GIVE, given(held, to=f"wegen:{piet.id}", reason="Piet kent de straat"), follow=True)
        assert says(page, "1 vraag gegeven.")


class TestLeave:
    def plan(self, client: Client, who: Actor, cover: Actor | None, **more: str) -> Any:
        dates = {"begins": "2090-11-24", "ends": "2090-11-27"}
        return client.post(
            LEAVE, dates | {"employee": str(who.id), "cover": str(cover.id) if cover else ""} | more, follow=True
        )

    def test_it_is_noted_shown_and_taken_back(self, client: Client, sanne: Actor, piet: Actor) -> None:
        page = self.plan(client, piet, sanne)
        for words in (piet.name, "24 november 2090 tot en met 27 november 2090", sanne.name):
            assert says(page, words)
        client.post(f"{LEAVE}{Leave.objects.get().id}/weg/")
        assert not Leave.objects.exists()

    def test_what_cannot_be_is_said(self, client: Client, sanne: Actor, piet: Actor) -> None:
        assert says(self.plan(client, piet, None, ends="2090-11-01"), "De laatste dag ligt vóór de eerste")
        assert says(self.plan(client, piet, piet), "Niemand vervangt zichzelf")
        assert says(self.plan(client, piet, None, begins="morgen"), "Kies de eerste dag.")
        self.plan(client, sanne, None)
        assert says(self.plan(client, piet, sanne), "De vervanger is dan zelf weg.")
        assert Leave.objects.count() == 1

    def test_another_teams_people_are_not_ones_own(self, client: Client, sanne: Actor, piet: Actor) -> None:
        greet = employee_with(Role.TEAM_LEAD, teams=("groen",), username="greet")
        assert self.plan(client, greet, None).status_code == 422
        self.plan(client, piet, sanne)
        log_in(client, greet)
        assert not says(client.get(LEAVE), piet.name)
        assert client.post(f"{LEAVE}{Leave.objects.get().id}/weg/").status_code == 403
        assert Leave.objects.exists()


def test_V91_who_has_to_hurry_reads_why_they_cannot_lower_it(client: Client, held: Question) -> None:
    kcc = employee_with(Role.KCC)
    sit_down(client, kcc)
    Question.objects.filter(id=held.id).update(urgency=Urgency.NOW, urgency_rank=2, handler=kcc.id)
    why = "U behandelt deze vraag. Lager zetten kan alleen een collega, met een reden."
    assert says(client.get(f"/werk/vraag/{held.number}/"), why)
    refused = client.post(f"/werk/vraag/{held.number}/haast/", {"to": "normaal", "reason": "Druk"})
    assert refused.status_code == 403
    assert says(refused, why)
    assert Question.objects.get(id=held.id).urgency == Urgency.NOW
