import jingwei.kernel.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Announcement',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('title', models.CharField(max_length=60)),
                ('text', models.CharField(blank=True, default='', max_length=2000)),
                ('area_path', jingwei.kernel.fields.PathField(blank=True, default='', max_length=200)),
                ('area_code', models.CharField(blank=True, default='', max_length=40)),
                ('made_by', models.UUIDField(null=True)),
                ('made_at', models.DateTimeField()),
                ('until', models.DateTimeField()),
                ('withdrawn_at', models.DateTimeField(null=True)),
            ],
            options={
                'db_table': 'notices_announcement',
                'indexes': [models.Index(fields=['until'], name='notices_announcement_until')],
                'constraints': [models.CheckConstraint(condition=models.Q(('until__gt', models.F('made_at'))), name='notices_announcement_ends_later')],
            },
        ),
    ]
