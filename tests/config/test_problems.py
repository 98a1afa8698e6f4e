"""What the database itself says, as refusals."""

import sqlite3
from contextlib import closing
from pathlib import Path

import psycopg
import pytest
from django.db import InternalError, OperationalError

from jingwei.config.errors import HomeError
from jingwei.config.problems import refusal_of


def test_a_database_that_can_only_be_read_is_refused_in_words(tmp_path: Path) -> None:
    path = tmp_path / "x.sqlite3"
    with closing(sqlite3.connect(path)) as made:
        made.execute("CREATE TABLE one (a)")
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as opened, \
            pytest.raises(sqlite3.OperationalError) as caught:
        opened.execute("INSERT INTO one VALUES (1)")
    wrapped = OperationalError(str(caught.value))
    wrapped.__cause__ = caught.value
    refusal = refusal_of(wrapped)
    assert refusal is not None
    assert refusal.reason is HomeError.READ_ONLY
    assert "只能读，不能写" in refusal.text()


def test_a_postgresql_that_can_only_be_read_is_refused_the_same_way() -> None:
    """A standby, or a database that an administrator has set to read-only."""
    wrapped = InternalError("cannot execute INSERT in a read-only transaction")
    wrapped.__cause__ = psycopg.errors.ReadOnlySqlTransaction()
    refusal = refusal_of(wrapped)
    assert refusal is not None
    assert refusal.reason is HomeError.READ_ONLY
