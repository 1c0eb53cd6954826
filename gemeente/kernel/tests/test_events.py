from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from gemeente.kernel import clock, consumer, events, trace
from gemeente.kernel.consumer import ATTEMPTS, consume_batch
from gemeente.kernel.errors import PublishOutsideTransaction
from gemeente.kernel.events import event, on, publish
from gemeente.kernel.models import Delivery, Event

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


@event("kernel-test.happened.v1")
@dataclass(frozen=True, kw_only=True)
class Happened:
    """Something, for these tests."""

    what: str


heard: list[tuple[str, str]] = []


@on(Happened)
def listen(happened: Happened) -> None:
    if happened.what == "poison":
        raise ValueError("personal words of a resident")
    if happened.what == "poisoned sql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 / 0")
    heard.append((happened.what, trace.current()))


@pytest.fixture(autouse=True)
def at_noon() -> Iterator[None]:
    heard.clear()
    with clock.told_at(NOON):
        yield


def tell(*words: str) -> None:
    with transaction.atomic():
        for word in words:
            publish(Happened(what=word))


@pytest.mark.django_db(transaction=True)
class TestOutbox:
    def test_it_works(self) -> None:
        trace.start()
        told = trace.current()
        tell("one", "two")
        trace.start()
        assert consume_batch() == 2
        assert heard == [("one", told), ("two", told)]
        assert not Delivery.objects.exists()
        assert Event.objects.count() == 2

    def test_publishing_outside_a_transaction_is_an_error(self) -> None:
        with pytest.raises(PublishOutsideTransaction):
            publish(Happened(what="lost"))

    def test_rollback_leaves_nothing(self) -> None:
        with transaction.atomic():
            publish(Happened(what="undone"))
            transaction.set_rollback(True)
        assert not Event.objects.exists()
        assert consume_batch() == 0

    @pytest.mark.parametrize("poison", ["poison", "poisoned sql"])
    def test_one_poisoned_event_holds_up_no_other(self, poison: str) -> None:
        tell("before", poison, "after")
        consume_batch()
        assert [word for word, _ in heard] == ["before", "before", "after"]
        left = Delivery.objects.get()
        assert (left.attempts, left.set_aside_at) == (1, None)
        assert left.due_at == NOON + timedelta(seconds=2)

    def test_what_a_resident_wrote_stays_out_of_the_error(self) -> None:
        tell("poison")
        consume_batch()
        assert Delivery.objects.get().last_error == "ValueError"

    def test_it_is_tried_later_and_in_the_end_set_aside(self) -> None:
        tell("poison")
        for hours in range(ATTEMPTS):
            with clock.told_at(NOON + timedelta(hours=hours)):
                consume_batch()
        left = Delivery.objects.get()
        assert left.attempts == ATTEMPTS
        assert left.set_aside_at is not None
        with clock.told_at(NOON + timedelta(days=2)):
            assert consume_batch() == 0

    def test_an_event_whose_subscriber_is_gone_is_done(self, monkeypatch: pytest.MonkeyPatch) -> None:
        tell("for nobody")
        monkeypatch.setitem(events._subscribers, "kernel-test.happened.v1", {})
        assert consume_batch() == 1
        assert heard == []
        assert not Delivery.objects.exists()

    def test_a_lost_database_is_no_endless_loop(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def gone(limit: int) -> list[consumer.Row]:
            raise DatabaseError

        monkeypatch.setattr(consumer, "_claim", gone)
        with pytest.raises(DatabaseError):
            consume_batch()
