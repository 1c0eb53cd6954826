"""The outbox consumer: takes due deliveries in batches, so that tens of thousands of events a second stay possible.

A batch is one transaction. When one handler fails the batch is rolled back and each delivery is tried on its own, so one
poisoned event never holds up another. A kill at any moment rolls back to "still due".
"""

import logging
from datetime import timedelta
from typing import Any

from django.db import connection, transaction

from gemeente.kernel import clock
from gemeente.kernel.events import handle
from gemeente.kernel.models import Delivery
from gemeente.kernel.sql import statement

BATCH = 100
ATTEMPTS = 8
BACKOFF_SECONDS = 2

log = logging.getLogger(__name__)

Row = tuple[int, str, int, str, str, str]


def _claim(limit: int) -> list[Row]:
    with connection.cursor() as cursor:
        cursor.execute(statement("gemeente.kernel.sql", "claim"), {"now": clock.now(), "limit": limit})
        rows: list[Any] = cursor.fetchall()
    return rows


def _run(row: Row) -> None:
    _, subscriber, _, name, payload, trace_id = row
    handle(name=name, subscriber=subscriber, payload=payload, trace_id=trace_id)


def _done(ids: list[int]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM kernel_delivery WHERE id = ANY(%s)", [ids])


def consume_batch(limit: int = BATCH) -> int:
    """Deliver up to `limit` due deliveries; return how many were taken up (0 when there is nothing to do)."""
    try:
        with transaction.atomic():
            rows = _claim(limit)
            for row in rows:
                _run(row)
            _done([row[0] for row in rows])
    except Exception:  # noqa: BLE001  # whatever a handler raises, each delivery gets its own try
        return sum(consume_one() for _ in range(limit))
    return len(rows)


def consume_one() -> int:
    """Deliver one due delivery in a transaction of its own; a failure is noted with it. Return 0 when none is due."""
    with transaction.atomic():
        rows = _claim(1)
        if not rows:
            return 0
        try:
            with transaction.atomic():
                _run(rows[0])
            _done([rows[0][0]])
        except Exception as failure:  # noqa: BLE001  # noted on the delivery, retried, and in the end set aside for a person
            _postpone(rows[0], failure)
    return 1


def _postpone(row: Row, failure: Exception) -> None:
    # Only the kind of error is kept: its text may carry what a resident wrote.
    attempts = row[2] + 1
    now = clock.now()
    log.error("delivery failed", extra={"subscriber": row[1], "attempts": attempts}, exc_info=failure)
    Delivery.objects.filter(id=row[0]).update(
        attempts=attempts,
        last_error=type(failure).__qualname__,
        due_at=now + timedelta(seconds=BACKOFF_SECONDS**attempts),
        set_aside_at=now if attempts >= ATTEMPTS else None,
    )
