"""`/healthz` says that the process lives; `/readyz` says whether it can do its work, and if not, why."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from gemeente.channels.commands import receive_message
from gemeente.config import heartbeat
from gemeente.config.worker import beat
from gemeente.contact.tests.talk import MACHINE, message
from gemeente.kernel import clock
from gemeente.kernel.models import Delivery, Heartbeat

WELL = {"database": "ok", "migrations": "ok", "worker": "ok", "outbox": "ok", "live": "ok"}


@pytest.fixture
def ready(client: Client) -> Any:
    """Return what `/readyz` answers: its status, and each check."""

    def asked() -> tuple[int, dict[str, str]]:
        answer = client.get("/readyz")
        body = answer.json()
        assert body["status"] == ("ok" if answer.status_code == 200 else "not ready")
        return answer.status_code, body["checks"]

    return asked


@pytest.mark.django_db
class TestReady:
    @pytest.fixture(autouse=True)
    def worker(self) -> None:
        beat()
        heartbeat.beat("live")

    def test_all_is_well(self, ready: Any) -> None:
        assert ready() == (200, WELL)

    def test_a_worker_that_never_lived(self, ready: Any) -> None:
        Heartbeat.objects.filter(part="worker").delete()
        assert ready() == (503, WELL | {"worker": "de worker werkt niet"})

    def test_a_worker_that_stopped(self, ready: Any) -> None:
        with clock.told_at(clock.now() + timedelta(seconds=31)):
            assert ready()[1]["worker"] == "de worker werkt niet"

    def test_without_live_updates_it_is_ready_and_says_so(self, ready: Any) -> None:
        Heartbeat.objects.filter(part="live").delete()
        assert ready() == (200, WELL | {"live": "schermen verversen niet vanzelf"})

    def test_an_outbox_that_lags(self, ready: Any) -> None:
        receive_message(actor=MACHINE, message=message())
        assert ready()[0] == 200
        with clock.told_at(clock.now() + timedelta(seconds=90)):
            beat()
            status, checks = ready()
        assert (status, checks["outbox"]) == (503, "de outbox loopt 90 seconden achter")

    def test_what_was_set_aside_for_a_person_does_not_make_it_unready(self, ready: Any) -> None:
        receive_message(actor=MACHINE, message=message())
        Delivery.objects.update(due_at=clock.now() - timedelta(days=1), set_aside_at=clock.now())
        assert ready() == (200, WELL)

    def test_migrations_that_wait(self, ready: Any) -> None:
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM django_migrations WHERE app = 'audit' AND name = '0002_append_only'")
        assert ready() == (503, WELL | {"migrations": "1 migraties wachten"})


@pytest.fixture
def no_database() -> Iterator[None]:
    """Let the database be gone: nothing listens where we look for it."""
    where = connection.settings_dict["PORT"]
    connection.close()
    connection.settings_dict["PORT"] = "1"
    yield
    connection.settings_dict["PORT"] = where


@pytest.mark.django_db(transaction=True)
class TestWithoutDatabase:
    def test_the_process_lives_but_is_not_ready(self, client: Client, ready: Any, no_database: None) -> None:
        assert client.get("/healthz").status_code == 200
        assert ready() == (503, dict.fromkeys(WELL, "de database antwoordt niet"))

    def test_a_page_says_in_words_that_it_went_wrong(self, no_database: None) -> None:
        client = Client(raise_request_exception=False)
        client.cookies["sessie"] = "0123456789abcdef"
        answer = client.get("/vragen/")
        assert answer.status_code == 500
        assert "Dit ging mis bij ons" in answer.content.decode()


def test_the_process_lives(client: Client) -> None:
    assert client.get("/healthz").json() == {"status": "ok"}
