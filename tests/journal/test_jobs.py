"""Jobs are rows: leased, fenced by a token, tried again, never lost, never done twice within the database."""

import json
import os
import signal
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import sleep

import orjson
import pytest
from django.db import OperationalError, connection, transaction
from django_tasks import default_task_backend
from django_tasks.base import TaskResultStatus
from django_tasks.exceptions import InvalidTaskError, TaskResultDoesNotExist

from jingwei.journal import jobs
from jingwei.journal.models import Job
from jingwei.kernel import clock
from tests.journal import chores

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def _nothing_in_between():
    yield
    chores.before.clear()


def test_a_job_runs_once_and_keeps_its_result():
    result = chores.note.enqueue("a", times=2)
    assert result.status == TaskResultStatus.READY
    assert jobs.run_one("w") is True
    assert jobs.run_one("w") is False
    result.refresh()
    assert (result.status, result.return_value) == (TaskResultStatus.SUCCESSFUL, {"name": "a", "times": 2})
    assert (result.args, result.kwargs, result.attempts) == (["a"], {"times": 2}, 1)
    assert result.finished_at >= result.started_at >= result.enqueued_at
    assert chores.marks() == {"a"}


def test_it_is_enqueued_with_the_write_that_asks_for_it_or_not_at_all():
    def ask() -> None:
        with transaction.atomic():
            chores.note.enqueue("a")
            _ = 1 / 0

    with pytest.raises(ZeroDivisionError):
        ask()
    assert not Job.objects.exists()


def test_the_urgent_go_first_then_the_oldest_and_the_deferred_wait():
    with clock.held_at(NOON):
        chores.note.using(run_after=NOON + MINUTE).enqueue("later")
        chores.note.enqueue("first")
    with clock.held_at(NOON + timedelta(seconds=1)):
        chores.note.enqueue("second")
        chores.urgent.enqueue("urgent")
    order = []
    for after in (timedelta(seconds=2),) * 4 + (MINUTE,):
        with clock.held_at(NOON + after):
            known = chores.marks()
            jobs.run_one("w")
            order += chores.marks() - known
    assert order == ["urgent", "first", "second", "later"]


def test_a_failing_job_is_tried_again_later_and_fails_at_last():
    chores.broken.enqueue("a")
    now, waits = NOON, []
    with clock.held_at(now):
        Job.objects.update(run_after=now)
    for _ in range(3):
        with clock.held_at(now):
            assert jobs.run_one("w") is True
        job = Job.objects.get()
        waits.append(int((job.run_after - now).total_seconds()) if job.state == "ready" else job.state)
        now = job.run_after
    assert waits == [5, 20, "failed"]
    assert chores.marks() == set(), "what it had written is undone each time"
    error = orjson.loads(job.error)
    assert error["class"] == "builtins.ValueError"
    assert "13900000000" not in job.error
    assert "chores.py" in error["frames"]
    result = default_task_backend.get_result(str(job.id))
    assert (result.status, result.attempts) == (TaskResultStatus.FAILED, 3)
    assert result.errors[0].exception_class is ValueError


def test_trouble_of_the_database_is_not_counted_as_a_try():
    chores.note.enqueue("a")
    Job.objects.update(tries=3)
    chores.before.append(lambda: (_ for _ in ()).throw(OperationalError("database is locked")))
    jobs.run_one("w")
    job = Job.objects.get()
    assert (job.state, job.tries) == ("ready", 3)
    with clock.held_at(clock.now() + MINUTE):
        jobs.run_one("w")
    assert chores.marks() == {"a"}


def test_a_job_whose_function_is_unknown_here_waits_for_a_version_that_knows_it():
    jobs.enqueue("jingwei.journal.housekeeping.of_tomorrow", [], {})
    assert jobs.run_one("w") is True
    assert Job.objects.get().state == "ready"


def test_a_job_that_kills_its_worker_each_time_fails_at_last():
    chores.note.enqueue("a")
    now = clock.now()
    for turn in range(5):
        with clock.held_at(now + 2 * turn * MINUTE):
            assert jobs.claim("w") is not None
    with clock.held_at(now + 10 * MINUTE):
        jobs.run_one("w")
    assert Job.objects.get().state == "failed"
    assert chores.marks() == set()


def test_nobody_else_gets_a_job_while_its_lease_holds():
    chores.note.enqueue("a")
    with clock.held_at(NOON):
        Job.objects.update(run_after=NOON)
        claim = jobs.claim("one")
        assert jobs.claim("two") is None
    with clock.held_at(NOON + timedelta(seconds=50)):
        jobs.renew(claim)
    with clock.held_at(NOON + timedelta(seconds=100)):
        assert jobs.claim("two") is None, "it was renewed"
    with clock.held_at(NOON + timedelta(seconds=111)):
        again = jobs.claim("two")
    assert (again.id, again.token, again.tries) == (claim.id, claim.token + 1, 2)


def taken_over(task, *args):
    """A job claimed by one worker and, its lease run out, by a second one. Both claims."""
    task.enqueue(*args)
    with clock.held_at(NOON):
        Job.objects.update(run_after=NOON)
        old = jobs.claim("old")
    with clock.held_at(NOON + 2 * MINUTE):
        return old, jobs.claim("new")


def test_a_worker_that_comes_back_too_late_commits_nothing():
    old, new = taken_over(chores.note, "a")
    assert jobs.perform(old) is False
    assert chores.marks() == set()
    assert Job.objects.get().state == "running"
    assert jobs.perform(new) is True
    assert chores.marks() == {"a"}
    assert jobs.perform(old) is False
    assert Job.objects.get().owner == "new"


def test_a_worker_that_comes_back_too_late_cannot_report_a_failure_either():
    old, new = taken_over(chores.broken, "a")
    assert jobs.perform(old) is False
    assert Job.objects.get().state == "running"
    with pytest.raises(jobs.Stale):
        jobs.renew(old)
    jobs.renew(new)


def test_work_outside_is_fenced_in_each_of_its_own_transactions():
    chores.errand.enqueue("a")
    with clock.held_at(NOON):
        Job.objects.update(run_after=NOON)
        old = jobs.claim("old")

    chores.before.append(lambda: Job.objects.update(token=old.token + 1, owner="new"))
    assert jobs.perform(old) is False
    assert chores.marks() == set(), "the first step found the token changed"


def test_work_outside_gives_its_id_as_idempotency_key():
    result = chores.errand.enqueue("a")
    jobs.run_one("w")
    result.refresh()
    assert result.return_value == result.id
    assert chores.marks() == {"a/first", "a/second"}
    assert jobs.current() is None


def test_a_fence_outside_of_any_job_stops_nothing():
    jobs.fence()
    assert chores.errand.func.__name__ == "errand"


def test_a_task_may_ask_which_try_it_is():
    result = chores.with_context.enqueue("a")
    Job.objects.update(tries=2)
    jobs.run_one("w")
    result.refresh()
    assert result.return_value == 3


def test_the_backend_refuses_what_it_cannot_run():
    with pytest.raises(InvalidTaskError):
        chores.note.using(queue_name="elsewhere")
    with pytest.raises(InvalidTaskError):
        chores.note.using(priority=1000)
    with pytest.raises(TaskResultDoesNotExist):
        default_task_backend.get_result("0190a1b2-0000-7000-8000-000000000000")
    with pytest.raises(TaskResultDoesNotExist):
        default_task_backend.get_result("no id")


def test_a_periodic_task_is_one_job_a_slot_however_many_workers_ask(monkeypatch):
    monkeypatch.setattr(jobs, "_periodic", {})
    assert jobs.every(60)(chores.note) is chores.note
    one, two = {}, {}
    with clock.held_at(NOON):
        assert (jobs.enqueue_due(one), jobs.enqueue_due(one)) == (1, 0)
        jobs.enqueue_due(two)
    with clock.held_at(NOON + 59 * MINUTE):
        assert jobs.enqueue_due(one) == 0
        jobs.enqueue_due({})
    assert Job.objects.count() == 1
    with clock.held_at(NOON + 60 * MINUTE):
        jobs.enqueue_due(one)
        jobs.enqueue_due(two)
    assert Job.objects.count() == 2
    with pytest.raises(ValueError, match="1440"):
        jobs.every(1441)


def spawn(**told) -> subprocess.Popen:
    database = {name: connection.settings_dict[name] for name in (
        "ENGINE", "NAME", "USER", "PASSWORD", "HOST", "PORT", "OPTIONS")}
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.journal.doomed_worker"], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        text=True, cwd=Path(__file__).parents[2])
    process.stdin.write(json.dumps({"database": database, **told}, default=str))
    process.stdin.close()
    return process


def kill(process: subprocess.Popen) -> None:
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    process.stdout.close()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("task", [chores.sleep_long, chores.sleep_outside], ids=["inside", "outside"])
def test_the_job_of_a_killed_worker_is_done_by_another_when_its_lease_is_over(task):
    task.enqueue("a")
    process = spawn(do="job")
    assert process.stdout.readline() == "claimed\n"
    kill(process)

    assert jobs.claim("w") is None, "its lease still holds"
    with clock.held_at(clock.now() + 2 * MINUTE):
        claim = jobs.claim("w")
    assert (claim.path, claim.tries, claim.token) == (task.module_path, 2, 2)
    assert chores.marks() == set()


@pytest.mark.django_db(transaction=True)
def test_a_reader_killed_again_and_again_neither_skips_nor_doubles(tell):
    """T1 in small: three kills -9 while it reads."""
    tell(*"abcdefghijklmnopqrst", *"abcdefghijklmnopqrst")
    for _ in range(3):
        process = spawn(do="read")
        process.stdout.readline()
        kill(process)
    process = spawn(do="read")
    while int(process.stdout.readline()) < 40:
        pass
    wanted = {f"thing:{name}#{number}" for name in "abcdefghijklmnopqrst" for number in (1, 2)}
    for _ in range(100):
        if chores.marks() == wanted:
            break
        sleep(0.05)
    kill(process)
    assert chores.marks() == wanted


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time")
def test_of_two_workers_at_work_on_one_job_only_the_newer_commits(concurrently):
    """The first one hangs in the middle of its transaction while its job is given away and done."""
    import threading

    chores.note.enqueue("a")
    old = jobs.claim("old")
    Job.objects.update(lease_until=clock.now() - MINUTE)
    begun, done = threading.Event(), threading.Event()

    def hang():
        begun.set()
        assert done.wait(10)

    def first():
        chores.before.append(hang)
        return jobs.perform(old)

    def second():
        assert begun.wait(10)
        new = jobs.claim("new")
        Job.objects.filter(id=new.id).update(arguments=orjson.dumps({"args": ["b"], "kwargs": {}}).decode())
        try:
            return jobs.perform(jobs.Claim(new.id, new.path, {"args": ["b"], "kwargs": {}}, new.token, 2, "new"))
        finally:
            done.set()

    assert concurrently(first, second) == [False, True]
    assert chores.marks() == {"b"}


@pytest.mark.django_db(transaction=True)
def test_many_workers_share_the_jobs_without_doing_any_twice(concurrently):
    for number in range(30):
        chores.note.enqueue(f"job {number}")

    def work():
        done = 0
        while jobs.run_one("w"):
            done += 1
        return done

    counts = concurrently(work, work, work)
    assert sum(counts) == 30, counts
    assert len(chores.marks()) == 30
    assert set(Job.objects.values_list("state", flat=True)) == {"done"}


@pytest.mark.django_db(transaction=True)
def test_the_lease_of_long_work_is_renewed_while_it_goes_on(monkeypatch):
    monkeypatch.setattr(jobs, "_LEASE", timedelta(seconds=0.3))
    chores.errand.enqueue("a")
    claim = jobs.claim("w", timedelta(seconds=0.3))
    chores.before.append(lambda: sleep(0.8))
    first = Job.objects.get().lease_until
    seen = []
    chores.before.insert(0, lambda: seen.append(Job.objects.get().lease_until))  # after the sleep
    assert jobs.perform(claim) is True
    assert seen[0] > first + timedelta(seconds=0.3)
