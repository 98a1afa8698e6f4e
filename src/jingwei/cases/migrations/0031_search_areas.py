from django.db import migrations

import jingwei.kernel.fields


class Migration(migrations.Migration):
    """Where it lies, of what is searched. The next fills it."""

    dependencies = [
        ('cases', '0030_fill_spots'),
    ]

    operations = [
        migrations.AddField("searched", "area_path", jingwei.kernel.fields.PathField(default="")),
    ]
