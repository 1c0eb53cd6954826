"""What a resident told once, so that nobody asks for it again."""

from django.db import models

from gemeente.kernel.ids import new_id


class ToldFact(models.Model):
    """One thing that the resident told (V66). Its words never change: put right, it ends and a new one `replaces` it.

    It belongs to its question; with `everywhere` it counts in all questions of its party.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    question = models.UUIDField()
    party = models.UUIDField(null=True)
    everywhere = models.BooleanField()
    label = models.CharField(max_length=60, default="")
    words = models.CharField(max_length=500)
    moment = models.UUIDField(null=True)
    told_at = models.DateTimeField()
    noted_by = models.UUIDField(null=True)
    noted_by_name = models.TextField()
    by_resident = models.BooleanField(default=False)
    at = models.DateTimeField()
    replaces = models.UUIDField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by_name = models.TextField(default="")
    why_ended = models.TextField(default="")

    class Meta:
        constraints = [
            # A double click, or two colleagues at once, is one fact.
            models.UniqueConstraint(fields=["question", "words"], name="fact_once", condition=models.Q(ended_at=None)),
        ]
        indexes = [
            # Beside each later conversation of the same resident; those of the question itself are found by `fact_once`.
            models.Index(fields=["party"], name="fact_of_party", condition=models.Q(ended_at=None, everywhere=True)),
        ]
