from django.db import migrations, models

import jingwei.kernel.fields


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0014_recount'),
    ]

    operations = [
        migrations.CreateModel(
            name="SharedView",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("user", models.UUIDField()),
                ("name", models.CharField(max_length=60)),
                ("query", models.CharField(blank=True, max_length=1000)),
                ("area_path", jingwei.kernel.fields.PathField()),
                ("area_code", models.CharField(max_length=40)),
                ("role", models.CharField(blank=True, default="", max_length=20)),
                ("at", models.DateTimeField()),
            ],
            options={
                "db_table": "cases_shared_view",
                "indexes": [models.Index(fields=["area_path"], name="cases_shared_view_area")],
            },
        ),
    ]
