from uuid import UUID

from django.db import migrations, transaction

from jingwei.cases.similar import packed, pairs

_AT_ONCE = 2000


def fill(apps, schema_editor):
    """Each batch is a transaction: stopped in the middle, it goes on where it was."""
    connection, case = schema_editor.connection, apps.get_model("cases", "Case")
    stored, last = case._meta.get_field("id").get_db_prep_value, UUID(int=0)
    while True:
        some = list(case.objects.filter(id__gt=last, spot__second=0, spot__pairs=b"").order_by("id").values_list(
            "id", "lon", "lat", "reported_at", "text")[:_AT_ONCE])
        if not some:
            return
        last = some[-1][0]
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.executemany(
                "UPDATE cases_spot SET lon = %s, lat = %s, second = %s, pairs = %s WHERE case_id = %s",
                [(lon, lat, int(at.timestamp()), packed(pairs(text[:2000])), stored(case_id, connection))
                 for case_id, lon, lat, at, text in some])


class Migration(migrations.Migration):

    atomic = False
    dependencies = [
        ('cases', '0029_spot_told'),
    ]

    operations = [
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
