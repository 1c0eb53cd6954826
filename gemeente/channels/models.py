"""Messages in and out, and the files that travel with them."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from gemeente.kernel.ids import new_id


class IncomingMessage(models.Model):
    """What arrived, as it arrived. `channel_id` is the channel's own id: the constraint makes the same message twice one.

    `raw` names the untouched original in the file storage (mail only; a form or a note is this row itself).
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    channel = models.CharField(max_length=10)
    channel_id = models.TextField()
    received_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    party = models.UUIDField(null=True)
    sender_name = models.TextField(default="")
    sender_email = models.TextField(default="")
    sender_phone = models.TextField(default="")
    sender_post = models.TextField(default="")
    subject = models.TextField(default="")
    text = models.TextField()
    wish = models.TextField(default="")
    quoted = models.TextField(default="")
    reply_channel = models.TextField(default="")
    question = models.UUIDField(null=True)
    references = ArrayField(models.TextField(), default=list)
    addressed_to = ArrayField(models.TextField(), default=list)
    automatic = models.TextField(default="")
    problems = ArrayField(models.TextField(), default=list)
    taken_by = models.UUIDField(null=True)
    urgency = models.TextField(default="")
    urgency_reason = models.TextField(default="")
    product = models.TextField(default="")
    team = models.TextField(default="")
    language = models.TextField(default="")
    raw = models.TextField(default="")
    state = models.CharField(max_length=10)
    why_set_aside = models.TextField(default="")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["channel", "channel_id"], name="incoming_once")]
        # Serves the administrator's list of what waits or was set aside; taken-in messages are not in it.
        indexes = [
            models.Index(fields=["state", "received_at"], name="incoming_open", condition=~models.Q(state="taken_in"))
        ]


class OutgoingMessage(models.Model):
    """What we send. `once` is unique, so a command that runs twice sends one. `due_at` moves on when the carrier is down."""

    id = models.UUIDField(primary_key=True, default=new_id)
    once = models.TextField(unique=True)
    kind = models.CharField(max_length=12)
    channel = models.CharField(max_length=10)
    to_address = models.TextField()
    to_name = models.TextField()
    subject = models.TextField()
    text = models.TextField()
    language = models.CharField(max_length=8)
    question = models.UUIDField(null=True)
    party = models.UUIDField(null=True)
    moment = models.UUIDField(null=True)
    message_id = models.TextField(unique=True)
    in_reply_to = models.TextField(default="")
    queued_at = models.DateTimeField()
    due_at = models.DateTimeField()
    attempts = models.SmallIntegerField(default=0)
    state = models.CharField(max_length=8)
    sent_at = models.DateTimeField(null=True)
    last_error = models.TextField(default="")

    class Meta:
        indexes = [
            # Serves the sender and the tray of letters: what is due, by channel.
            models.Index(fields=["channel", "due_at"], name="outgoing_waiting", condition=models.Q(state="queued")),
            models.Index(fields=["question"], name="outgoing_question"),
        ]


class Attachment(models.Model):
    """A file that came with a message or goes with an answer; its bytes lie in the file storage under `stored_as`.

    `held_for` is the token of a form that is not sent yet: a mistake elsewhere in the form costs nobody their photos.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    incoming = models.ForeignKey(IncomingMessage, on_delete=models.CASCADE, null=True, related_name="attachments")
    moment = models.UUIDField(null=True)
    held_for = models.UUIDField(null=True)
    held_at = models.DateTimeField(null=True)
    name = models.TextField()
    content_type = models.TextField()
    size = models.BigIntegerField()
    sha256 = models.CharField(max_length=64)
    stored_as = models.TextField()

    class Meta:
        indexes = [
            # The thread: the files of these moments.
            models.Index(fields=["moment"], name="attachment_moment", condition=~models.Q(moment=None)),
            # The form: the files that were chosen already, while something else in it is put right.
            models.Index(fields=["held_for"], name="attachment_held", condition=~models.Q(held_for=None)),
        ]
