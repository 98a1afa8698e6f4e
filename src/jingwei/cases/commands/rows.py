"""Rows of cases in and out by statements that are written once: composing them for every step cost more than running them."""

from collections.abc import Sequence
from functools import cache
from typing import Any
from uuid import UUID

from django.db import connection, models

from jingwei.cases.models import Case


def insert(row: models.Model) -> None:
    """What `save(force_insert=True)` does, without reading back a number that the database gives."""
    statement, fields = _insert(type(row))
    values = [getattr(row, name) if prepare is None else prepare(getattr(row, name), connection)
              for name, prepare in fields]
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def update(case: Case, changed: dict[str, Any]) -> None:
    """Write the changed columns, by attribute name, of a case that the caller holds."""
    fields = [(_COLUMNS[name], value) for name, value in changed.items()]
    values = [field.get_db_prep_save(value, connection) for field, value in fields]
    named = ", ".join(f'"{field.column}" = %s' for field, _ in fields)
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE cases_case SET {named} WHERE id = %s", [*values, _ID.get_db_prep_value(case.id, connection)])


def read(case_id: UUID, *, to_change: bool = False) -> Case | None:
    """The case as it stands; hold its subject before, where it is to be changed.

    `to_change` keeps the row from `cases.paths` until the end: it moves areas without asking for the subject, and a
    step in between would leave the old path in the list of what is due.
    """
    lock = " FOR NO KEY UPDATE" if to_change and connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute(_READ + lock, [_ID.get_db_prep_value(case_id, connection)])
        found = cursor.fetchone()
    return Case.from_db(connection.alias, list(_COLUMNS), converted(tuple(_COLUMNS), found)) if found else None


def seen(case_id: UUID, columns: tuple[str, ...]) -> Case | None:
    """The case with these columns alone; each other one that is asked of it costs a statement."""
    columns = tuple(name for name in _COLUMNS if name in columns)  # in the order in which Django takes them
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(columns)} FROM cases_case WHERE id = %s", [_ID.get_db_prep_value(case_id, connection)])
        found = cursor.fetchone()
    return Case.from_db(connection.alias, columns, converted(columns, found)) if found else None


def converted(columns: tuple[str, ...], found: Sequence[Any]) -> list[Any]:
    """Values as this database gives them for these columns of a case, as Python has them."""
    values = list(found)
    for place, column, converters in _converters(connection.vendor, columns):
        for convert in converters:
            values[place] = convert(values[place], column, connection)
    return values


def from_told(columns: dict[str, Any]) -> dict[str, Any]:
    """Values of a case's columns as a journal entry holds them, as Python has them."""
    return {name: _COLUMNS[name].to_python(value) for name, value in columns.items()}


_ID = Case._meta.get_field("id")
_COLUMNS = {field.attname: field for field in Case._meta.concrete_fields}
_READ = "SELECT {} FROM cases_case WHERE id = %s".format(", ".join(f'"{field.column}"' for field in Case._meta.concrete_fields))


_PREPARED = (models.UUIDField, models.DateTimeField, models.DecimalField, models.JSONField, models.BinaryField)


@cache
def _insert(model: type[models.Model]) -> tuple[str, list[tuple[str, Any]]]:
    """The statement, and for each of its columns the attribute and what prepares its value, where that is needed."""
    fields: list[Any] = [field for field in model._meta.concrete_fields if not field.db_returning]
    columns, places = ", ".join(f'"{field.column}"' for field in fields), ", ".join(["%s"] * len(fields))
    return f"INSERT INTO {model._meta.db_table} ({columns}) VALUES ({places})", [
        (field.attname, field.get_db_prep_save
         if isinstance(field.target_field if field.is_relation else field, _PREPARED) else None) for field in fields]


@cache
def _converters(vendor: str, columns: tuple[str, ...]) -> list[tuple[int, Any, list[Any]]]:
    """What turns a stored value into Python's, by place, for the columns that need it on this database."""
    found = []
    for place, name in enumerate(columns):
        column = _COLUMNS[name].get_col("cases_case")
        converters = [*connection.ops.get_db_converters(column), *column.get_db_converters(connection)]
        if converters:
            found.append((place, column, converters))
    return found
