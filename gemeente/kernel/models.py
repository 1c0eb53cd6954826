"""The outbox: events that happened, and to whom each is still to be delivered."""

from django.db import models


class Event(models.Model):
    """A fact, written in the transaction that made it true. Never changed; read by the consumer and by `steering`."""

    id = models.BigAutoField(primary_key=True)
    name = models.TextField()
    payload = models.JSONField()
    occurred_at = models.DateTimeField()
    trace_id = models.CharField(max_length=32)

    class Meta:
        db_table = "kernel_event"
        indexes = [models.Index(fields=["occurred_at"], name="kernel_event_when")]


class Delivery(models.Model):
    """One event for one subscriber: deleted when done, so this table holds only what is still to come or was set aside."""

    id = models.BigAutoField(primary_key=True)
    event = models.ForeignKey(Event, on_delete=models.DO_NOTHING, db_constraint=False, db_index=False)
    subscriber = models.TextField()
    due_at = models.DateTimeField()
    attempts = models.SmallIntegerField(default=0)
    last_error = models.TextField(default="")
    set_aside_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "kernel_delivery"
        # Serves the consumer: "what is due, oldest first", without reading what was set aside.
        indexes = [
            models.Index(fields=["due_at", "id"], name="kernel_delivery_due", condition=models.Q(set_aside_at=None))
        ]


class Heartbeat(models.Model):
    """When each part of the worker last said that it lives: `/readyz` reads it."""

    part = models.TextField(primary_key=True)
    beaten_at = models.DateTimeField()

    class Meta:
        db_table = "kernel_heartbeat"
