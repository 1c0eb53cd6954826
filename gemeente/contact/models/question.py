"""Questions, the moments of contact in them, and what was decided along the way."""

from django.db import models

from gemeente.kernel.ids import new_id


class Question(models.Model):
    """One question of one resident, whatever it takes to solve it (V32).

    `number` is what people say to each other; `id` is for machines. `team` is never empty: what fits nowhere is the KCC's.
    `answer_due` is a promise to the resident and only what the resident says after an answer sets it anew;
    `first_answered_at` is the first answer since.
    `merged_into` is where all of it is found now, always the last in the row; `split_from` is the question that it was a part of.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    number = models.CharField(max_length=12, unique=True)
    party = models.UUIDField(null=True)
    title = models.CharField(max_length=120)
    wish = models.TextField(default="")
    language = models.CharField(max_length=8)
    product = models.CharField(max_length=120)
    product_reason = models.TextField(default="")
    team = models.CharField(max_length=50)
    urgency = models.CharField(max_length=8)
    urgency_rank = models.SmallIntegerField()
    urgency_code = models.CharField(max_length=2, default="")
    urgency_reason = models.TextField(default="")
    state = models.CharField(max_length=8)
    channel = models.CharField(max_length=10)
    reply_channel = models.CharField(max_length=10)
    asker_name = models.TextField(default="")
    asker_email = models.TextField(default="")
    asker_phone = models.TextField(default="")
    asker_post = models.TextField(default="")
    handler = models.UUIDField(null=True)
    contact_person = models.UUIDField(null=True)
    hand_overs = models.SmallIntegerField(default=0, db_default=0)
    asked_at = models.DateTimeField()
    answer_due = models.DateTimeField()
    last_moment_at = models.DateTimeField()
    first_answered_at = models.DateTimeField(null=True)
    needs_from_resident = models.TextField(default="")
    outcome = models.CharField(max_length=12, default="")
    outcome_text = models.TextField(default="")
    closed_at = models.DateTimeField(null=True)
    late_at = models.DateTimeField(null=True)
    times_reopened = models.SmallIntegerField(default=0)
    version = models.IntegerField(default=0)
    merged_into = models.UUIDField(null=True)
    split_from = models.UUIDField(null=True)

    class Meta:
        constraints = [
            # What was merged is nowhere open, so no queue, count or watch has to leave it out.
            models.CheckConstraint(
                condition=models.Q(merged_into=None) | models.Q(closed_at__isnull=False),
                name="question_merged_is_closed",
            )
        ]
        indexes = [
            # The queue of a team and of one employee: open questions by date. Closed ones are not in these.
            models.Index(fields=["team", "answer_due"], name="question_team_queue", condition=models.Q(closed_at=None)),
            models.Index(
                fields=["handler", "answer_due"], name="question_own_queue", condition=models.Q(closed_at=None)
            ),
            # A resident's questions, newest first: home and the whole picture.
            models.Index(fields=["party", "-asked_at"], name="question_of_party"),
            # What was merged into a question: few, and found by where they went.
            models.Index(fields=["merged_into"], name="question_merged", condition=~models.Q(merged_into=None)),
            # The watch that asks how it went: what closed lately.
            models.Index(fields=["closed_at"], name="question_closed", condition=~models.Q(closed_at=None)),
        ]


class ContactMoment(models.Model):
    """One time that the resident and the municipality spoke, in whichever channel; or a note for colleagues.

    Its words are fit to be shown to the resident, unless `internal`. `party` stands here too, so that a resident's whole
    history is read from one index.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    party = models.UUIDField(null=True)
    question = models.UUIDField()
    at = models.DateTimeField()
    direction = models.CharField(max_length=3)
    channel = models.CharField(max_length=10)
    author = models.UUIDField(null=True)
    author_name = models.TextField()
    subject = models.TextField(default="")
    text = models.TextField()
    quoted = models.TextField(default="")
    internal = models.BooleanField(default=False)
    incoming = models.UUIDField(null=True, unique=True)
    sender_unknown = models.BooleanField(default=False)
    read_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["question", "at"], name="moment_of_question"),
            models.Index(fields=["party", "-at"], name="moment_of_party"),
            # The inbox: what a resident has not read yet.
            models.Index(
                fields=["party"],
                name="moment_unread",
                condition=models.Q(direction="out", internal=False, read_at=None),
            ),
            # What an employee did for residents: to whom they spoke.
            models.Index(
                fields=["author", "at"], name="moment_by_employee", condition=models.Q(direction="out", internal=False)
            ),
        ]


class HistoryEntry(models.Model):
    """What happened to a question besides talk: routed, urgency raised, taken up, closed, reopened. Never changed."""

    id = models.UUIDField(primary_key=True, default=new_id)
    question = models.UUIDField()
    at = models.DateTimeField()
    kind = models.CharField(max_length=20)
    actor = models.UUIDField(null=True)
    actor_name = models.TextField()
    words = models.TextField(default="")
    data = models.JSONField(default=dict)

    class Meta:
        indexes = [
            models.Index(fields=["question", "at"], name="history_of_question"),
            # What an employee did for residents: whom they listened to, and whom they took up.
            models.Index(
                fields=["actor", "at"], name="history_by_employee", condition=models.Q(kind__in=["noted", "taken_up"])
            ),
        ]


class Draft(models.Model):
    """What an employee was writing: kept at every step, so a lost line or an expired session costs nothing."""

    id = models.BigAutoField(primary_key=True)
    question = models.UUIDField()
    employee = models.UUIDField()
    text = models.TextField()
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["question", "employee"], name="draft_once")]
