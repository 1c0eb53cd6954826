"""A choice from the queue: it shows what fits, in order, and is kept under a name."""

from datetime import timedelta

import pytest

from gemeente.access.types import Actor, Role
from gemeente.channels.types import Channel
from gemeente.config.tests.people import employee_with
from gemeente.contact.commands import drop_filter, make_promise, save_filter
from gemeente.contact.models import SavedFilter
from gemeente.contact.queries.choice import KEPT_AT_MOST, QueueFilter
from gemeente.contact.queries.for_me import for_me
from gemeente.contact.queries.queue import queue_of
from gemeente.contact.tests.talk import ask
from gemeente.contact.types import NewPromise, PromiseKind
from gemeente.kernel import clock
from gemeente.kernel.errors import DomainError

pytestmark = pytest.mark.django_db
DESK = QueueFilter(channel="desk")


@pytest.fixture
def kcc() -> Actor:
    return employee_with(Role.KCC)


def numbers(actor: Actor, choice: QueueFilter, row: str = "team") -> list[str]:
    return [item.number for item in queue_of(actor, row=row, choice=choice).items]


def test_it_shows_what_fits(kcc: Actor) -> None:
    ask(channel=Channel.PHONE)
    desk = ask(channel=Channel.DESK)
    assert numbers(kcc, DESK) == [desk.number]
    assert numbers(kcc, DESK, row="mine") == []
    assert numbers(kcc, QueueFilter(team="wegen")) == []
    assert len(numbers(kcc, QueueFilter(state="new"))) == 2


def test_the_first_promise_stands_on_top_and_todays_can_be_chosen(kcc: Actor) -> None:
    ask(channel=Channel.PHONE)
    promised = ask(channel=Channel.PHONE)
    due = clock.now() + timedelta(minutes=1)
    make_promise(
        actor=kcc,
        question=promised.id,
        promise=NewPromise(words="Ik bel u.", kind=PromiseKind.CALL_BACK, due_at=due),
    )
    first = queue_of(kcc, row="team", choice=QueueFilter(by_promise=True)).items[0]
    assert (first.number, first.due) == (promised.number, due)
    assert numbers(kcc, QueueFilter(promised_today=True)) == [promised.number]


class TestKept:
    def test_the_same_name_again_changes_it_and_only_ones_own_are_shown(self, kcc: Actor) -> None:
        save_filter(actor=kcc, name="Balie", choice=QueueFilter(channel="phone"))
        save_filter(actor=kcc, name=" Balie ", choice=DESK)
        (kept,) = for_me(kcc)[1]
        assert (kept.name, kept.choice) == ("Balie", DESK)
        assert for_me(employee_with(Role.KCC, username="other")) == ([], [])

    def test_nobody_drops_anothers(self, kcc: Actor) -> None:
        kept = save_filter(actor=kcc, name="Balie", choice=DESK)
        drop_filter(actor=employee_with(Role.KCC, username="other"), kept=kept)
        assert SavedFilter.objects.count() == 1
        drop_filter(actor=kcc, kept=kept)
        assert SavedFilter.objects.count() == 0

    @pytest.mark.parametrize(("name", "choice"), [(" ", DESK), ("Alles", QueueFilter())])
    def test_no_name_and_no_choice_are_refused(self, kcc: Actor, name: str, choice: QueueFilter) -> None:
        with pytest.raises(DomainError):
            save_filter(actor=kcc, name=name, choice=choice)

    def test_there_is_an_end_to_it(self, kcc: Actor) -> None:
        for nth in range(KEPT_AT_MOST):
            save_filter(actor=kcc, name=f"Keuze {nth}", choice=DESK)
        save_filter(actor=kcc, name="Keuze 3", choice=DESK)
        with pytest.raises(DomainError):
            save_filter(actor=kcc, name="Nog een", choice=DESK)
