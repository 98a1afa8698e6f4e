"""Tasks for the tests of the lease table. Their effects are rows of journal_generation."""

import time
from collections.abc import Callable
from typing import Any

from django_tasks import task

from jingwei.journal.jobs import current, fence
from jingwei.journal.models import Generation

before: list[Callable[[], Any]] = []
"""Run at the start of each chore, once: a place for the test to act in between."""


def mark(name: str) -> None:
    Generation.objects.create(name=name)


def marks() -> set[str]:
    return set(Generation.objects.values_list("name", flat=True))


def _interrupted() -> None:
    while before:
        before.pop()()


@task()
def note(name: str, *, times: int = 1) -> dict[str, Any]:
    mark(name)
    _interrupted()
    return {"name": name, "times": times}


@task(priority=10)
def urgent(name: str) -> None:
    mark(name)


@task(tries=3)
def broken(name: str) -> None:
    mark(name)
    raise ValueError(f"no {name}, 13900000000")


@task(outside=True)
def errand(name: str) -> str:
    """In two steps, each in a transaction of its own."""
    from django.db import transaction

    for step in ("first", "second"):
        _interrupted()
        with transaction.atomic():
            mark(f"{name}/{step}")
            fence()
    claim = current()
    assert claim is not None
    return str(claim.id)


@task(takes_context=True)
def with_context(context: Any, name: str) -> int:
    mark(name)
    return context.attempt


@task()
def sleep_long(name: str) -> None:
    mark(name)
    time.sleep(60)


@task(outside=True)
def sleep_outside(name: str) -> None:
    time.sleep(60)
