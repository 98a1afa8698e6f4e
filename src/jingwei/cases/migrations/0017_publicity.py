import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0016_referrals'),
        ('grids', '0006_standing_and_systems'),
    ]

    operations = [
        migrations.CreateModel(
            name='Publicity',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('level', models.CharField(max_length=10)),
                ('words', models.TextField()),
                ('began_at', models.DateTimeField()),
                ('until', models.DateTimeField(null=True)),
                ('by', models.UUIDField(null=True)),
                ('current', models.BooleanField(default=True)),
                ('area', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='grids.area')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='cases.case')),
            ],
            options={
                'db_table': 'cases_publicity',
                'constraints': [models.UniqueConstraint(condition=models.Q(('current', True)), fields=('case', 'level'), name='cases_publicity_once')],
            },
        ),
    ]
