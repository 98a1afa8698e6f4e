"""The backend of `django_tasks` over the lease table. Rooms declare jobs with its `task` decorator in `jobs.py`.

    @task(outside=True)          # more than a second, or effects outside the database
    def fetch(...): ...

A task is enqueued in the caller's transaction: it runs if that commits, and not otherwise.
"""

from dataclasses import dataclass
from typing import Any, TypeVar
from uuid import UUID

import orjson
from django.utils.module_loading import import_string
from django_tasks.backends.base import BaseTaskBackend
from django_tasks.base import Task, TaskError, TaskResult, TaskResultStatus
from django_tasks.exceptions import TaskResultDoesNotExist
from django_tasks.utils import normalize_json
from typing_extensions import ParamSpec

from jingwei.journal import jobs
from jingwei.journal.models import Job

T = TypeVar("T")
P = ParamSpec("P")

_STATUS = {"ready": TaskResultStatus.READY, "running": TaskResultStatus.RUNNING,
           "done": TaskResultStatus.SUCCESSFUL, "failed": TaskResultStatus.FAILED}


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaseTask(Task[P, T]):
    """`outside`: not in one transaction (at least once); `tries`: how often before it counts as failed."""

    outside: bool = False
    tries: int = 5


class LeaseBackend(BaseTaskBackend):
    task_class = LeaseTask
    supports_defer = True
    supports_get_result = True
    supports_priority = True

    def enqueue(self, task: Task[P, T], args: Any, kwargs: Any) -> TaskResult[T]:
        self.validate_task(task)
        pk = jobs.enqueue(task.module_path, normalize_json(list(args)), normalize_json(kwargs),
                          queue=task.queue_name, priority=task.priority, run_after=task.run_after)
        return self._result(Job.objects.get(id=pk), task)

    def get_result(self, result_id: str) -> TaskResult[Any]:
        try:
            job = Job.objects.get(id=UUID(result_id))
        except (ValueError, Job.DoesNotExist) as error:
            raise TaskResultDoesNotExist(result_id) from error
        return self._result(job, import_string(job.task))

    def _result(self, job: Job, task: Task[P, T]) -> TaskResult[T]:
        arguments = orjson.loads(job.arguments)
        result: TaskResult[T] = TaskResult(
            task=task, id=str(job.id), status=_STATUS[job.state], enqueued_at=job.enqueued_at,
            started_at=job.started_at, finished_at=job.finished_at, last_attempted_at=job.attempted_at,
            args=arguments["args"], kwargs=arguments["kwargs"], backend=self.alias, errors=_errors(job),
            worker_ids=[job.owner] * job.tries,
        )
        if job.result:
            object.__setattr__(result, "_return_value", orjson.loads(job.result))  # frozen, as its own backends do
        return result


def _errors(job: Job) -> list[TaskError]:
    if not job.error:
        return []
    error = orjson.loads(job.error)
    return [TaskError(exception_class_path=error["class"], traceback=f"{error['told']}\n{error['frames']}")]
