from django.db import migrations, models


class Migration(migrations.Migration):
    """What is compared of a case, beside its place. The next fills it."""

    dependencies = [
        ('cases', '0028_sampling'),
    ]

    operations = [
        migrations.AddField("spot", "lon", models.FloatField(default=0)),
        migrations.AddField("spot", "lat", models.FloatField(default=0)),
        migrations.AddField("spot", "second", models.BigIntegerField(default=0)),
        migrations.AddField("spot", "pairs", models.BinaryField(default=bytes)),
        migrations.AddIndex("spot", models.Index(
            fields=["cell", "-second"], condition=models.Q(ended_at__isnull=True), name="cases_spot_open")),
        migrations.AddIndex("spot", models.Index(
            fields=["cell", "ended_at"], condition=models.Q(ended_at__isnull=False), name="cases_spot_over")),
        migrations.RemoveIndex("spot", "cases_spot_place"),
    ]
