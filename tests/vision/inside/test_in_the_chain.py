"""P2, working together: a question stays whole while others do a part of it, and is found wherever it stands still (V31, V78)."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client

from gemeente.access.types import Actor, ActorKind, Purpose, Role, system
from gemeente.config.tests.people import employee_with, log_in, register_resident
from gemeente.contact import commands
from gemeente.contact.models import FollowUpTask, Question
from gemeente.contact.tests.talk import ask

pytestmark = pytest.mark.django_db

MONDAY = datetime(2026, 11, 23, 9, tzinfo=UTC)
WATCH = system("Bewaakt de taken")
PARTNER = "Woningcorporatie Nijestee"


class Person:
    """Somebody at a screen of their own, who logs in each time: days go by."""

    def __init__(self, who: Actor) -> None:
        self.who = who

    def browser(self) -> Client:
        """Return a browser in which they are logged in; an employee chose for what they look."""
        browser = Client()
        log_in(browser, self.who)
        if self.who.kind == ActorKind.EMPLOYEE:
            browser.post("/werk/doel/", {"purpose": Purpose.HANDLE_QUESTION})
        return browser

    def reads(self, path: str) -> str:
        """Return a page."""
        answer = self.browser().get(path)
        assert answer.status_code == 200
        return answer.content.decode()

    def sends(self, path: str, **words: str) -> None:
        """Send a form; it is taken."""
        assert self.browser().post(path, words).status_code == 302


def employee(team: str, role: Role = Role.SPECIALIST) -> Person:
    """Return somebody of a team."""
    return Person(employee_with(role, teams=(team,), username=f"{role}-{team}"))


def test_V31_V78_a_question_in_a_chain_of_three_is_watched_to_the_end_and_is_one_thread_for_the_resident() -> None:
    with time_machine.travel(MONDAY, tick=False) as clock:
        linda = register_resident(given="Linda")
        held = ask("Er zit schimmel op de muur.", by=linda, team="wonen", product="bijstand", subject="Schimmel")
        tess, fenna = employee("wonen"), employee("gezondheid")
        leads = [employee(team, Role.TEAM_LEAD) for team in ("wonen", "gezondheid")]
        mine, ours = f"/vragen/{held.number}/", f"/werk/vraag/{held.number}/"
        due = held.answer_due.date().isoformat()

        tess.sends(f"{ours}taak/", whom="team:gezondheid", asked="Is het gezond?", day="2026-11-25")
        tess.sends(f"{ours}taak/", whom=f"partner:{PARTNER}", asked="Is de muur vochtig?", day=due, agreed="on")
        seen = Person(linda).reads(mine)
        for words in ("Team Gezondheid kijkt mee", f"{PARTNER} is gevraagd mee te kijken"):
            assert words in seen
        assert "Is het gezond?" not in seen
        assert "Taak: Is het gezond?" in fenna.reads("/werk/")

        clock.move_to(MONDAY + timedelta(days=4))
        assert commands.note_late_tasks(actor=WATCH) == 1
        for lead in leads:
            assert "Met een taak bij Gezondheid" in lead.reads("/werk/team/?soort=task")
            assert "Schimmel" in lead.reads("/werk/team/?soort=stuck")
        assert "Taak te laat bij Gezondheid" in tess.reads("/werk/")

        first, second = FollowUpTask.objects.order_by("team").values_list("id", flat=True)
        fenna.sends(f"{ours}taak/{second}/klaar/", words="Nee, dit moet snel weg.")
        clock.move_to(MONDAY + timedelta(days=10))
        assert f"Bij partner {PARTNER}" in leads[0].reads("/werk/team/?soort=stuck")
        tess.sends(f"{ours}taak/{first}/klaar/", words="De monteur komt vrijdag.")
        assert "Alle taken zijn klaar" in tess.reads("/werk/")
        assert "heeft meegekeken" in Person(linda).reads(mine)
        after = Question.objects.get(id=held.id)
        assert (after.team, after.answer_due, after.asked_at) == (held.team, held.answer_due, held.asked_at)
