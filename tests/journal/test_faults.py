"""What is kept of a fault names it without the values that caused it."""

import pytest
from django.db import DataError, IntegrityError, InterfaceError, OperationalError, connection, transaction

from jingwei.journal import faults
from jingwei.journal.errors import JournalError
from jingwei.journal.models import Generation, Lock
from jingwei.kernel.errors import Refusal


def caught(function) -> BaseException:
    with pytest.raises(Exception) as info:
        function()
    return info.value


def test_digits_of_any_script_are_masked():
    assert faults.masked("call 13900000000 or １３９００００, room 12, 110101199001011234") == "call … or …, room 12, …"
    assert len(faults.masked("a" * 1000)) == 200


def test_a_refusal_is_told_by_its_code():
    def refuse():
        raise Refusal(JournalError.OVERTAKEN, phone="13900000000")

    assert faults.told(caught(refuse)).startswith("journal.overtaken at ")


@pytest.mark.django_db
def test_a_database_error_is_told_by_its_constraint_alone():
    """PostgreSQL would quote the row: Key (name)=(13900000000) already exists."""
    def twice():
        with transaction.atomic():
            Lock.objects.create(name="王示例 13900000000")
            Lock.objects.create(name="王示例 13900000000")

    told = faults.told(caught(twice))
    assert "IntegrityError" in told
    assert "journal_lock" in told
    assert "王示例" not in told
    assert "13900000000" not in told


@pytest.mark.django_db
def test_a_missing_table_is_the_programs_fault_not_the_databases_trouble():
    def read():
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT * FROM no_such_table")

    assert faults.passing(caught(read)) is False


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite knows no statement timeout")
def test_a_lock_that_is_not_given_is_trouble_that_passes():
    def wait():
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("DO $$BEGIN RAISE EXCEPTION 'x' USING ERRCODE = '55P03'; END$$")

    assert faults.passing(caught(wait)) is True
    Generation.objects.create(name="the connection goes on")


@pytest.mark.parametrize(("error", "passes"), [
    (InterfaceError("connection already closed"), True), (OperationalError("server closed the connection"), True),
    (IntegrityError("x"), False), (DataError("x"), False), (ValueError("x"), False)])
def test_only_the_databases_own_trouble_passes(error, passes):
    assert faults.passing(error) is passes


def test_the_way_through_the_code_has_no_message():
    assert "13900000000" not in faults.frames(caught(lambda: int("13900000000x")))
    assert "test_faults.py" in faults.frames(caught(lambda: int("x")))
