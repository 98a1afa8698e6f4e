"""Many cases at once, past the commands but in the shape they leave: rows, journal with chains and positions, what is
due, what the readers wrote. On PostgreSQL by COPY, on SQLite by executemany.

`python -m bench.load COUNT [texts] < ground.json` over the home named by JINGWEI_HOME. `texts`: what people really
wrote, see bench/words.py, instead of any signs. A hundred cases made both ways are
compared first; on any difference nothing is loaded.
"""

import json
import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from itertools import islice
from operator import itemgetter
from typing import Any

from jingwei.cli.ready import django_ready

BATCH = 10_000
COMPARED = 100


def load(known: dict[str, Any], count: int, seed: int = 7, *, real: bool = False) -> dict[str, Any]:
    """Load so many cases over an unused ground. Returns what was loaded, by table."""
    from bench.stories import Book, Specs
    from bench.words import texts

    book = Book(known)
    until = datetime.now(UTC)
    compare(book, Specs(known, seed + 1, COMPARED, until))
    loaded: dict[str, int] = {}
    specs = iter(Specs(known, seed, count, until))
    if real:
        specs = (replace(spec, text=text, place=place) for spec, (text, place) in zip(specs, texts(seed), strict=False))
    writer = _Writer()
    while batch := list(islice(specs, BATCH)):
        for table, many in writer.write([book.filled(spec) for spec in batch]).items():
            loaded[table] = loaded.get(table, 0) + many
    writer.finish()
    return {"loaded": loaded, "compared": COMPARED}


def compare(book: Any, specs: Iterable[Any]) -> None:
    """Raises where a row that was copied is not what the commands write. Numbers of cases are dealt out, hence taken over."""
    for spec in specs:
        told = book.told(spec)
        filled = book.filled(replace(spec, number=told["case"][0]["number"]))
        for table, rows in told.items():
            if rows != filled[table]:
                raise RuntimeError(f"{spec.story}: {table} differs:\n{_apart(rows, filled[table])}")


def _apart(told: list[dict[str, Any]], filled: list[dict[str, Any]]) -> list[Any]:
    if len(told) != len(filled):
        return [len(told), len(filled)]
    return [(name, one[name], two.get(name)) for one, two in zip(told, filled, strict=True)
            for name in one if one[name] != two.get(name)]


class _Writer:
    """Gives entries their numbers and positions and writes tables in their order."""

    def __init__(self) -> None:
        from django.db import connection

        from bench.stories import TABLES
        from jingwei.cases.models import Copy
        from jingwei.journal.models import Position

        self.models = {**TABLES, "position": Position, "copy": Copy}
        self._connection = connection
        with connection.cursor() as cursor:
            cursor.execute("SELECT COALESCE(MAX(id), 0) FROM journal_entry")
            self._entry = int(cursor.fetchone()[0])
            cursor.execute("SELECT COALESCE(MAX(position), 0) FROM journal_position")
            self._position = int(cursor.fetchone()[0])
            cursor.execute("SELECT COALESCE(MAX(id), 0) FROM cases_step")
            self._step = int(cursor.fetchone()[0])
            if connection.vendor == "postgresql":
                cursor.execute("SET session_replication_role = replica")  # what refers to what is right by construction
                cursor.execute("SET synchronous_commit = off")

    def write(self, cases: list[dict[str, list[dict[str, Any]]]]) -> dict[str, int]:
        from django.db import transaction

        from bench.stories import copies

        rows: dict[str, list[dict[str, Any]]] = {name: [] for name in self.models}
        for case in cases:
            for name, some in case.items():
                rows[name] += some
        rows["entry"].sort(key=lambda entry: (entry["at"], entry["subject"], entry["number"]))
        first, place = self._entry + 1, self._position + 1
        for number, entry in enumerate(rows["entry"]):
            entry["id"] = first + number
            rows["position"].append({"position": place + number, "entry_id": first + number})
        self._entry += len(rows["entry"])
        self._position += len(rows["entry"])
        for step in rows["step"]:
            self._step += 1
            step["id"] = self._step
        if self._connection.vendor == "postgresql":
            for case in rows["case"]:
                case["duties"] = json.dumps(case["duties"])
        rows["copy"] += copies(rows["entry"], [each["position"] for each in rows["position"]])
        with transaction.atomic():
            for name, some in rows.items():
                self._put(self.models[name], some)
        return {name: len(some) for name, some in rows.items()}

    def _put(self, model: Any, rows: list[dict[str, Any]]) -> None:
        fields = model._meta.concrete_fields
        columns = ", ".join(f'"{field.column}"' for field in fields)
        table = model._meta.db_table
        with self._connection.cursor() as cursor:
            if self._connection.vendor == "postgresql":
                chosen = itemgetter(*(field.attname for field in fields))
                with cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
                    for row in rows:
                        copy.write_row(chosen(row))
            else:
                placed = ", ".join(["%s"] * len(fields))
                cursor.executemany(f"INSERT INTO {table} ({columns}) VALUES ({placed})", self._stored(fields, rows))

    def _stored(self, fields: Any, rows: list[dict[str, Any]]) -> Iterator[list[Any]]:
        for row in rows:
            yield [field.get_db_prep_save(row[field.attname], self._connection) for field in fields]

    def finish(self) -> None:
        """Counters behind what was written, readers at the end, statistics."""
        with self._connection.cursor() as cursor:
            cursor.execute("UPDATE journal_cursor SET position = %s", [self._position])
            if self._connection.vendor != "postgresql":
                cursor.execute("ANALYZE")
                return
            for table in ("journal_entry", "cases_step"):
                cursor.execute(
                    f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT MAX(id) FROM {table}))")
            cursor.execute("RESET session_replication_role")
            for table in (model._meta.db_table for model in self.models.values()):
                cursor.execute(f"VACUUM ANALYZE {table}")


if __name__ == "__main__":
    django_ready()
    known = json.load(sys.stdin)
    print(json.dumps(load(known, int(sys.argv[1]), real="texts" in sys.argv[2:])))
