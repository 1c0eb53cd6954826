"""What search reads of the texts."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models


class SearchText(models.Model):
    """The words of one question: its title, its wish, and all that was said in it, notes for colleagues included.

    Besides them `words` holds the month in which it was asked, as "@2026-11": no text can hold that, and the index skips to a
    month by it. Who may see a question is never kept here; that is read from the question itself.
    """

    question = models.UUIDField(primary_key=True)
    asked_at = models.DateTimeField()
    words = SearchVectorField()

    class Meta:
        # A list of pending words would have to be read by each search; writing happens where nobody waits for it.
        indexes = [GinIndex(fields=["words"], name="search_text_words", fastupdate=False)]
