"""Moves of a question from one team to another."""

from django.db import models

from gemeente.kernel.ids import new_id


class HandOver(models.Model):
    """One time that a question went from a team to another. Open until it is accepted or given back; at most one is open."""

    id = models.UUIDField(primary_key=True, default=new_id)
    question = models.UUIDField()
    nth = models.SmallIntegerField()
    from_team = models.CharField(max_length=50)
    from_employee = models.UUIDField()
    from_name = models.TextField()
    to_team = models.CharField(max_length=50)
    to_employee = models.UUIDField(null=True)
    reason = models.TextField()
    at = models.DateTimeField()
    accept_by = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    given_back_at = models.DateTimeField(null=True)
    ended_by_name = models.TextField(default="")
    give_back_reason = models.TextField(default="")
    escalated_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["question"],
                name="hand_over_open_once",
                condition=models.Q(accepted_at=None, given_back_at=None),
            )
        ]
        indexes = [
            # The way a question went, and how often it moved.
            models.Index(fields=["question", "at"], name="hand_over_of_question"),
            # The watch: what nobody accepted in time.
            models.Index(
                fields=["accept_by"],
                name="hand_over_waiting",
                condition=models.Q(accepted_at=None, given_back_at=None),
            ),
        ]
