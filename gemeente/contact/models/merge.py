"""Which questions were put together, and what went along."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from gemeente.kernel.ids import new_id


class Merge(models.Model):
    """One time that a question went into another.

    `moved` holds the ids of what went along, by table; `carried` the questions that were merged into it before. `before` is how
    both stood, so that the last merge into a question can be undone.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    survivor = models.UUIDField()
    merged = models.UUIDField()
    at = models.DateTimeField()
    across = models.CharField(max_length=10)
    moved = models.JSONField(default=dict)
    carried = ArrayField(models.UUIDField(), default=list)
    before = models.JSONField(default=dict)
    undone_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["merged"], name="merge_once", condition=models.Q(undone_at=None))
        ]
        indexes = [
            # What stands in a question now, the last merge first.
            models.Index(fields=["survivor", "-at"], name="merge_of_survivor", condition=models.Q(undone_at=None))
        ]
