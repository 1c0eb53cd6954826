"""The worker: each loop goes on after a failure, one bad mail stops no other, and a killed job is done again."""

import asyncio
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import LazySettings
from django.db import connection
from procrastinate.contrib.django import app

from gemeente.adapters.memory import MemoryMailbox
from gemeente.channels.commands import receive_mail
from gemeente.channels.mail.tests.samples import mail
from gemeente.channels.models import IncomingMessage
from gemeente.config import worker
from gemeente.config.worker import Loop, MailboxReader, beat
from gemeente.kernel import clock
from gemeente.kernel.models import Heartbeat


class TestMailbox:
    @pytest.fixture
    def box(self, settings: LazySettings, monkeypatch: pytest.MonkeyPatch) -> MemoryMailbox:
        box = MemoryMailbox()
        monkeypatch.setattr(worker, "port", lambda protocol: box)
        return box

    @pytest.mark.django_db
    def test_what_was_committed_is_taken_out_of_the_mailbox(self, box: MemoryMailbox) -> None:
        box.deliver(mail())
        assert MailboxReader().step() == 1
        assert (box.waiting, IncomingMessage.objects.count()) == ({}, 1)

    @pytest.mark.django_db
    def test_one_mail_that_we_stumble_over_stays_and_the_others_come(
        self, box: MemoryMailbox, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def stumbles(**given: Any) -> Any:
            if b"Vraag 1" in given["raw"]:
                raise LookupError("a fault of ours")
            return receive_mail(**given)

        monkeypatch.setattr(worker, "receive_mail", stumbles)
        for nth in range(3):
            box.deliver(mail(f"Vraag {nth}", message_id=f"<{nth}@voorbeeld.nl>"))
        reader = MailboxReader()
        assert reader.step() == 2
        assert [b"Vraag 1" in raw for raw in box.waiting.values()] == [True]
        assert reader.step() == 0

    @pytest.mark.django_db
    def test_a_crash_before_it_was_taken_out_brings_it_again_and_it_is_one(self, box: MemoryMailbox) -> None:
        box.deliver(mail())
        box.deliver(mail())
        assert MailboxReader().step() == 2
        assert IncomingMessage.objects.count() == 1

    @pytest.mark.django_db
    def test_a_broken_connection_is_made_anew(self, box: MemoryMailbox) -> None:
        reader = MailboxReader()
        box.deliver(mail())
        box.away = True
        with pytest.raises(Exception, match="away"):
            reader.step()
        assert reader.box is None
        box.away = False
        assert reader.step() == 1


class TestLoop:
    def test_it_goes_on_after_a_failure_until_it_is_told_to_stop(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(worker, "FAILED_SECONDS", 0)
        monkeypatch.setattr(worker, "close_old_connections", lambda: None)
        stopping = threading.Event()
        seen: list[int] = []

        def step() -> int:
            seen.append(len(seen))
            if len(seen) == 2:
                raise LookupError("a fault of ours")
            if len(seen) == 4:
                stopping.set()
            return 0

        loop = Loop("proef", step, stopping, idle=0)
        loop.start()
        loop.join(timeout=30)
        assert seen == [0, 1, 2, 3]


@pytest.mark.django_db
def test_a_beat_is_the_last_one() -> None:
    for _ in range(2):
        beat()
    assert Heartbeat.objects.get(part="worker").beaten_at <= clock.now()


@pytest.mark.django_db(transaction=True)
class TestJobs:
    @pytest.fixture
    def jobs(self) -> Iterator[Any]:
        """Return what asks the table of jobs, which is empty before and after."""

        def asked(statement: str, *values: Any) -> list[tuple[Any, ...]]:
            with connection.cursor() as cursor:
                cursor.execute(statement, values)
                return cursor.fetchall() if cursor.description else []

        asked("DELETE FROM procrastinate_jobs")
        asked("DELETE FROM procrastinate_workers")
        yield asked
        asked("DELETE FROM procrastinate_jobs")
        asked("DELETE FROM procrastinate_workers")
        # The threads that did the jobs leave their connections to the garbage collector.
        others = (
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> %s"
        )
        ((ours,),) = asked("SELECT pg_backend_pid()")
        asked(others, ours)

    def work(self) -> None:
        """Do all jobs that wait, as the worker does, and return."""

        async def worked() -> None:
            async with app.open_async():
                await app.run_worker_async(wait=False, delete_jobs="successful", install_signal_handlers=False)

        connector: Any = app.connector
        with app.replace_connector(connector.get_worker_connector()):
            asyncio.run(worked())

    @pytest.mark.parametrize("waits_again", [True, False])
    def test_what_a_killed_worker_was_doing_is_done(self, jobs: Any, waits_again: bool) -> None:
        """Whether or not the clock has queued the same job again in the meantime."""
        begun = "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - interval '5 minutes') RETURNING id"
        ((dead,),) = jobs(begun)
        note_late = app.configure_task("gemeente.contact.jobs.note_late", queueing_lock="note_late")
        note_late.defer(timestamp=0)
        jobs("UPDATE procrastinate_jobs SET status = 'doing', worker_id = %s", dead)
        if waits_again:
            note_late.defer(timestamp=0)
        app.configure_task("gemeente.kernel.jobs.retry_stalled").defer(timestamp=0)
        self.work()
        assert jobs("SELECT task_name, status FROM procrastinate_jobs") == []

    def test_every_job_of_ours_is_known_to_the_worker(self) -> None:
        names = {name for name in app.tasks if name.startswith("gemeente.")}
        assert {"gemeente.contact.jobs.note_late", "gemeente.channels.jobs.forget_unsent_files"} <= names
        periodic = {one.task.name for one in app.periodic_registry.periodic_tasks.values()}
        assert names <= periodic
