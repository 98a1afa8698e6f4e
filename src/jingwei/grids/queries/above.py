"""What stands above many areas at once: for tables that name street and community beside each row."""

from collections.abc import Iterable

from django.db import connection

from jingwei.grids.queries.places import Place

_AT_ONCE = 500


def above_all(area_ids: Iterable[int]) -> dict[int, list[Place]]:
    """For each area itself and all above it, the root first. One statement for five hundred."""
    wanted = sorted(set(area_ids))
    found: dict[int, list[Place]] = {area_id: [] for area_id in wanted}
    for start in range(0, len(wanted), _AT_ONCE):
        some = wanted[start:start + _AT_ONCE]
        marks = ", ".join(["%s"] * len(some))
        with connection.cursor() as cursor:
            cursor.execute(
                "WITH RECURSIVE up AS (SELECT id AS whose, id, parent_id, 0 AS steps FROM grids_area"
                f" WHERE id IN ({marks})"
                " UNION ALL SELECT up.whose, a.id, a.parent_id, up.steps + 1 FROM grids_area a JOIN up ON a.id = up.parent_id)"
                " SELECT up.whose, a.id, a.code, a.name, a.path, a.county, a.kind FROM up JOIN grids_area a ON a.id = up.id"
                " ORDER BY up.whose, up.steps DESC", some)
            for whose, *place in cursor.fetchall():
                found[whose].append(Place(*place))
    return found
