from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("contact", "0005_attention")]
    operations = []
