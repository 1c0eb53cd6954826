from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('contact', '0004_promise'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='promise',
            index=models.Index(condition=models.Q(('broken_at__isnull', False), ('kept_at', None), ('taken_back_at', None)), fields=['question'], name='promise_broken'),
        ),
    ]
