"""The newest cases, at the same cost however many there are.

Asked for three states and one class at once, a database sorts every case that fits. Asked for one state and class, it
reads an index from its newest end and stops after a page. So a wide scope is asked state by state and the pages are
merged. A narrow scope would be searched for in vain that way; there, all that fits is little enough to be sorted.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import EmptyResultSet, FullResultSet
from django.db import connection
from django.db.models import QuerySet

from jingwei.cases.commands.rows import converted
from jingwei.cases.models import Case

COLUMNS = ("id", "number", "state", "channel", "text", "place", "lon", "lat", "area_now_id", "class_entry_id",
           "unit_id", "reported_at", "state_at", "due_at", "asked", "area_path", "marks")
_LISTED = ", ".join(COLUMNS)
_ORDER = "ORDER BY reported_at DESC, id DESC LIMIT %s"
_FIELDS = {field.attname: field for field in Case._meta.concrete_fields}


def newest(rows: QuerySet[Case], apart: Sequence[dict[str, Any]], after: tuple[datetime, UUID] | None,
           limit: int) -> list[dict[str, Any]]:
    """At most `limit` of `rows`, the newest first, keyed by COLUMNS. One statement.

    `apart`: what columns equal, one dictionary for each part that is asked by itself; the parts must not overlap.
    `after`: report time and id of the last row of the page before.
    """
    condition = inside(rows)
    if condition is None:
        return []
    fit, values = condition
    if after is not None:
        at = stored("reported_at", after[0])
        fit += " AND reported_at <= %s AND (reported_at < %s OR id < %s)"
        values += [at, at, stored("id", after[1])]
    parts: list[str] = []
    told: list[Any] = []
    for part in apart:
        equal = "".join(f" AND {name} = %s" for name in part)
        parts.append(f"SELECT {_LISTED} FROM cases_case WHERE {fit}{equal} {_ORDER}")
        told += [*values, *part.values(), limit]
    statement = parts[0]
    if len(parts) > 1:  # each in brackets that SQLite understands too
        merged = " UNION ALL ".join(f"SELECT * FROM ({part}) AS part" for part in parts)
        statement = f"SELECT * FROM ({merged}) AS parts {_ORDER}"
        told.append(limit)
    with connection.cursor() as cursor:
        cursor.execute(statement, told)
        return [dict(zip(COLUMNS, converted(COLUMNS, found), strict=True)) for found in cursor.fetchall()]


def inside(rows: QuerySet[Case]) -> tuple[str, list[Any]] | None:
    """The condition of a query on cases alone, with its values; None where nothing can fit."""
    compiler = rows.query.get_compiler(connection=connection)
    try:
        condition, values = compiler.compile(rows.query.where)
    except EmptyResultSet:
        return None
    except FullResultSet:
        return "1 = 1", []
    return f"({condition})", list(values)


def stored(name: str, value: Any) -> Any:
    return _FIELDS[name].get_db_prep_value(value, connection)
