from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("contact", "0001_initial")]
    operations = [
        migrations.RunSQL(
            "CREATE SEQUENCE IF NOT EXISTS contact_question_number START 10001",
            "DROP SEQUENCE IF EXISTS contact_question_number",
        )
    ]
