"""Files the outlines that stand already under their map tiles. Apart from 0002: PostgreSQL makes its index first."""

from django.db import migrations

from jingwei.grids.quadtree import home

_AT_ONCE = 2_000


def file_outlines(apps, schema_editor):
    boundaries = apps.get_model("grids", "Boundary").objects
    last = 0
    while rows := list(boundaries.filter(pk__gt=last).order_by("pk").defer("wkb")[:_AT_ONCE]):
        for row in rows:
            row.spot = home(row.west, row.south, row.east, row.north)
        boundaries.bulk_update(rows, ["spot"], batch_size=500)
        last = rows[-1].pk


class Migration(migrations.Migration):

    dependencies = [
        ('grids', '0002_map'),
    ]

    operations = [
        migrations.RunPython(file_outlines, migrations.RunPython.noop),
    ]
