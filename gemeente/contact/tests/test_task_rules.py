"""The rules of tasks: which day may be asked, and no sequence of steps takes a question from its owner or moves its date."""

from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gemeente.access.types import Actor, Role
from gemeente.config.tests.people import employee_with, register_resident
from gemeente.contact import commands
from gemeente.contact.models import FollowUpTask, Question
from gemeente.contact.partners import domain_of, partners
from gemeente.contact.queries.workspace import version_of
from gemeente.contact.task_rules import Asking, NewTask, TaskState, require_task, suggest_day
from gemeente.contact.tests.talk import MACHINE, answer, ask, close
from gemeente.contact.types import QuestionState
from gemeente.kernel import clock
from gemeente.kernel.calendar import end_of_workday, is_workday
from gemeente.kernel.errors import DomainError

NOW = datetime(2026, 12, 22, 9, tzinfo=UTC)
ANSWER_DUE = end_of_workday(date(2026, 12, 29))


def require(day: date, *, answer_due: datetime | None = ANSWER_DUE, why_later: str = "", now: datetime = NOW) -> None:
    of = Asking(
        number="2026-10001", state=QuestionState.WORKING, team="kcc", answer_due=answer_due, open_tasks=frozenset()
    )
    require_task(NewTask(asked="Kijk mee", team="wonen", day=day, why_later=why_later), of, now=now)


@pytest.mark.parametrize("day", [date(2026, 12, 22), date(2026, 12, 24), date(2026, 12, 29)])
def test_a_working_day_up_to_the_answer_date(day: date) -> None:
    require(day)


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 12, 25), "werkdag"),
        (date(2026, 12, 27), "werkdag"),
        (date(2026, 12, 21), "al voorbij"),
        (date(2026, 12, 30), "na de antwoorddatum"),
        (date(2028, 1, 3), "meer dan een jaar"),
    ],
)
def test_no_other_day(day: date, words: str) -> None:
    with pytest.raises(DomainError, match=words):
        require(day)


def test_after_closing_time_today_is_over() -> None:
    with pytest.raises(DomainError, match="al voorbij"):
        require(date(2026, 12, 22), now=datetime(2026, 12, 22, 17, 1, tzinfo=clock.AMSTERDAM))


def test_once_the_answer_was_given_no_task_has_to_be_before_it() -> None:
    require(date(2026, 12, 30), answer_due=None)


@given(st.dates(date(2026, 1, 1), date(2028, 6, 1)), st.integers(0, 60))
def test_the_suggested_day_is_a_working_day_that_is_still_to_come(today: date, ahead: int) -> None:
    now = datetime.combine(today, datetime.min.time(), clock.AMSTERDAM) + timedelta(hours=12)
    day = suggest_day(answer_due=now + timedelta(days=ahead), now=now)
    assert is_workday(day)
    assert day > today


def test_the_register_has_partners_with_everything_filled_in_and_made_up_addresses() -> None:
    assert len(partners()) >= 10
    for one in partners().values():
        assert all((one.name, one.what_for, one.phone))
        assert one.domain.endswith(".voorbeeld.nl")
    assert len({one.domain for one in partners().values()}) == len(partners())


def test_a_municipality_puts_its_own_register_in_its_place(tmp_path: Any, settings: Any) -> None:
    own = '[[partner]]\nname = "Tafeltje Dekje"\nwhat_for = "Eten"\nemail = "a@tafel.voorbeeld.nl"\nphone = "050 123 46 99"\n'
    (tmp_path / "partners.toml").write_text(own, encoding="utf-8")
    settings.RULES = tmp_path
    partners.cache_clear()
    try:
        assert list(partners()) == ["Tafeltje Dekje"]
    finally:
        partners.cache_clear()


@pytest.mark.parametrize(
    ("email", "domain"), [("A@GGD.Voorbeeld.NL", "ggd.voorbeeld.nl"), ("geen adres", ""), ("", "")]
)
def test_the_domain_of_an_address(email: str, domain: str) -> None:
    assert domain_of(email) == domain


STEPS = (
    "ask",
    "ask_partner",
    "finish",
    "give_back",
    "withdraw",
    "late",
    "hand_over",
    "accept",
    "answer",
    "close",
    "watch",
)


@pytest.mark.django_db
class TestSequences:
    """Whatever people do, in whatever order: what is refused changes nothing, and the rest keeps the question whole."""

    @settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
    @given(steps=st.lists(st.tuples(st.sampled_from(STEPS), st.integers(0, 3)), max_size=8))
    def test_V31_no_sequence_loses_the_owner_moves_the_date_or_ends_a_task_twice(
        self, steps: list[tuple[str, int]]
    ) -> None:
        with clock.told_at(NOW):
            held = ask(by=register_resident(), team="schuldhulp", product="schuldhulpverlening")
        people = {
            team: employee_with(Role.SPECIALIST, teams=(team,), username=team) for team in ("schuldhulp", "wonen")
        }
        ended: dict[UUID, str] = {}
        for nth, (step, which) in enumerate(steps):
            with clock.told_at(NOW + timedelta(hours=nth)):
                self.take(step, which, held, people)
            after = Question.objects.get(id=held.id)
            assert (after.number, after.answer_due, after.urgency) == (held.number, held.answer_due, held.urgency)
            assert after.team in people
            rows = dict(FollowUpTask.objects.filter(question=held.id).values_list("id", "state"))
            assert after.handler or after.hand_overs or not rows
            assert ended.items() <= rows.items()
            ended = {task: state for task, state in rows.items() if state != TaskState.OPEN}

    def take(self, step: str, which: int, held: Question, people: dict[str, Actor]) -> None:
        team = Question.objects.values_list("team", flat=True).get(id=held.id)
        owner, other = people[team], people["wonen" if team == "schuldhulp" else "schuldhulp"]
        with suppress(DomainError):
            self.do(step, which, held, owner, other)

    def do(self, step: str, which: int, held: Question, owner: Actor, other: Actor) -> None:
        tasks = list(FollowUpTask.objects.filter(question=held.id).order_by("id").values_list("id", flat=True))
        task = tasks[which % len(tasks)] if tasks else held.id
        (to,) = other.teams
        new = NewTask(asked=f"Kijk {which}", day=date(2026, 12, 23), team=to)
        partner = NewTask(asked="Kijk", day=date(2026, 12, 24), partner="GGD Groningen", agreed=True)
        seen = version_of(held.id)
        deeds: dict[str, Any] = {
            "ask": lambda: commands.ask_task(actor=owner, question=held.id, task=new),
            "ask_partner": lambda: commands.ask_task(actor=owner, question=held.id, task=partner),
            "finish": lambda: commands.finish_task(actor=(owner, other)[which % 2], task=task, words="Gedaan"),
            "give_back": lambda: commands.give_back_task(actor=(owner, other)[which % 2], task=task, reason="Kan niet"),
            "withdraw": lambda: commands.withdraw_task(actor=owner, task=task, reason="Niet nodig"),
            "late": lambda: commands.note_late_tasks(actor=MACHINE),
            "hand_over": lambda: commands.hand_over_question(
                actor=owner, question=held.id, to=to, reason="Van u", seen_version=seen
            ),
            "accept": lambda: commands.accept_hand_over(actor=owner, question=held.id),
            "answer": lambda: answer(owner, held.id),
            "close": lambda: close(owner, held.id),
            "watch": lambda: commands.withdraw_tasks_of_closed(actor=MACHINE, question=held.id),
        }
        deeds[step]()
