from django.db import migrations, models

import gemeente.kernel.ids


class Migration(migrations.Migration):
    dependencies = [("contact", "0005_attention")]
    operations = [
        migrations.CreateModel(
            name="FollowUpTask",
            fields=[
                ("id", models.UUIDField(default=gemeente.kernel.ids.new_id, primary_key=True, serialize=False)),
                ("question", models.UUIDField()),
                ("team", models.CharField(default="", max_length=50)),
                ("partner", models.TextField(default="")),
                ("asked", models.TextField()),
                ("asked_by", models.UUIDField()),
                ("asked_by_name", models.TextField()),
                ("asked_at", models.DateTimeField()),
                ("due_at", models.DateTimeField()),
                ("why_later", models.TextField(default="")),
                ("agreed", models.BooleanField(default=False)),
                ("late_at", models.DateTimeField(null=True)),
                ("state", models.CharField(default="open", max_length=10)),
                ("ended_at", models.DateTimeField(null=True)),
                ("ended_by_name", models.TextField(default="")),
                ("words", models.TextField(default="")),
            ],
            options={
                "indexes": [
                    models.Index(fields=["question", "asked_at"], name="task_of_question"),
                    models.Index(
                        condition=models.Q(("state", "open")), fields=["team", "due_at"], name="task_of_team"
                    ),
                    models.Index(condition=models.Q(("state", "open")), fields=["due_at"], name="task_due"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("partner__gt", ""), ("team", "")),
                            models.Q(("partner", ""), ("team__gt", "")),
                            _connector="OR",
                        ),
                        name="task_for_one",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("partner", ""), ("agreed", True), _connector="OR"),
                        name="task_partner_agreed",
                    ),
                ],
            },
        )
    ]
