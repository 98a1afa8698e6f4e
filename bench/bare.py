"""The peer of B1: a bare psycopg loop that sends the rows of a report, each case in one transaction.

The rows are those the service has just written, under new ids, into a copy of its database: same tables, indexes and
foreign keys. `python -m bench.bare DSN COUNT` prints the CPU ms of its own process per case.
"""

import sys
import time
from typing import Any

import psycopg

from jingwei.kernel.ids import new_id

TABLES = ("cases_case", "journal_entry", "journal_head", "worklist_item", "journal_answer")


class BareLoop:
    """Reads the newest `most` reports once, then sends them again and again as new ones."""

    def __init__(self, source: str, target: str, most: int = 1000) -> None:
        with psycopg.connect(source) as reading:
            self._rows = _reports(reading, most)
        self._connection = psycopg.connect(target)
        self._sent = 0

    def send(self, count: int) -> float:
        """Send so many reports; the CPU seconds of this process."""
        began = time.process_time()
        cursor = self._connection.cursor()
        for _ in range(count):
            row = self._rows[self._sent % len(self._rows)]
            self._sent += 1
            self._one(cursor, row)
            self._connection.commit()
        return time.process_time() - began

    def _one(self, cursor: Any, row: dict[str, list[Any]]) -> None:
        case_id, mark = new_id(), f"{self._sent}b"
        subject = f"case:{case_id}"
        cursor.execute(_INSERTS["cases_case"], [case_id, f"B{self._sent}", *row["cases_case"][2:]])
        cursor.execute(_INSERTS["journal_entry"], [subject, *row["journal_entry"][1:]])
        cursor.execute("INSERT INTO journal_unnumbered (entry_id) VALUES (%s)", cursor.fetchone())
        cursor.execute(_INSERTS["journal_head"], [subject, *row["journal_head"][1:]])
        cursor.execute(_INSERTS["worklist_item"], [subject, *row["worklist_item"][1:]])
        cursor.execute(_INSERTS["journal_answer"], [row["journal_answer"][0], mark, *row["journal_answer"][2:]])


_FIRST = {"cases_case": ("id", "number"), "journal_entry": ("subject",), "journal_head": ("subject",),
          "worklist_item": ("subject",), "journal_answer": ("user", "key")}
_INSERTS: dict[str, str] = {}


def _reports(connection: Any, most: int) -> list[dict[str, list[Any]]]:
    """The rows of the newest reports, table by table, the columns that must differ first."""
    columns = {table: _columns(connection, table) for table in TABLES}
    for table, names in columns.items():
        placed = ", ".join(["%s"] * len(names))
        quoted = ", ".join(f'"{name}"' for name in names)
        _INSERTS[table] = f"INSERT INTO {table} ({quoted}) VALUES ({placed})"
    _INSERTS["journal_entry"] += " RETURNING id"
    cases = _read(connection, "cases_case", columns, "ORDER BY reported_at DESC LIMIT %s", [most])
    answers = _read(connection, "journal_answer", columns, "ORDER BY id DESC LIMIT %s", [most])
    found = []
    for case, answer in zip(cases, answers, strict=True):
        subject = [f"case:{case[0]}"]
        rest = {table: _read(connection, table, columns, "WHERE subject = %s", subject)[0]
                for table in ("journal_entry", "journal_head", "worklist_item")}
        found.append({"cases_case": _plain(case), "journal_answer": answer, **rest})
    return found


def _plain(row: list[Any]) -> list[Any]:
    from psycopg.types.json import Jsonb

    return [Jsonb(value) if isinstance(value, (dict, list)) else value for value in row]


def _columns(connection: Any, table: str) -> list[str]:
    names = [row[0] for row in connection.execute(
        "SELECT column_name FROM information_schema.columns WHERE table_name = %s AND is_identity = 'NO'"
        " ORDER BY ordinal_position", [table])]
    first = _FIRST[table]
    return [*first, *(name for name in names if name not in first)]


def _read(connection: Any, table: str, columns: dict[str, list[str]], clause: str, values: list[Any]) -> list[list[Any]]:
    quoted = ", ".join(f'"{name}"' for name in columns[table])
    return [list(row) for row in connection.execute(f"SELECT {quoted} FROM {table} {clause}", values)]


if __name__ == "__main__":
    dsn, many = sys.argv[1], int(sys.argv[2])
    print(f"{BareLoop(dsn, dsn).send(many) * 1000 / many:.3f} ms")
