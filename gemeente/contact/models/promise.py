"""What we said that we would do."""

from django.db import models

from gemeente.kernel.ids import new_id


class Promise(models.Model):
    """What we will do for this resident, who does it, and by when (V30). The answer date of a question is one too, kept there.

    It ends once: kept, broken or taken back with a reason. A broken one stays open to be kept yet, and stays counted.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    question = models.UUIDField()
    party = models.UUIDField(null=True)
    words = models.TextField()
    kind = models.CharField(max_length=12)
    who = models.TextField()
    condition = models.TextField(default="")
    employee = models.UUIDField()
    made_at = models.DateTimeField()
    due_at = models.DateTimeField()
    remind_at = models.DateTimeField()
    reminded_at = models.DateTimeField(null=True)
    kept_at = models.DateTimeField(null=True)
    broken_at = models.DateTimeField(null=True)
    taken_back_at = models.DateTimeField(null=True)
    why_taken_back = models.TextField(default="")

    class Meta:
        indexes = [
            models.Index(fields=["question", "due_at"], name="promise_of_question"),
            # The watch: what falls due next, and whom to remind next, among all that were ever made.
            models.Index(
                fields=["due_at"],
                name="promise_due",
                condition=models.Q(kept_at=None, broken_at=None, taken_back_at=None),
            ),
            models.Index(
                fields=["remind_at"],
                name="promise_to_remind",
                condition=models.Q(kept_at=None, broken_at=None, taken_back_at=None, reminded_at=None),
            ),
            # The team lead: what was broken and is still to be kept.
            models.Index(
                fields=["question"],
                name="promise_broken",
                condition=models.Q(kept_at=None, broken_at__isnull=False, taken_back_at=None),
            ),
        ]
