from django.db import migrations, models

# Who chose post for answers gets what else we have to say by post too: nothing is only by mail.
BY_POST = "UPDATE residents_party SET notice_channel = 'letter' WHERE preferred_channel = 'letter'"


class Migration(migrations.Migration):
    dependencies = [("residents", "0001_initial")]
    operations = [
        migrations.AddField("party", "notice_channel", models.CharField(default="email", max_length=10)),
        migrations.RunSQL(BY_POST, migrations.RunSQL.noop),
    ]
