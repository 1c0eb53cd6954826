"""Who looked at or did what, to whose data, why: written once, never changed (a trigger refuses it)."""

from django.contrib.postgres.fields import ArrayField
from django.db import models


class Entry(models.Model):
    """One line. `subject` is the party whose data it was; the resident reads these lines too (V78)."""

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField()
    actor_kind = models.CharField(max_length=20)
    actor_id = models.UUIDField(null=True)
    actor_name = models.TextField()
    department = models.TextField()
    action = models.TextField()
    purpose = models.TextField()
    subject = models.UUIDField(null=True)
    object_id = models.UUIDField(null=True)
    what = ArrayField(models.TextField())
    refused = models.BooleanField()
    trace_id = models.CharField(max_length=32)

    class Meta:
        db_table = "audit_entry"
        # Serves "who looked at my data", newest first.
        indexes = [models.Index(fields=["subject", "-at"], name="audit_subject_at", condition=~models.Q(subject=None))]
