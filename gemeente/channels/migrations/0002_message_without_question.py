from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("channels", "0001_initial")]
    operations = [migrations.AlterField("outgoingmessage", "question", models.UUIDField(null=True))]
