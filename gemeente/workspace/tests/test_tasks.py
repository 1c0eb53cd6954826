"""Tasks on the screen: whose turn it is, asked in one step, seen by the asked team, and never a word lost (V31, V78)."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from gemeente.access.types import Actor, Role
from gemeente.config.tests.people import employee_with, log_in, register_resident
from gemeente.contact import commands
from gemeente.contact.models import FollowUpTask, Question
from gemeente.contact.task_rules import NewTask, TaskState
from gemeente.contact.tests.talk import ask
from gemeente.kernel import clock
from gemeente.kernel.calendar import add_workdays
from gemeente.workspace.tests.desk import path_of, says, sit_down

pytestmark = pytest.mark.django_db
GGD = "GGD Groningen"


def tomorrow() -> date:
    return add_workdays(clock.today(), 1)


@pytest.fixture
def hiltje() -> Actor:
    return register_resident(email="hiltje@voorbeeld.nl")


@pytest.fixture
def held(hiltje: Actor) -> Question:
    return ask("Ik kan niet betalen.", by=hiltje, team="schuldhulp", product="schuldhulpverlening", subject="Geld")


@pytest.fixture
def noor(client: Client) -> Actor:
    noor = employee_with(Role.SPECIALIST, teams=("schuldhulp",), username="noor")
    sit_down(client, noor)
    return noor


@pytest.fixture
def tess() -> Actor:
    return employee_with(Role.SPECIALIST, teams=("wonen",), username="tess")


@pytest.fixture
def at_tess(tess: Actor) -> Client:
    client = Client()
    sit_down(client, tess)
    return client


def form(**given: Any) -> dict[str, Any]:
    """Return what a browser sends from the form that asks a task."""
    return {"whom": "team:wonen", "asked": "Is de huur betaald?", "day": tomorrow().isoformat()} | given


def asked(by: Actor, held: Question, **more: Any) -> FollowUpTask:
    given: dict[str, Any] = {"asked": "Is de huur betaald?", "day": tomorrow(), "team": "wonen"} | more
    return FollowUpTask.objects.get(id=commands.ask_task(actor=by, question=held.id, task=NewTask(**given)))


class TestAsk:
    def test_it_works(self, client: Client, noor: Actor, held: Question) -> None:
        assert says(client.get(path_of(held)), "Vraag een team of partner")
        back = client.post(path_of(held, "taak/"), form())
        assert (back.status_code, back["Location"]) == (302, path_of(held, "#taken"))
        page = client.get(path_of(held))
        for words in ("Aan zet: Wonen en huisvesting", "Is de huur betaald?", "Trek in"):
            assert says(page, words)

    @pytest.mark.parametrize(
        ("wrong", "why"),
        [
            ({"whom": ""}, "Kies aan wie u het vraagt."),
            ({"whom": "team:bestaat-niet"}, "Selecteer een geldige keuze"),
            ({"asked": ""}, "Schrijf op wat u vraagt."),
            ({"day": "31 februari"}, "Kies een datum."),
            ({"day": "2020-01-02"}, "al voorbij"),
            ({"whom": f"partner:{GGD}"}, "Vraag het eerst aan de inwoner."),
            ({"whom": "team:schuldhulp"}, "al bij dit team"),
        ],
    )
    def test_what_was_filled_in_stays_when_something_is_wrong(
        self, client: Client, noor: Actor, held: Question, wrong: dict[str, str], why: str
    ) -> None:
        refused = client.post(path_of(held, "taak/"), form(**{"why_later": "Later, want ziek"} | wrong))
        assert refused.status_code == 422
        assert says(refused, why)
        assert says(refused, "Later, want ziek")
        assert not FollowUpTask.objects.exists()

    def test_a_double_click_is_one_task_and_says_so(self, client: Client, noor: Actor, held: Question) -> None:
        client.post(path_of(held, "taak/"), form())
        assert says(client.post(path_of(held, "taak/"), form()), "Deze taak staat er al.")
        assert FollowUpTask.objects.count() == 1

    def test_of_a_partner_with_the_tick(self, client: Client, noor: Actor, held: Question) -> None:
        client.post(path_of(held, "taak/"), form(whom=f"partner:{GGD}", agreed="on"))
        assert FollowUpTask.objects.get().partner == GGD
        assert says(client.get(path_of(held)), "Noteer het antwoord")

    def test_only_after_choosing_a_purpose(self, client: Client, held: Question) -> None:
        sit_down(client, employee_with(Role.SPECIALIST, teams=("schuldhulp",)), purpose="")
        assert client.post(path_of(held, "taak/"), form())["Location"].startswith("/werk/doel/")
        assert not FollowUpTask.objects.exists()

    def test_not_by_a_resident_or_another_team(
        self, client: Client, hiltje: Actor, at_tess: Client, held: Question
    ) -> None:
        assert at_tess.post(path_of(held, "taak/"), form()).status_code == 403
        log_in(client, hiltje)
        assert client.post(path_of(held, "taak/"), form()).status_code in (302, 403)
        assert not FollowUpTask.objects.exists()


class TestTheAskedTeam:
    def test_V31_finds_the_task_above_its_queue_reads_along_and_says_that_it_is_done(
        self, at_tess: Client, noor: Actor, held: Question
    ) -> None:
        task = asked(noor, held)
        assert says(at_tess.get("/werk/"), "Taak: Is de huur betaald?")
        page = at_tess.get(path_of(held))
        for words in ("Ik kan niet betalen.", "U kijkt mee", "Wat deed of vond u?"):
            assert says(page, words)
        for not_theirs in (
            "Antwoord schrijven",
            "Neem deze vraag",
            "/doorgeven/",
            "/afronden/",
            '/belofte/"',
            "/intrekken/",
        ):
            assert not says(page, not_theirs)
        done = at_tess.post(path_of(held, f"taak/{task.id}/klaar/"), {"words": "De huur is betaald."})
        assert done["Location"] == "/werk/"
        assert at_tess.get(path_of(held)).status_code == 403

    def test_writes_a_note_to_ask_something_back(
        self, client: Client, at_tess: Client, noor: Actor, held: Question
    ) -> None:
        asked(noor, held)
        assert at_tess.post(path_of(held, "notitie/"), {"text": "Van welke maand?"}).status_code == 302
        assert says(client.get(path_of(held)), "Van welke maand?")

    def test_gives_it_back_with_a_reason(self, client: Client, at_tess: Client, noor: Actor, held: Question) -> None:
        task = asked(noor, held)
        at_tess.post(path_of(held, f"taak/{task.id}/teruggeven/"), {"words": "Zij huurt niet hier"})
        assert says(client.get("/werk/"), "Een taak kwam terug")
        assert says(client.get(path_of(held)), "Zij huurt niet hier")

    def test_a_colleague_who_was_first_costs_nobody_their_words(
        self, at_tess: Client, tess: Actor, noor: Actor, held: Question
    ) -> None:
        task = asked(noor, held)
        commands.finish_task(actor=tess, task=task.id, words="De huur is betaald.")
        late = at_tess.post(path_of(held, f"taak/{task.id}/klaar/"), {"words": "Mijn lange verslag"})
        assert late.status_code == 409
        assert says(late, "Mijn lange verslag")
        assert says(late, "al klaar")
        assert not says(late, "Geld")


class TestTheOwner:
    def test_finds_on_top_that_all_tasks_are_done(
        self, client: Client, tess: Actor, noor: Actor, held: Question
    ) -> None:
        task = asked(noor, held)
        assert not says(client.get("/werk/"), "Alle taken zijn klaar")
        commands.finish_task(actor=tess, task=task.id, words="De huur is betaald.")
        assert says(client.get("/werk/"), "Alle taken zijn klaar")
        page = client.get(path_of(held))
        assert says(page, "Aan zet: U. Alle taken zijn klaar")
        assert says(page, "De huur is betaald.")

    def test_notes_what_a_partner_said_or_withdraws(self, client: Client, noor: Actor, held: Question) -> None:
        first = asked(noor, held, team="", partner=GGD, agreed=True)
        client.post(path_of(held, f"taak/{first.id}/klaar/"), {"words": "Vrijdag kan"})
        second = asked(noor, held)
        client.post(path_of(held, f"taak/{second.id}/intrekken/"), {"words": "Al bekend"})
        assert list(FollowUpTask.objects.order_by("asked_at").values_list("state", flat=True)) == [
            TaskState.DONE,
            TaskState.WITHDRAWN,
        ]

    @pytest.mark.parametrize("deed", ["klaar", "teruggeven", "intrekken"])
    def test_no_words_are_asked_for_again(self, client: Client, noor: Actor, held: Question, deed: str) -> None:
        task = asked(noor, held, team="", partner=GGD, agreed=True)
        refused = client.post(path_of(held, f"taak/{task.id}/{deed}/"), {"words": " "})
        assert refused.status_code == 422
        assert says(refused, "Schrijf op")

    def test_whose_turn_it_is_without_tasks(self, client: Client, noor: Actor, held: Question) -> None:
        assert says(client.get(path_of(held)), "Aan zet: Team Hulp bij schulden")
        commands.take_up_question(actor=noor, question=held.id)
        assert says(client.get(path_of(held)), "Aan zet: U<")


def test_V78_the_resident_reads_who_looks_along_and_not_what_was_asked(
    client: Client, hiltje: Actor, tess: Actor, held: Question
) -> None:
    noor = employee_with(Role.SPECIALIST, teams=("schuldhulp",), username="noor")
    task = asked(noor, held)
    asked(noor, held, team="", partner=GGD, agreed=True)
    log_in(client, hiltje)
    page = client.get(f"/vragen/{held.number}/")
    for words in ("Wie helpt u nu?", "Team Wonen en huisvesting kijkt mee", f"{GGD} is gevraagd mee te kijken"):
        assert says(page, words)
    commands.finish_task(actor=tess, task=task.id, words="Geheim woord")
    after = client.get(f"/vragen/{held.number}/")
    assert says(after, "Wonen en huisvesting heeft meegekeken")
    for words in ("Is de huur betaald?", "Geheim woord"):
        assert not says(after, words)


@pytest.mark.parametrize("path", ["", "queue"])
def test_at_most_eight_statements_with_many_tasks(
    client: Client, noor: Actor, tess: Actor, held: Question, path: str
) -> None:
    for nth in range(12):
        task = asked(noor, held, asked=f"Vraag {nth}")
        if nth % 2:
            commands.finish_task(actor=tess, task=task.id, words="Ja.")
    with CaptureQueriesContext(connection) as captured:
        assert client.get("/werk/" if path else path_of(held)).status_code == 200
    assert len([one for one in captured if not one["sql"].startswith(("SAVEPOINT", "RELEASE"))]) <= 8


def test_the_lines_say_how_many_there_are_when_not_all_fit(at_tess: Client, noor: Actor, held: Question) -> None:
    for nth in range(52):
        asked(noor, held, asked=f"Vraag {nth}")
    page = at_tess.get("/werk/")
    assert says(page, "(50 van 52)")
    assert page.content.decode().count("Taak: Vraag") == 50
