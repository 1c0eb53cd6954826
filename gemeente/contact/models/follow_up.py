"""What we ask after a question closed: how it went."""

from django.db import models

from gemeente.kernel.ids import new_id


class FollowUp(models.Model):
    """How it went, asked once for each time that a question closed (V36, V72); or `why_not` it was not asked.

    Only the hash of the code in the link is kept: who reads this table cannot answer for anybody. `team` and `channel` are those
    of the question when it closed, so that figures stay what they were.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    question = models.UUIDField()
    party = models.UUIDField(null=True)
    team = models.CharField(max_length=50)
    channel = models.CharField(max_length=10)
    closed_at = models.DateTimeField()
    decided_at = models.DateTimeField()
    why_not = models.CharField(max_length=12, default="")
    sent_via = models.CharField(max_length=10, default="")
    code_hash = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()
    grade = models.SmallIntegerField(null=True)
    solved = models.BooleanField(null=True)
    told_again = models.BooleanField(null=True)
    words = models.TextField(default="")
    answered_at = models.DateTimeField(null=True)
    times_answered = models.SmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["question", "closed_at"], name="follow_up_once"),
            models.CheckConstraint(
                condition=models.Q(grade=None) | models.Q(grade__range=(1, 10)), name="follow_up_grade"
            ),
        ]
        indexes = [
            # Whom we asked lately, so that nobody with many questions is asked each week.
            models.Index(fields=["party", "decided_at"], name="follow_up_of_party", condition=models.Q(why_not="")),
            # The figures of a period.
            models.Index(fields=["decided_at"], name="follow_up_asked", condition=models.Q(why_not="")),
        ]
