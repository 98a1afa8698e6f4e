"""The worker as it runs in production: threads, its own connections, a database that goes away."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic, sleep

import pytest
from django.db import connection, transaction

from jingwei.journal import commands, jobs, readers, worker
from jingwei.journal.models import Generation, Job
from tests.journal import chores
from tests.journal.conftest import Happened

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("own_readers", "home_keys")]


@pytest.fixture(autouse=True)
def _nothing_periodic(monkeypatch):
    monkeypatch.setattr(jobs, "_periodic", {})


@contextmanager
def working() -> Iterator[None]:
    stop = threading.Event()
    thread = threading.Thread(target=worker.run_worker, args=(stop,))
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(20)
        assert not thread.is_alive(), "it stops when told"


def within(seconds: float, happened) -> bool:
    end = monotonic() + seconds
    while monotonic() < end:
        if happened():
            return True
        sleep(0.02)
    return False


def write(operator, *names: str) -> None:
    with transaction.atomic():
        for name in names:
            commands.record_new(operator, f"thing:{name}", Happened.BEGUN, {})


def test_it_numbers_reads_and_works_until_it_is_told_to_stop(operator):
    readers.reader("r", {Happened})(lambda seen: chores.mark(seen.subject))
    with working():
        write(operator, "a", "b")
        chores.note.enqueue("job")
        assert within(10, lambda: chores.marks() == {"thing:a", "thing:b", "job"})
    write(operator, "c")
    sleep(0.1)
    assert "thing:c" not in chores.marks()


def test_a_long_job_holds_up_no_reader(operator):
    """On SQLite only work outside of a transaction may be long: there is one writer at a time."""
    readers.reader("r", {Happened})(lambda seen: chores.mark(seen.subject))
    over = threading.Event()
    chores.before.append(lambda: over.wait(20))
    with working():
        chores.errand.enqueue("long")
        assert within(10, lambda: Job.objects.get().state == "running")
        write(operator, "a")
        assert within(10, lambda: "thing:a" in chores.marks())
        assert Job.objects.get().state == "running"
        over.set()
        assert within(10, lambda: Job.objects.get().state == "done")


def test_a_fault_in_one_turn_does_not_end_it(operator, monkeypatch, caplog):
    monkeypatch.setattr(worker, "_TROUBLE", 0.05)
    real, bad = jobs.run_one, [True, True]

    def sometimes(owner: str) -> bool:
        if bad:
            bad.pop()
            raise ValueError("13900000000")
        return real(owner)

    monkeypatch.setattr(jobs, "run_one", sometimes)
    with working():
        chores.note.enqueue("job")
        assert within(10, lambda: chores.marks() == {"job"})
    assert "ValueError" in caplog.text
    assert "13900000000" not in caplog.text


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no server that could restart")
def test_it_survives_the_loss_of_every_connection(operator, monkeypatch):
    monkeypatch.setattr(worker, "_TROUBLE", 0.05)
    readers.reader("r", {Happened})(lambda seen: chores.mark(seen.subject))
    with working():
        write(operator, "a")
        assert within(10, lambda: "thing:a" in chores.marks())
        for name in ("b", "c", "d"):
            with connection.cursor() as cursor:
                cursor.execute("SELECT COUNT(pg_terminate_backend(pid)) FROM pg_stat_activity"
                               " WHERE datname = current_database() AND pid <> pg_backend_pid()")
                assert cursor.fetchone()[0] >= 1
            write(operator, name)
            chores.note.enqueue(f"job {name}")
            assert within(10, lambda name=name: {f"thing:{name}", f"job {name}"} <= chores.marks())


def test_it_looks_less_often_while_nothing_happens(monkeypatch):
    stop, waits = threading.Event(), []

    class Counted(threading.Event):
        def wait(self, timeout=None):
            waits.append(timeout)
            if len(waits) == 9:
                self.set()
            return True

    turns = iter([True, False, False, False, False, False, False, True, False])
    worker._keep_turning(Counted(), "test", lambda: next(turns))
    assert waits == [0.02, 0.04, 0.08, 0.16, 0.32, 0.5, 0.5, 0.02, 0.04]
    assert not stop.is_set()


def test_the_rooms_own_periodic_jobs_run(monkeypatch, tell):
    from jingwei.journal import housekeeping
    from jingwei.journal.models import Checkpoint

    jobs.every(60)(housekeeping.sign_checkpoint)
    tell("a", "b")
    with working():
        assert within(10, lambda: Checkpoint.objects.filter(position=2).exists())
        assert within(10, lambda: Job.objects.get().state == "done")
    assert not Generation.objects.exists()
