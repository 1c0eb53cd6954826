from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("contact", "0009_follow_up")]
    operations = []
