"""The number that a resident reads out on the phone: the year and a counter, "2026-12071"."""

from datetime import datetime

from django.db import connection

from gemeente.kernel.clock import AMSTERDAM


def next_number(asked_at: datetime) -> str:
    """Return a new number. Holes are harmless: a sequence never waits for another transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('contact_question_number')")
        counted: int = cursor.fetchone()[0]
    return f"{asked_at.astimezone(AMSTERDAM).year}-{counted:05d}"
