"""Many areas into the tables at once: identifiers in blocks, COPY on PostgreSQL, prepared inserts on SQLite.

Callers hold the transaction. Columns are named here once.
"""

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from django.db import connection

AREA_COLUMNS = ("id", "system", "code", "name", "kind", "level", "parent_id", "path", "county", "status", "plan_id",
                "four_bounds", "note")
BOUNDARY_COLUMNS = ("area_id", "plan_id", "wkb", "west", "south", "east", "north", "area_m2", "spot", "buildings", "cut",
                    "households")


def reserve_ids(count: int) -> list[int]:
    """Fresh identifiers of areas, ascending. Nobody else gets them, even if this transaction fails."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT nextval(pg_get_serial_sequence('grids_area', 'id')) FROM generate_series(1, %s)",
                           [count])
            return sorted(row[0] for row in cursor.fetchall())
        # AUTOINCREMENT follows explicit identifiers, and an IMMEDIATE transaction is alone
        cursor.execute("SELECT COALESCE((SELECT seq FROM sqlite_sequence WHERE name = 'grids_area'), 0)")
        last = cursor.fetchone()[0]
        return list(range(last + 1, last + 1 + count))


def insert(table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Insert rows of plain values. `table` and `columns` come from this room's own constants."""
    names = ", ".join(columns)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # Django wraps the errors of execute, not of copy
            with connection.wrap_database_errors, cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
            return
        marks = ", ".join(["%s"] * len(columns))
        cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", list(rows))


def insert_areas(rows: Iterable[Sequence[Any]]) -> None:
    """Rows in the order of AREA_COLUMNS."""
    insert("grids_area", AREA_COLUMNS, rows)


def insert_boundaries(rows: Iterable[Sequence[Any]]) -> None:
    """Rows in the order of BOUNDARY_COLUMNS; WKB as bytes."""
    insert("grids_boundary", BOUNDARY_COLUMNS, rows)


def boxed(plan_id: int, pairs: Sequence[tuple[int, bytes]], units: Collection[int] = ()) -> list[tuple[Any, ...]]:
    """Boundary rows of (area id, WKB) pairs, with boxes in degrees and square metres. `units`: ids of those of which it
    is counted what stands in them.
    """
    if not pairs:
        return []
    import shapely

    from jingwei.grids import base_shapes, quadtree, seams

    geometries = shapely.from_wkb([wkb for _, wkb in pairs])
    boxes = shapely.bounds(geometries).tolist()
    sizes = seams.areas_m2(geometries).tolist()
    weighed = [place for place, (area_id, _) in enumerate(pairs) if area_id in units]
    found = dict(zip(weighed, base_shapes.weights(geometries[weighed]), strict=True)) if weighed else {}
    return [(area_id, plan_id, wkb, *box, round(size), quadtree.home(*box), *(found[place].counts if place in found else _UNCOUNTED))
            for place, ((area_id, wkb), box, size) in enumerate(zip(pairs, boxes, sizes, strict=True))]


_UNCOUNTED = (None, None, None)


def rewrite_paths(old: str, new: str, levels: int) -> int:
    """Move `old` and all below it to `new`; `levels` is added to each level. Returns how many rows changed."""
    from jingwei.kernel.paths import span

    low, high = span(old)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE grids_area SET path = %s || substr(path, %s), level = level + %s"
                       " WHERE path >= %s AND path < %s", [new, len(old) + 1, levels, low, high])
        return int(cursor.rowcount)


def refresh_statistics() -> None:
    """After a large load the planner must not believe the tables are empty."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA analysis_limit = 1000")
        cursor.execute("ANALYZE grids_area")
