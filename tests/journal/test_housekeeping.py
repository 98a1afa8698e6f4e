"""What is kept for a while is cleared away in time, in batches."""

from datetime import UTC, datetime, timedelta

import pytest

from jingwei.journal import commands, housekeeping, jobs, queries
from jingwei.journal.models import Answer, Checkpoint, Job
from jingwei.kernel import clock
from jingwei.kernel.ids import new_id

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 3, 20, 12, 0, tzinfo=UTC)


def finished(state: str, days: float) -> None:
    at = NOW - timedelta(days=days)
    Job.objects.create(id=new_id(), task="t", arguments="{}", state=state, run_after=at, enqueued_at=at, finished_at=at)


def test_answers_are_kept_for_seven_days_and_failed_jobs_for_ninety(operator, monkeypatch):
    monkeypatch.setattr(housekeeping, "_AT_ONCE", 2)
    for number, days in enumerate((0, 6.9, 7.1, 8, 9, 400)):
        with clock.held_at(NOW - timedelta(days=days)):
            commands.keep_answer(operator, f"key-{number}", "f", 200, b"{}")
    for days in (6.9, 7.1, 8, 9):
        finished("done", days)
    for days in (80, 91):
        finished("failed", days)
    finished("ready", 400)
    finished("running", 400)

    with clock.held_at(NOW):
        assert housekeeping.clear_away.func() == 4 + 3 + 1
    assert set(Answer.objects.values_list("key", flat=True)) == {"key-0", "key-1"}
    assert sorted(Job.objects.values_list("state", flat=True)) == ["done", "failed", "ready", "running"]
    with clock.held_at(NOW):
        assert housekeeping.clear_away.func() == 0


def test_both_recurring_jobs_are_hourly_and_can_be_found_by_their_path(home_keys, tell):
    tell("a")
    jobs.enqueue_due({})
    assert {job.task for job in Job.objects.all()} >= {
        "jingwei.journal.housekeeping.sign_checkpoint", "jingwei.journal.housekeeping.clear_away"}
    while jobs.run_one("w"):
        pass
    assert set(Job.objects.values_list("state", flat=True)) == {"done"}
    assert Checkpoint.objects.get().position == 1


def test_a_large_journal_is_verified_in_the_background(home_keys, tell, operator, monkeypatch):
    tell("a", "b")
    assert commands.verify(operator)["report"]["ok"] is True
    monkeypatch.setattr(commands, "AT_ONCE", 1)
    asked = commands.verify(operator)
    assert (asked["state"], asked["report"]) == ("ready", None)
    assert queries.verification(operator, asked["job"]) == {"state": "ready", "report": None}
    jobs.run_one("w")
    found = queries.verification(operator, asked["job"])
    assert (found["state"], found["report"]["ok"], found["report"]["entries"]) == ("done", True, 3)
    assert queries.history("journal:verifications")[0].verb == "journal.verify_asked"
