from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("channels", "0002_message_without_question")]
    operations = [
        migrations.RemoveIndex(model_name="outgoingmessage", name="outgoing_due"),
        migrations.AddIndex(
            model_name="outgoingmessage",
            index=models.Index(
                condition=models.Q(("state", "queued")), fields=["channel", "due_at"], name="outgoing_waiting"
            ),
        ),
    ]
