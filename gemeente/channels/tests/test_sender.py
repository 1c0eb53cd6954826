"""Sending: nothing queued is lost, nothing goes out twice that need not, and one bad mail never holds up another."""

import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from itertools import pairwise
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.conf import LazySettings, settings
from django.db import connection, transaction
from pytest_django import DjangoAssertNumQueries

from gemeente.channels.commands import queue_message
from gemeente.channels.mail.reply_address import read_reply_address
from gemeente.channels.models import OutgoingMessage
from gemeente.channels.ports import MailTransport, TransportUnavailable
from gemeente.channels.sender import LEASE, LONGEST_WAIT, reply_key, send_due
from gemeente.channels.types import Channel, NewOutgoing, OutgoingKind, OutgoingState
from gemeente.kernel.clock import now, told_at
from gemeente.kernel.models import Event
from gemeente.kernel.ports import port

NOON = "2026-11-24T12:00:00+01:00"
QUESTION = uuid4()


class Killed(BaseException):
    """The process dies here: nothing after this line runs."""


class Through:
    """A carrier that does something first, or last, and is otherwise the one it wraps."""

    def __init__(
        self,
        carrier: MailTransport,
        before: Callable[[str], None] | None = None,
        after: Callable[[str], None] | None = None,
    ) -> None:
        self.carrier, self.before, self.after = carrier, before, after

    def send(self, message: EmailMessage, to: str) -> None:
        if self.before:
            self.before(to)
        self.carrier.send(message, to)
        if self.after:
            self.after(to)

    def close(self) -> None:
        self.carrier.close()


@pytest.fixture
def carrier(settings: LazySettings) -> Any:
    """The carrier in memory, as the settings of a test name it."""
    memory = {"ADAPTER": "gemeente.adapters.memory.MemoryTransport"}
    settings.PORTS = settings.PORTS | {"gemeente.channels.ports.MailTransport": memory}
    return port(MailTransport)


def queue(*names: str, **given: Any) -> None:
    for name in names:
        values: dict[str, Any] = {
            "once": f"answer:{name}",
            "kind": OutgoingKind.ANSWER,
            "channel": Channel.EMAIL,
            "to_address": f"{name}@voorbeeld.nl",
            "to_name": name.title(),
            "subject": "Wij hebben uw vraag",
            "text": "Wij kijken vandaag.",
            "language": "nl",
            "question": QUESTION,
            "party": None,
        }
        queue_message(outgoing=NewOutgoing(**(values | given)))


def reached(carrier: Any) -> list[str]:
    return [to.partition("@")[0] for to, _ in carrier.sent]


def states() -> dict[str, str]:
    return {row.to_address.partition("@")[0]: row.state for row in OutgoingMessage.objects.all()}


def published() -> list[tuple[str, str]]:
    events = Event.objects.filter(name__startswith="channels.message-").order_by("id")
    return [(one.name, one.payload["question"]) for one in events]


@pytest.mark.django_db
class TestSend:
    def test_it_works(self, carrier: Any) -> None:
        queue("hiltje")
        assert send_due(carrier) == 1
        ((to, mail),) = carrier.sent
        row = OutgoingMessage.objects.get()
        assert (to, mail["Message-ID"], mail["Subject"]) == (
            "hiltje@voorbeeld.nl",
            row.message_id,
            "Wij hebben uw vraag",
        )
        assert (row.state, row.attempts, row.sent_at is not None) == (OutgoingState.SENT, 1, True)
        assert published() == [("channels.message-sent.v1", str(QUESTION))]

    def test_what_was_sent_is_not_sent_again(self, carrier: Any) -> None:
        queue("hiltje")
        send_due(carrier)
        with time_machine.travel(timedelta(days=1)):
            assert send_due(carrier) == 0
        assert reached(carrier) == ["hiltje"]

    def test_queueing_the_same_twice_sends_one(self, carrier: Any) -> None:
        queue("hiltje", "hiltje")
        assert send_due(carrier) == 1

    def test_an_answer_to_it_finds_the_question_by_its_signed_address(self, carrier: Any) -> None:
        queue("hiltje")
        send_due(carrier)
        reply_to = carrier.sent[0][1]["Reply-To"].addresses[0].addr_spec
        assert read_reply_address(reply_to, settings.MAIL_ADDRESS, reply_key()) == QUESTION

    def test_it_stands_in_the_thread_of_the_mail_that_it_answers(self, carrier: Any) -> None:
        queue("hiltje", in_reply_to="<vraag@voorbeeld.nl>")
        send_due(carrier)
        mail = carrier.sent[0][1]
        assert (mail["In-Reply-To"], mail["References"]) == ("<vraag@voorbeeld.nl>", "<vraag@voorbeeld.nl>")

    @pytest.mark.parametrize(
        ("kind", "says"),
        [(OutgoingKind.CONFIRMATION, "auto-generated"), (OutgoingKind.ANSWER, None), (OutgoingKind.CLOSING, None)],
    )
    def test_only_a_confirmation_says_that_a_machine_wrote_it(
        self, carrier: Any, kind: OutgoingKind, says: str | None
    ) -> None:
        queue("hiltje", kind=kind)
        send_due(carrier)
        assert carrier.sent[0][1]["Auto-Submitted"] == says

    def test_a_letter_waits_in_the_tray(self, carrier: Any) -> None:
        queue("hiltje", channel=Channel.LETTER)
        assert send_due(carrier) == 0

    def test_it_is_dated_when_its_words_were_written_and_the_oldest_goes_first(self, carrier: Any) -> None:
        with told_at(datetime(2026, 11, 24, 12, tzinfo=UTC)):
            queue("later")
        with told_at(datetime(2026, 11, 3, 12, tzinfo=UTC)):
            queue("eerder")
        send_due(carrier)
        assert reached(carrier) == ["eerder", "later"]
        assert carrier.sent[0][1]["Date"].datetime == datetime(2026, 11, 3, 12, tzinfo=UTC)

    def test_at_most_so_many_at_once(self, carrier: Any) -> None:
        queue("een", "twee", "drie")
        assert [send_due(carrier, limit=2), send_due(carrier, limit=2), send_due(carrier, limit=2)] == [2, 1, 0]

    def test_a_mail_costs_four_statements_and_a_batch_one(
        self, carrier: Any, django_assert_max_num_queries: DjangoAssertNumQueries
    ) -> None:
        queue(*(f"nummer{number}" for number in range(10)))
        with django_assert_max_num_queries(1 + 10 * 4):
            send_due(carrier)


@pytest.mark.django_db
class TestRefused:
    def test_a_recipient_that_was_refused_is_told_and_not_tried_again(self, carrier: Any) -> None:
        carrier.refused.add("hiltje@voorbeeld.nl")
        queue("hiltje", "roelof")
        send_due(carrier)
        assert states() == {"hiltje": OutgoingState.FAILED, "roelof": OutgoingState.SENT}
        assert ("channels.message-failed.v1", str(QUESTION)) in published()
        with time_machine.travel(timedelta(days=1)):
            assert send_due(carrier) == 0

    @pytest.mark.parametrize(
        "address", ["geen adres", "a@b!c", "=?utf-8?q?a=0D=0ABcc=3A=20d=40x.nl?=@x.nl", "", "a" * 70 + "@x.nl"]
    )
    def test_what_cannot_be_an_address_is_refused_and_holds_up_nobody(self, carrier: Any, address: str) -> None:
        queue("slecht", to_address=address)
        queue("roelof")
        send_due(carrier)
        assert OutgoingMessage.objects.get(once="answer:slecht").state == OutgoingState.FAILED
        assert reached(carrier) == ["roelof"]


@pytest.mark.django_db
class TestLater:
    def test_not_now_waits_longer_each_time_and_holds_up_nobody(self, carrier: Any) -> None:
        carrier.later.add("hiltje@voorbeeld.nl")
        waits = []
        with time_machine.travel(NOON, tick=False) as clock:
            queue("hiltje", "roelof")
            for _ in range(14):
                send_due(carrier)
                row = OutgoingMessage.objects.get(to_name="Hiltje")
                waits.append(row.due_at)
                clock.move_to(row.due_at)
            between = [(after - before).total_seconds() for before, after in pairwise(waits)]
        assert reached(carrier) == ["roelof"]
        assert between == sorted(between)
        assert between[-1] == LONGEST_WAIT.total_seconds()
        assert row.last_error == TransportUnavailable.__qualname__

    def test_it_goes_when_the_recipient_takes_it(self, carrier: Any) -> None:
        carrier.later.add("hiltje@voorbeeld.nl")
        queue("hiltje")
        send_due(carrier)
        carrier.later.clear()
        assert send_due(carrier) == 0
        with time_machine.travel(timedelta(minutes=1)):
            assert send_due(carrier) == 1
        assert states() == {"hiltje": OutgoingState.SENT}

    def test_a_carrier_that_is_away_loses_nothing(self, carrier: Any) -> None:
        carrier.away = True
        queue("een", "twee", "drie")
        send_due(carrier)
        carrier.away = False
        with time_machine.travel(timedelta(minutes=1)):
            send_due(carrier)
        assert sorted(reached(carrier)) == ["drie", "een", "twee"]

    def test_a_fault_of_ours_in_one_mail_holds_up_no_other(self, carrier: Any) -> None:
        def stumble(to: str) -> None:
            if to.startswith("slecht"):
                raise RuntimeError("a fault of ours")

        queue("slecht", "roelof", "maya")
        assert send_due(Through(carrier, before=stumble)) == 3
        assert sorted(reached(carrier)) == ["maya", "roelof"]
        assert states()["slecht"] == OutgoingState.QUEUED
        with time_machine.travel(timedelta(minutes=1)):
            send_due(carrier)
        assert states()["slecht"] == OutgoingState.SENT

    def test_with_a_slow_carrier_the_rest_is_given_back_before_the_lease_ends(self, carrier: Any) -> None:
        with time_machine.travel(NOON, tick=False) as clock:
            queue(*(f"nummer{number}" for number in range(10)))
            slow = Through(carrier, after=lambda _: clock.shift(LEASE / 5))
            tried = send_due(slow)
            assert 0 < tried < 10
            waiting = OutgoingMessage.objects.filter(state=OutgoingState.QUEUED, due_at__lte=now(), attempts=0)
            assert waiting.count() == 10 - tried
            assert send_due(carrier) == 10 - tried
        assert len(set(reached(carrier))) == len(reached(carrier)) == 10


@pytest.mark.django_db
class TestCrash:
    def test_killed_before_the_carrier_had_it_it_goes_later(self, carrier: Any) -> None:
        queue("hiltje")
        with pytest.raises(Killed):
            send_due(Through(carrier, before=_kill))
        assert (reached(carrier), states()) == ([], {"hiltje": OutgoingState.QUEUED})
        with time_machine.travel(LEASE):
            assert send_due(carrier) == 1
        assert reached(carrier) == ["hiltje"]

    def test_killed_after_the_carrier_had_it_it_goes_again_as_the_same_mail(self, carrier: Any) -> None:
        queue("hiltje")
        with pytest.raises(Killed):
            send_due(Through(carrier, after=_kill))
        with time_machine.travel(LEASE):
            send_due(carrier)
        first, second = (mail["Message-ID"] for _, mail in carrier.sent)
        assert first == second
        assert [name for name, _ in published()] == ["channels.message-sent.v1"]

    def test_while_the_lease_runs_nobody_else_takes_it(self, carrier: Any) -> None:
        queue("hiltje", "roelof")
        with pytest.raises(Killed):
            send_due(Through(carrier, before=_kill))
        assert send_due(carrier) == 0

    def test_what_rolls_back_is_never_sent(self, carrier: Any) -> None:
        with transaction.atomic():
            queue("hiltje")
            transaction.set_rollback(True)
        assert send_due(carrier) == 0


@pytest.mark.django_db(transaction=True)
def test_two_senders_at_once_send_each_mail_once(carrier: Any) -> None:
    queue(*(f"nummer{number}" for number in range(60)))
    begin = threading.Barrier(3)

    def work() -> None:
        begin.wait()
        while send_due(carrier, limit=5):
            pass
        connection.close()

    workers = [threading.Thread(target=work) for _ in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert sorted(reached(carrier)) == sorted(f"nummer{number}" for number in range(60))


def _kill(_: str) -> None:
    raise Killed
