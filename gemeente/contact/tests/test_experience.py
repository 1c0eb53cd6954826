"""Figures of how it went: by department and channel, for steering, and never from a few answers (V36)."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from gemeente.access.types import ANONYMOUS, Actor, Role, system
from gemeente.channels.types import Channel
from gemeente.config.tests.people import employee_with, register_resident
from gemeente.contact import commands
from gemeente.contact.follow_up_rules import HowItWent, code_of
from gemeente.contact.models import FollowUp
from gemeente.contact.queries.experience import ANSWERS_AT_LEAST, Experience, FirstContact, experience, first_contact
from gemeente.contact.queries.follow_ups import follow_up_key
from gemeente.contact.tests.talk import ask, close, say
from gemeente.kernel import clock
from gemeente.kernel.errors import NotAllowed

pytestmark = pytest.mark.django_db
TUESDAY = datetime(2026, 11, 24, 9, tzinfo=UTC)
FRIDAY = TUESDAY + timedelta(days=3)


@pytest.fixture(autouse=True)
def on_a_tuesday() -> Iterator[None]:
    with clock.told_at(TUESDAY):
        yield


@pytest.fixture
def piet() -> Actor:
    return employee_with(Role.SPECIALIST, teams=("wegen",), username="piet")


@pytest.fixture
def ali() -> Actor:
    return employee_with(Role.STEERING, teams=("bezwaar",), username="ali")


def help_people(piet: Actor, count: int) -> None:
    for nth in range(count):
        asker = register_resident(given=f"J{nth}", email=f"j{nth}@voorbeeld.nl")
        close(piet, ask(by=asker, team="wegen", product="").id)


def answer_all(grades: list[int]) -> None:
    with clock.told_at(FRIDAY):
        commands.ask_how_questions_went(actor=system("Vraagt hoe het ging"))
        for asked, grade in zip(FollowUp.objects.order_by("id"), grades, strict=False):
            given = HowItWent(grade=grade, solved=grade > 5, told_again=grade < 4, words="")
            commands.answer_follow_up(actor=ANONYMOUS, code=code_of(asked.id, follow_up_key()), given=given)


def seen(ali: Actor) -> list[Experience]:
    return experience(ali, begins=TUESDAY, ends=FRIDAY + timedelta(days=1))


def closed(ali: Actor) -> list[FirstContact]:
    return first_contact(ali, begins=TUESDAY, ends=TUESDAY + timedelta(hours=1))


def test_it_works(piet: Actor, ali: Actor) -> None:
    help_people(piet, 8)
    answer_all([3, 6, 7, 8, 9])
    (found,) = seen(ali)
    assert (found.department, found.channel, found.asked) == ("stadsbeheer", Channel.WEB, 8)
    assert (found.response, found.grade, found.solved, found.told_again) == (5 / 8, 6.6, 0.8, 0.2)


def test_of_a_few_answers_no_figure_is_shown(piet: Actor, ali: Actor) -> None:
    help_people(piet, 8)
    answer_all([10] * (ANSWERS_AT_LEAST - 1))
    (found,) = seen(ali)
    assert (found.asked, found.response, found.grade, found.solved, found.told_again) == (8, None, None, None, None)


def test_only_steering_sees_them(piet: Actor) -> None:
    lead = employee_with(Role.TEAM_LEAD, teams=("wegen",))
    for other in (piet, lead):
        for figures in (experience, first_contact):
            with pytest.raises(NotAllowed):
                figures(other, begins=TUESDAY, ends=FRIDAY)


def test_a_figure_never_names_a_team_or_an_employee() -> None:
    named = set(Experience.__dataclass_fields__) | set(FirstContact.__dataclass_fields__)
    assert named == {
        "department",
        "channel",
        "asked",
        "response",
        "grade",
        "solved",
        "told_again",
        "closed",
        "at_once",
    }


def test_first_contact_is_what_one_message_solved_for_good(piet: Actor, ali: Actor) -> None:
    help_people(piet, 6)
    (all_at_once,) = closed(ali)
    assert (all_at_once.closed, all_at_once.at_once) == (6, 1.0)
    asker = register_resident(given="Twee")
    twice = ask(by=asker, team="wegen")
    say("En nog iets.", by=asker, question=twice.id)
    close(piet, twice.id)
    back = register_resident(given="Terug")
    returned = ask(by=back, team="wegen")
    close(piet, returned.id)
    with clock.told_at(TUESDAY + timedelta(days=5)):
        ask(by=back, team="wegen")
    (found,) = closed(ali)
    assert (found.closed, found.at_once) == (8, 6 / 8)
