"""`/healthz`: the process lives. `/readyz`: it can do its work, and if not, why not."""

from collections.abc import Callable
from datetime import timedelta

from django.db import DatabaseError, InterfaceError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse

from gemeente.access import http as admit
from gemeente.kernel import clock
from gemeente.kernel.http import json_response
from gemeente.kernel.models import Delivery, Heartbeat

BEAT_AT_MOST = timedelta(seconds=30)
LAG_AT_MOST = timedelta(seconds=60)


@admit.anyone
def healthz(request: HttpRequest) -> HttpResponse:
    """Answer 200 as long as the process can answer at all."""
    return json_response({"status": "ok"})


@admit.anyone
def readyz(request: HttpRequest) -> HttpResponse:
    """Answer 200 when database, migrations, worker and outbox are well, else 503 with what is not.

    Without live updates all works, only by reloading: that is said, and stays 200.
    """
    needed = {check.__name__.lstrip("_"): _outcome(check) for check in (_database, _migrations, _worker, _outbox)}
    ready = all(outcome == "ok" for outcome in needed.values())
    checks = needed | {"live": _outcome(_live)}
    body = {"status": "ok" if ready else "not ready", "checks": checks}
    return json_response(body, status=200 if ready else 503)


def _outcome(check: Callable[[], str]) -> str:
    try:
        return check()
    except (DatabaseError, InterfaceError):
        return "de database antwoordt niet"


def _database() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return "ok"


def _migrations() -> str:
    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return f"{len(waiting)} migraties wachten" if waiting else "ok"


def _worker() -> str:
    return "ok" if _beats("worker") else "de worker werkt niet"


def _live() -> str:
    return "ok" if _beats("live") else "schermen verversen niet vanzelf"


def _beats(part: str) -> bool:
    beat = Heartbeat.objects.filter(part=part).values_list("beaten_at", flat=True).first()
    return beat is not None and clock.now() - beat <= BEAT_AT_MOST


def _outbox() -> str:
    due = Delivery.objects.filter(set_aside_at=None).order_by("due_at").values_list("due_at", flat=True).first()
    if due and clock.now() - due > LAG_AT_MOST:
        return f"de outbox loopt {round((clock.now() - due).total_seconds())} seconden achter"
    return "ok"
