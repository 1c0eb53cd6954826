from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("residents", "0002_preferences")]
    operations = [
        migrations.AddField(
            model_name="party",
            name="asked_afterwards",
            field=models.BooleanField(db_default=True, default=True),
        ),
    ]
