"""Colleagues around one question: who has it open, who was called in, who follows it; and the filters they keep."""

from django.db import models


class Presence(models.Model):
    """Who has a question open, and when that was last known. Lives two minutes, so it stands in a table that a crash empties."""

    id = models.BigAutoField(primary_key=True)
    question = models.UUIDField()
    employee = models.UUIDField()
    seen_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["question", "employee"], name="presence_once")]


class Mention(models.Model):
    """A colleague who was called in by name in a note: they may read this question from then on."""

    id = models.BigAutoField(primary_key=True)
    question = models.UUIDField()
    employee = models.UUIDField()
    by_name = models.TextField()
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["question", "employee"], name="mention_of_question"),
            models.Index(fields=["employee", "-at"], name="mention_unread", condition=models.Q(read_at=None)),
        ]


class Follow(models.Model):
    """A question that an employee wants to keep in sight, whoever handles it."""

    id = models.BigAutoField(primary_key=True)
    question = models.UUIDField()
    employee = models.UUIDField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["employee", "question"], name="follow_once")]


class SavedFilter(models.Model):
    """A choice from the queue that an employee keeps under a name. `choice` holds what is filled in of `QueueFilter`."""

    id = models.BigAutoField(primary_key=True)
    employee = models.UUIDField()
    name = models.CharField(max_length=40)
    choice = models.JSONField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["employee", "name"], name="saved_filter_once")]
