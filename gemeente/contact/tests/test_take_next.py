"""The next question: the most urgent that is there to take, and never the same one for two people."""

from datetime import timedelta
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connection

from gemeente.access.commands import load_organisation, plan_leave
from gemeente.access.types import Actor, Role
from gemeente.channels.types import Channel
from gemeente.config.prepare import SHIPPED_ORGANISATION
from gemeente.config.tests.people import employee_with
from gemeente.contact.commands import hand_over_question, take_next_question, take_up_question
from gemeente.contact.models import HandOver, Question
from gemeente.contact.queries.workspace import version_of
from gemeente.contact.tests.talk import answer, ask, close
from gemeente.kernel import clock
from gemeente.products.commands import load_products


def wanted(**more: Any) -> Question:
    return ask(channel=Channel.PHONE, **more)


@pytest.mark.django_db
class TestNext:
    @pytest.fixture
    def aisha(self) -> Actor:
        return employee_with(Role.KCC, Role.TEAM_LEAD, username="aisha")

    @pytest.fixture
    def bram(self) -> Actor:
        return employee_with(Role.KCC, username="bram")

    def test_danger_first_then_the_answer_date_and_then_nothing(self, aisha: Actor) -> None:
        ordinary = wanted(urgency="normaal")
        pressing = wanted(urgency="nu", urgency_reason="gevaar")
        assert take_next_question(actor=aisha) == pressing.number
        assert take_next_question(actor=aisha) == ordinary.number
        assert Question.objects.get(id=ordinary.id).handler == aisha.id
        assert take_next_question(actor=aisha) is None

    def test_not_another_teams_nor_a_colleagues_nor_what_is_done(self, aisha: Actor, bram: Actor) -> None:
        wanted(team="wegen")
        take_up_question(actor=bram, question=wanted().id)
        close(bram, wanted().id, via=Channel.PHONE)
        assert take_next_question(actor=aisha) is None

    def test_what_waits_to_be_accepted_is_accepted_by_taking_it(self, aisha: Actor) -> None:
        giver = employee_with(Role.SPECIALIST, teams=("wegen",))
        held = wanted(team="wegen")
        hand_over_question(
            actor=giver, question=held.id, to="kcc", reason="Voor jullie.", seen_version=version_of(held.id)
        )
        assert take_next_question(actor=aisha) == held.number
        assert HandOver.objects.get(question=held.id).accepted_at

    def test_what_waits_for_a_colleague_by_name_is_theirs(self, aisha: Actor, bram: Actor) -> None:
        giver = employee_with(Role.SPECIALIST, teams=("wegen",))
        held = wanted(team="wegen")
        hand_over_question(
            actor=giver,
            question=held.id,
            to="kcc",
            to_employee=bram.key,
            reason="Voor Bram.",
            seen_version=version_of(held.id),
        )
        assert take_next_question(actor=aisha) is None
        assert take_next_question(actor=bram) == held.number

    @pytest.mark.parametrize("covers", [True, False])
    def test_what_somebody_left_who_is_away_goes_to_who_covers(self, aisha: Actor, bram: Actor, covers: bool) -> None:
        other = employee_with(Role.KCC, username="carla")
        left = wanted()
        take_up_question(actor=bram, question=left.id)
        today = clock.today()
        plan_leave(
            actor=aisha,
            employee=bram.key,
            begins=today,
            ends=today + timedelta(days=3),
            cover=aisha.id if covers else other.id,
        )
        assert take_next_question(actor=aisha) == (left.number if covers else None)

    def test_what_was_answered_by_who_is_away_waits_for_them(self, aisha: Actor, bram: Actor) -> None:
        left = wanted()
        answer(bram, left.id, via=Channel.PHONE)
        today = clock.today()
        plan_leave(actor=aisha, employee=bram.key, begins=today, ends=today, cover=None)
        assert take_next_question(actor=aisha) is None


@pytest.fixture
def house() -> None:
    """Load what a test before this one may have emptied."""
    load_organisation(SHIPPED_ORGANISATION)
    load_products()


@pytest.mark.django_db(transaction=True)
def test_people_who_ask_at_once_get_different_questions(house: None) -> None:
    people = [employee_with(Role.KCC, username=f"one-{nth}") for nth in range(4)]
    for _ in people:
        wanted()
    together, taken = Barrier(len(people)), []

    def take(actor: Actor) -> None:
        together.wait()
        taken.append(take_next_question(actor=actor))
        connection.close()

    threads = [Thread(target=take, args=[actor]) for actor in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert None not in taken
    assert len(set(taken)) == len(people)
