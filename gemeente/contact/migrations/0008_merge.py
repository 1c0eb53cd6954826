import django.contrib.postgres.fields
import gemeente.kernel.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('contact', '0007_facts'),
    ]

    operations = [
        migrations.CreateModel(
            name='Merge',
            fields=[
                ('id', models.UUIDField(default=gemeente.kernel.ids.new_id, primary_key=True, serialize=False)),
                ('survivor', models.UUIDField()),
                ('merged', models.UUIDField()),
                ('at', models.DateTimeField()),
                ('across', models.CharField(max_length=10)),
                ('moved', models.JSONField(default=dict)),
                ('carried', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), default=list, size=None)),
                ('before', models.JSONField(default=dict)),
                ('undone_at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.AddField(
            model_name='question',
            name='merged_into',
            field=models.UUIDField(null=True),
        ),
        migrations.AddField(
            model_name='question',
            name='split_from',
            field=models.UUIDField(null=True),
        ),
        migrations.AddIndex(
            model_name='question',
            index=models.Index(condition=models.Q(('merged_into', None), _negated=True), fields=['merged_into'], name='question_merged'),
        ),
        migrations.AddConstraint(
            model_name='question',
            constraint=models.CheckConstraint(condition=models.Q(('merged_into', None), ('closed_at__isnull', False), _connector='OR'), name='question_merged_is_closed'),
        ),
        migrations.AddIndex(
            model_name='merge',
            index=models.Index(condition=models.Q(('undone_at', None)), fields=['survivor', '-at'], name='merge_of_survivor'),
        ),
        migrations.AddConstraint(
            model_name='merge',
            constraint=models.UniqueConstraint(condition=models.Q(('undone_at', None)), fields=('merged',), name='merge_once'),
        ),
    ]
