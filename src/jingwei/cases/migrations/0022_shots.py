from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0021_minutes'),
    ]

    operations = [
        migrations.AddField(
            model_name="casefile",
            name="shot",
            field=models.CharField(blank=True, default="", max_length=8),
        ),
    ]
