"""Let search find what was said. This changes nothing that anybody reads, so it needs no right and no line in the log."""

from typing import Any
from uuid import UUID

from django.db import connection, transaction

from gemeente.contact.models import Question
from gemeente.kernel.sql import statement

AT_ONCE = 500
LETTERS_AT_MOST = 250_000


@transaction.atomic
def index_texts(questions: list[UUID]) -> None:
    """Read the texts of these questions into the index as they are now. Idempotent. Two statements."""
    # Whoever indexes the same question waits here, and reads what was committed meanwhile: the last one knows all.
    list(Question.objects.select_for_update(no_key=True).filter(id__in=questions).order_by("id").values_list("id"))
    with connection.cursor() as cursor:
        values: dict[str, Any] = {"questions": questions, "letters": LETTERS_AT_MOST}
        cursor.execute(statement("gemeente.contact.sql", "index_texts"), values)


def index_missing_texts() -> int:
    """Index each question that is in no index yet, the newest first, 500 in a transaction; return how many that were."""
    done, before = 0, UUID(int=2**128 - 1)
    while missing := _missing(before):
        index_texts(missing)
        done, before = done + len(missing), missing[-1]
    return done


def _missing(before: UUID) -> list[UUID]:
    with connection.cursor() as cursor:
        cursor.execute(statement("gemeente.contact.sql", "missing_texts"), {"before": before, "limit": AT_ONCE})
        return [question for (question,) in cursor.fetchall()]
