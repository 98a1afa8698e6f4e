from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("cases", "0019_letters"),
    ]

    operations = [
        migrations.AddField(
            model_name="casefile",
            name="shot",
            field=models.CharField(blank=True, default="", max_length=8),
        ),
    ]
