"""Two at once: whoever comes second waits, and finds what the first one did."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from gemeente.access.commands import load_organisation
from gemeente.access.types import Role
from gemeente.channels.commands import receive_message
from gemeente.channels.types import Channel, Receipt
from gemeente.config.prepare import SHIPPED_ORGANISATION
from gemeente.config.tests.people import employee_with, register_resident
from gemeente.contact.commands import answer_question, merge_questions, take_in_message, take_up_question
from gemeente.contact.models import ContactMoment, Question
from gemeente.contact.queries.workspace import version_of
from gemeente.contact.tests.talk import MACHINE, ask, message, question_of, say
from gemeente.kernel.consumer import consume_batch
from gemeente.kernel.errors import Conflict
from gemeente.kernel.models import Delivery
from gemeente.products.commands import load_products

pytestmark = pytest.mark.django_db(transaction=True)
TIMES = 4


@pytest.fixture(autouse=True)
def house() -> None:
    """Load what a test before this one may have emptied."""
    load_organisation(SHIPPED_ORGANISATION)
    load_products()


def at_once(*deeds: Callable[[], Any]) -> list[Any]:
    """Do these at the same moment, each on a connection of its own; return the outcomes, errors among them, in order."""
    ready = Barrier(len(deeds))

    def do(deed: Callable[[], Any]) -> Any:
        try:
            ready.wait(timeout=30)
            return deed()
        except Exception as failure:  # noqa: BLE001  # the outcome that a test asks about
            return failure
        finally:
            connection.close()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(do, deeds))


def test_one_message_delivered_several_times_at_once_is_one() -> None:
    same = message()
    outcomes = at_once(*[lambda: receive_message(actor=MACHINE, message=same)] * TIMES)
    assert sorted(receipt for receipt, _ in outcomes) == [Receipt.ACCEPTED] + [Receipt.DUPLICATE] * (TIMES - 1)
    assert len({kept for _, kept in outcomes}) == 1
    assert Delivery.objects.count() == 1


def test_the_page_and_the_worker_take_one_message_in_once() -> None:
    _, kept = receive_message(actor=MACHINE, message=message())
    taken = at_once(
        lambda: take_in_message(actor=MACHINE, message=kept),
        consume_batch,
        lambda: take_in_message(actor=MACHINE, message=kept),
    )
    assert taken[0].question == taken[2].question == Question.objects.get().id
    assert ContactMoment.objects.count() == 1
    while consume_batch():
        pass
    assert not Delivery.objects.exists()


def test_words_in_one_thread_at_once_all_stay() -> None:
    hiltje = register_resident()
    held = ask(by=hiltje)
    at_once(*[lambda: say("Nog iets.", by=hiltje, question=held.id)] * TIMES)
    assert ContactMoment.objects.filter(question=held.id).count() == 1 + TIMES
    assert version_of(held.id) == TIMES


def test_of_two_answers_at_once_the_second_is_a_conflict() -> None:
    employee, hiltje = employee_with(Role.KCC), register_resident()
    held = ask(by=hiltje)

    def reply(text: str) -> Any:
        return answer_question(actor=employee, question=held.id, text=text, via=Channel.WEB, seen_version=0)

    outcomes = at_once(lambda: reply("Ja."), lambda: reply("Nee."))
    assert sum(isinstance(outcome, Conflict) for outcome in outcomes) == 1
    assert ContactMoment.objects.filter(question=held.id, direction="out").count() == 1


def test_a_double_click_on_an_answer_is_one_answer() -> None:
    employee, hiltje = employee_with(Role.KCC), register_resident()
    held = ask(by=hiltje)

    def reply() -> Any:
        return answer_question(actor=employee, question=held.id, text="Ja.", via=Channel.WEB, seen_version=0)

    first, second = at_once(reply, reply)
    assert first == second == ContactMoment.objects.get(question=held.id, direction="out").id


def test_colleagues_who_take_it_up_at_once_leave_one_handler_and_both_lines() -> None:
    colleagues = [employee_with(Role.KCC, username=name) for name in ("jan", "noor")]
    held = question_of(say())
    at_once(*(lambda who=one: take_up_question(actor=who, question=held.id) for one in colleagues))
    assert Question.objects.get(id=held.id).handler in {one.id for one in colleagues}
    assert version_of(held.id) == len(colleagues)


def test_numbers_taken_at_once_differ() -> None:
    outcomes = at_once(*[say] * TIMES)
    assert Question.objects.count() == len({one.question for one in outcomes}) == TIMES


def test_two_questions_put_into_each_other_at_once_become_one() -> None:
    resident, kcc = register_resident(), employee_with(Role.KCC)
    first, second = ask(by=resident), ask(by=resident)

    def into(one: Question, other: Question) -> Callable[[], None]:
        return lambda: merge_questions(actor=kcc, question=one.id, other=other.id, seen_version=0, other_seen_version=0)

    outcomes = at_once(into(first, second), into(second, first))
    assert [type(outcome) for outcome in outcomes if outcome] == [Conflict]
    assert Question.objects.filter(merged_into=None).count() == 1
    assert ContactMoment.objects.exclude(question__in=Question.objects.filter(merged_into=None)).count() == 0
