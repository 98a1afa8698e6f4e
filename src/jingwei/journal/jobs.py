"""Background work as rows: leased to a worker, fenced by a token, tried again, never lost.

Each claim raises the job's token. An effect commits only in a transaction in which that token was found to be still
the newest, so a worker that was thought dead and comes back can commit nothing.
"""

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeVar
from uuid import UUID, uuid5

import orjson
from django.db import connection, transaction
from django.db.models import Q
from django.utils.module_loading import import_string

from jingwei.journal.faults import frames, passing, told
from jingwei.journal.models import Job
from jingwei.kernel import clock
from jingwei.kernel.ids import new_id

log = logging.getLogger(__name__)

_NAMESPACE = UUID("6c1d1d3e-52f5-5d0c-9a52-6a1ae0f4a9b1")
_DAY = 1440
_LEASE = timedelta(seconds=60)
_LATER = timedelta(seconds=5)
_TRIES = 5  # for a job whose function this version does not know

AnyTask = TypeVar("AnyTask")


@dataclass(frozen=True, slots=True)
class Claim:
    """A job in somebody's hands. Good as long as nobody claimed it after this one."""

    id: UUID
    path: str
    arguments: dict[str, Any]
    token: int
    tries: int
    owner: str


class Stale(Exception):
    """The lease was lost and the job given to another worker: nothing of this one may be committed."""


_current: ContextVar[Claim | None] = ContextVar("claim", default=None)
_periodic: dict[str, tuple[Any, int]] = {}


def enqueue(path: str, args: list[Any], kwargs: dict[str, Any], *, pk: UUID | None = None, queue: str = "default",
            priority: int = 0, run_after: datetime | None = None) -> UUID:
    """Write the job's row, in the caller's transaction. With a `pk` that is there already nothing is added."""
    now, pk = clock.now(), pk or new_id()
    job = Job(id=pk, task=path, queue=queue, priority=priority, run_after=run_after or now, enqueued_at=now,
              arguments=orjson.dumps({"args": args, "kwargs": kwargs}).decode())
    Job.objects.bulk_create([job], ignore_conflicts=True)
    return pk


def every(minutes: int) -> Callable[[AnyTask], AnyTask]:
    """Have the task (declared with `django_tasks.task`, no arguments) enqueued once in each slot of so many minutes.

    Slots are counted from 1970 (UTC). At most a day: the memory of a slot is the job's row, which is cleared later.
    """
    if not 1 <= minutes <= _DAY:
        raise ValueError("a period is 1 to 1440 minutes")

    def register(task: AnyTask) -> AnyTask:
        _periodic[task.module_path] = (task, minutes)  # type: ignore[attr-defined]
        return task

    return register


def enqueue_due(done: dict[str, int]) -> int:
    """Enqueue the periodic tasks of the present slot; several workers make one job of it. Returns how many were new here.

    `done`: the slots this worker has seen to, so that a quiet worker asks the database once a slot.
    """
    new = 0
    for path, (task, minutes) in _periodic.items():
        slot = int(clock.now().timestamp() // (minutes * 60))
        if done.get(path) != slot:
            enqueue(path, [], {}, pk=uuid5(_NAMESPACE, f"{path}/{minutes}/{slot}"), queue=task.queue_name,
                    priority=task.priority)
            done[path] = slot
            new += 1
    return new


def run_one(owner: str) -> bool:
    """Claim the next job and run it. Returns whether there was one."""
    taken = claim(owner)
    if taken is None:
        return False
    perform(taken)
    return True


def claim(owner: str, lease: timedelta = _LEASE) -> Claim | None:
    """Take the most urgent job that is due, or one whose worker has not renewed its lease."""
    now = clock.now()
    due = Job.objects.filter(
        Q(state="ready", run_after__lte=now) | Q(state="running", lease_until__lt=now)).order_by(
        "-priority", "run_after", "id")
    if not due.exists():  # a look without a lock: SQLite would queue every idle worker behind the writers
        return None
    with transaction.atomic():
        if connection.features.has_select_for_update_skip_locked:
            due = due.select_for_update(skip_locked=True)
        job = due.first()
        if job is None:
            return None
        job.state, job.owner, job.lease_until, job.attempted_at = "running", owner, now + lease, now
        job.token, job.tries, job.started_at = job.token + 1, job.tries + 1, job.started_at or now
        job.save(update_fields=["state", "owner", "lease_until", "attempted_at", "token", "tries", "started_at"])
    return Claim(job.id, job.task, orjson.loads(job.arguments), job.token, job.tries, owner)


def renew(taken: Claim, lease: timedelta = _LEASE) -> None:
    """Hold the job for another lease; raises `Stale` if somebody else has it."""
    if not _held(taken).update(lease_until=clock.now() + lease):
        raise Stale(str(taken.id))


def fence() -> None:
    """For jobs that run `outside`: call it in each of the job's own transactions, as the last statement.

    The transaction then commits only while the job is still this worker's. Does nothing outside of a job.
    """
    taken = _current.get()
    if taken is not None:
        renew(taken)


def current() -> Claim | None:
    """The job that is being run; its id is the idempotency key of effects outside."""
    return _current.get()


def perform(taken: Claim) -> bool:
    """Run a claimed job; True if its effect was committed.

    The function runs inside the transaction whose last statement checks the token; a task declared with
    `outside=True` runs before it, at least once.
    """
    held, most = _current.set(taken), _TRIES
    try:
        task = import_string(taken.path)
        most, outside = task.tries, task.outside
        if taken.tries > most:
            raise RuntimeError("the worker died each time")
        with _heartbeat(taken, wanted=outside or connection.vendor == "postgresql"):
            if outside:
                result = _call(task, taken)
                _finish(taken, result)
            else:
                with transaction.atomic():
                    _finish(taken, _call(task, taken))
    except Stale:
        log.warning("job %s (%s): the lease was lost, nothing committed", taken.id, taken.path)
        return False
    except Exception as fault:  # noqa: BLE001 - whatever a job raises is its failed try, never the worker's end
        _put_back(taken, fault, most)
        return False
    finally:
        _current.reset(held)
    return True


def _call(task: Any, taken: Claim) -> Any:
    args, kwargs = taken.arguments["args"], taken.arguments["kwargs"]
    if not task.takes_context:
        return task.func(*args, **kwargs)
    from django_tasks import TaskContext

    return task.func(TaskContext(task_result=task.get_backend().get_result(str(taken.id))), *args, **kwargs)


def _held(taken: Claim) -> Any:
    return Job.objects.filter(id=taken.id, token=taken.token, state="running")


def _finish(taken: Claim, result: Any) -> None:
    if not _held(taken).update(state="done", result=orjson.dumps(result).decode(), finished_at=clock.now(),
                               lease_until=None, error=""):
        raise Stale(str(taken.id))


def _put_back(taken: Claim, fault: Exception, most: int) -> None:
    """After a failure: again later (5 s, 20 s, 80 s …), or failed for good. The database's own trouble never counts."""
    now, later = clock.now(), passing(fault)
    error = orjson.dumps({"class": f"{type(fault).__module__}.{type(fault).__qualname__}", "told": told(fault),
                          "frames": frames(fault)}).decode()
    if later or taken.tries < most:
        wait = _LATER if later else min(_LATER * 4 ** (taken.tries - 1), timedelta(hours=1))
        _held(taken).update(state="ready", run_after=now + wait, lease_until=None, error=error,
                            tries=taken.tries - later)
    else:
        _held(taken).update(state="failed", finished_at=now, lease_until=None, error=error)
    log.warning("job %s (%s) failed, try %d of %d: %s", taken.id, taken.path, taken.tries, most, told(fault))


@contextmanager
def _heartbeat(taken: Claim, *, wanted: bool) -> Iterator[None]:
    """Renew the lease three times a lease while the work goes on. The thread ends with the work, or with the lease."""
    if not wanted:  # inside a transaction on SQLite nobody else can write, hence nobody can claim
        yield
        return
    over = threading.Event()

    def beat() -> None:
        try:
            while not over.wait(_LEASE.total_seconds() / 3):
                renew(taken)
        except Stale:
            pass
        except Exception as fault:  # noqa: BLE001 - the work goes on; without its lease it commits nothing
            log.warning("job %s: lease not renewed: %s", taken.id, told(fault))
        finally:
            connection.close()

    thread = threading.Thread(target=beat, name=f"lease-{taken.id}", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()
