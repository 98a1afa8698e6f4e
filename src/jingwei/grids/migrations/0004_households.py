"""How many households a building holds, where its layer tells."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('grids', '0003_spots'),
    ]

    operations = [
        migrations.AddField(
            model_name='basefeature',
            name='households',
            field=models.PositiveIntegerField(null=True),
        ),
    ]
