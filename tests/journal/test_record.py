"""One entry beside each write: chained, numbered, refused when overtaken."""

from contextlib import suppress
from enum import Enum

import pytest
from django.db import connection, transaction

from jingwei.journal import commands, queries
from jingwei.journal.errors import JournalError
from jingwei.journal.models import Generation
from jingwei.kernel.errors import Refusal

pytestmark = pytest.mark.django_db


class Happened(Enum):
    BEGUN = "thing.begun"
    ENDED = "thing.ended"


def test_it_chains_the_entries_of_a_subject_and_gives_them_positions(operator):
    with transaction.atomic():
        first = commands.record_new(operator, "thing:1", Happened.BEGUN, {"b": 1, "a": "二"})
        second = commands.record(operator, first, Happened.ENDED, {})
    commands.number_entries()

    told = queries.since(0)
    assert [(seen.position, seen.subject, seen.number, seen.verb) for seen in told] == [
        (1, "thing:1", 1, "thing.begun"), (2, "thing:1", 2, "thing.ended")]
    assert told[0].data == '{"a":"二","b":1}'
    assert second.number == 2
    assert second.hash != first.hash


def test_it_refuses_to_append_after_somebody_else_did(operator):
    with transaction.atomic():
        stale = commands.record_new(operator, "thing:1", Happened.BEGUN, {})
        commands.record(operator, stale, Happened.ENDED, {})
    with pytest.raises(Refusal) as refused, transaction.atomic():
        commands.record(operator, stale, Happened.ENDED, {})
    assert refused.value.reason is JournalError.OVERTAKEN


def test_it_writes_nothing_when_the_write_beside_it_fails(operator):
    def write() -> None:
        with transaction.atomic():
            commands.record_new(operator, "thing:2", Happened.BEGUN, {})
            _ = 1 / 0

    with pytest.raises(ZeroDivisionError):
        write()
    commands.number_entries()
    assert queries.since(0) == []
    assert queries.history("thing:2") == []


@pytest.mark.django_db(transaction=True)
def test_it_is_a_fault_of_the_program_to_record_outside_a_transaction(operator):
    with pytest.raises(RuntimeError):
        commands.record(operator, commands.Tail("thing:1"), Happened.BEGUN, {})


def break_entries() -> None:
    """Nothing goes into the table any more, as on a damaged database."""
    statements = {
        "sqlite": ["CREATE TRIGGER no_entries BEFORE INSERT ON journal_entry BEGIN SELECT RAISE(ABORT, 'broken'); END"],
        "postgresql": [
            "CREATE FUNCTION no_entries() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN RAISE 'broken'; END$$",
            "CREATE TRIGGER no_entries BEFORE INSERT ON journal_entry EXECUTE FUNCTION no_entries()"],
    }
    with connection.cursor() as cursor:
        for statement in statements[connection.vendor]:
            cursor.execute(statement)


def drop(table: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {table} RENAME TO {table}_gone")


@pytest.mark.parametrize(("gloss", "damage"), [
    ("the table takes nothing", break_entries),
    ("no table of entries", lambda: drop("journal_entry")),
    ("no table of heads", lambda: drop("journal_head")),
    ("no table of positions", lambda: drop(
        "journal_position" if connection.vendor == "sqlite" else "journal_unnumbered")),
], ids=lambda value: value if isinstance(value, str) else "")
def test_a_write_whose_entry_cannot_be_stored_is_refused_and_leaves_nothing(operator, gloss, damage):
    def write() -> None:
        with transaction.atomic():
            Generation.objects.create(name="the change itself")
            commands.record(operator, commands.Tail("thing:1"), Happened.BEGUN, {})

    damage()
    with pytest.raises(Refusal) as refused:
        write()
    assert refused.value.reason is JournalError.UNRECORDED
    assert not Generation.objects.exists()


def test_a_write_is_void_even_if_somebody_catches_the_refusal(operator):
    def write() -> None:
        with transaction.atomic():
            Generation.objects.create(name="the change itself")
            with suppress(Refusal):
                commands.record(operator, commands.Tail("thing:1"), Happened.BEGUN, {})

    break_entries()
    write()
    assert not Generation.objects.exists()


@pytest.mark.parametrize("tail", [commands.Tail("thing:1"), commands.Tail("thing:1", 5, "0" * 64)])
def test_a_tail_that_is_not_the_last_one_is_refused(operator, tail):
    """Behind, the entry is there already; ahead, the head does not know the one before."""
    def write() -> None:
        with transaction.atomic():
            commands.record(operator, tail, Happened.ENDED, {})

    with transaction.atomic():
        commands.record_new(operator, "thing:1", Happened.BEGUN, {})
    with pytest.raises(Refusal) as refused:
        write()
    assert refused.value.reason is JournalError.OVERTAKEN
    assert len(queries.history("thing:1")) == 1


def test_since_goes_in_pages_and_by_kind(operator):
    with transaction.atomic():
        for subject in ("case:1", "thing:1", "case:2", "casework:1"):
            commands.record_new(operator, subject, Happened.BEGUN, {})
    commands.number_entries()
    assert [seen.subject for seen in queries.since(0, 2)] == ["case:1", "thing:1"]
    assert [seen.subject for seen in queries.since(2, 2)] == ["case:2", "casework:1"]
    assert [seen.subject for seen in queries.since(0, subject_prefix="case:")] == ["case:1", "case:2"]
    assert queries.since(4) == queries.since(99) == []
    assert [seen.position for seen in queries.at_positions([3, 1, 77])] == [1, 3]
