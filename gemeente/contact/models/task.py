"""What other teams and partners do within a question."""

from django.db import models

from gemeente.kernel.ids import new_id


class FollowUpTask(models.Model):
    """Something that a team, or a partner by name, does within one question, while the question stays with its owner (V31).

    It has no urgency of its own: that of the question rides along, also when it is raised later. It ends once.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    question = models.UUIDField()
    team = models.CharField(max_length=50, default="")
    partner = models.TextField(default="")
    asked = models.TextField()
    asked_by = models.UUIDField()
    asked_by_name = models.TextField()
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField()
    why_later = models.TextField(default="")
    agreed = models.BooleanField(default=False)
    late_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=10, default="open")
    ended_at = models.DateTimeField(null=True)
    ended_by_name = models.TextField(default="")
    words = models.TextField(default="")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="task_for_one", condition=models.Q(team="", partner__gt="") | models.Q(team__gt="", partner="")
            ),
            models.CheckConstraint(name="task_partner_agreed", condition=models.Q(partner="") | models.Q(agreed=True)),
        ]
        indexes = [
            # The panel in a conversation, and whether the question came back to its owner.
            models.Index(fields=["question", "asked_at"], name="task_of_question"),
            # The queue of the team that was asked.
            models.Index(fields=["team", "due_at"], name="task_of_team", condition=models.Q(state="open")),
            # The watch and the team lead: what is past its day.
            models.Index(fields=["due_at"], name="task_due", condition=models.Q(state="open")),
        ]
