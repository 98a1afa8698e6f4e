"""Positions under load: gap-free, in order within each subject, nothing lost (PostgreSQL has many writers)."""

import random
import threading
from time import monotonic, sleep

import pytest
from django.db import OperationalError, connection, transaction

from jingwei.journal import commands, queries
from jingwei.journal.errors import JournalError
from jingwei.journal.models import Unnumbered
from jingwei.kernel.errors import Refusal
from tests.journal.conftest import Happened

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("home_keys")]

SECONDS = 3.0


def write(operator, seed: int, until: float) -> int:
    """Random subjects, one write in five rolled back, one in twenty slow. How many were committed."""
    chance, committed = random.Random(seed), 0
    while monotonic() < until:
        try:
            with transaction.atomic():
                subject = f"thing:{chance.randrange(12)}"
                tail = commands.hold(subject)
                for _ in range(chance.randrange(1, 4)):
                    tail = commands.record(operator, tail, Happened.CHANGED, {"seed": seed})
                if chance.random() < 0.05:
                    sleep(0.05)
                if chance.random() < 0.2:
                    raise ZeroDivisionError
            committed += 1
        except (ZeroDivisionError, OperationalError):
            continue
        except Refusal as refused:
            if refused.reason is not JournalError.OVERTAKEN:  # two beginnings of one subject: one comes too late
                raise
    return committed


@pytest.mark.parametrize("writers", [8])
def test_with_rollbacks_and_slow_transactions_positions_have_no_gap(operator, concurrently, writers):
    stop = threading.Event()
    seen: list[queries.Seen] = []

    def number() -> None:
        while not stop.is_set():
            commands.number_entries(limit=7)
            sleep(0.002)

    def follow() -> None:
        """A reader: whatever it has seen, nothing may appear before it later."""
        while not stop.is_set():
            seen.extend(queries.since(seen[-1].position if seen else 0))
            sleep(0.002)

    def writing() -> None:
        try:
            outcomes.extend(concurrently(*(lambda seed=seed: write(operator, seed, until)
                                           for seed in range(writers))))
        finally:
            stop.set()

    until, outcomes = monotonic() + SECONDS, []
    numberers = [number, number] if connection.vendor == "postgresql" else []
    assert [outcome for outcome in concurrently(writing, follow, *numberers) if outcome is not None] == []
    assert sum(outcomes) > 20, outcomes  # SQLite's queue for the one writer is not fair: some may get nothing

    while commands.number_entries():
        pass
    seen.extend(queries.since(seen[-1].position if seen else 0, 100_000))
    assert not Unnumbered.objects.exists()
    assert [entry.position for entry in seen] == list(range(1, len(seen) + 1))
    for subject in {entry.subject for entry in seen}:
        numbers = [entry.number for entry in seen if entry.subject == subject]
        assert numbers == list(range(1, len(numbers) + 1))
    commands.make_checkpoint()
    assert queries.verify_journal().ok


@pytest.mark.skipif(connection.vendor != "postgresql", reason="on SQLite the writer numbers its own entry")
def test_the_very_first_numbering_may_be_done_by_two_at_once(operator, concurrently):
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM journal_lock")
    with transaction.atomic():
        for number in range(50):
            commands.record_new(operator, f"thing:{number}", Happened.BEGUN, {})
    counts = concurrently(*([commands.number_entries] * 4))
    assert sum(counts) == 50, counts
    assert queries.last_position() == 50


@pytest.mark.skipif(connection.vendor != "postgresql", reason="on SQLite the writer numbers its own entry")
def test_an_entry_of_a_long_transaction_comes_after_and_is_not_lost(operator, concurrently):
    begun, numbered = threading.Event(), threading.Event()

    def slow() -> None:
        with transaction.atomic():
            commands.record_new(operator, "thing:slow", Happened.BEGUN, {})
            begun.set()
            assert numbered.wait(10)

    def quick() -> None:
        assert begun.wait(10)
        with transaction.atomic():
            commands.record_new(operator, "thing:quick", Happened.BEGUN, {})
        commands.number_entries()
        assert [entry.subject for entry in queries.since(0)] == ["thing:quick"]
        numbered.set()

    assert concurrently(slow, quick) == [None, None]
    commands.number_entries()
    assert [entry.subject for entry in queries.since(1)] == ["thing:slow"]
