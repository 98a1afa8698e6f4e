"""Units that help with a case: who they are, what is due of them. Asked only of cases that bear the mark."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from jingwei.accounts.queries import Right
from jingwei.cases.errors import CaseError
from jingwei.cases.marks import marks_of
from jingwei.cases.models import Case, Helping
from jingwei.kernel.actor import Actor
from jingwei.kernel.errors import Refusal
from jingwei.worklist import commands as worklist

MARK = "helped"
KIND = "help"
OPEN_IN = ("handling", "suspended")
"""The states of a case in which units help; they are let go when it leaves these, but for a feedback, which waits for them."""


def is_helped(case: Case) -> bool:
    return MARK in marks_of(case.marks)


def reaches(actor: Actor, case: Case) -> bool:
    """Whether the actor sees the case because a unit of theirs helps or helped with it. One statement for marked cases alone."""
    return is_helped(case) and any(
        actor.covers(Right.CASE_READ.value, case.area_path, path)
        for path in Helping.objects.filter(case_id=case.id).values_list("unit_path", flat=True))


def asked_of(case_id: UUID) -> list[Helping]:
    """The tasks not ended yet, in the order in which they were asked."""
    return list(Helping.objects.filter(case_id=case_id, state="asked").order_by("asked_at", "id"))


def show_due(case: Case, tasks: Iterable[Helping]) -> None:
    """What waits for each helping unit, until when the case itself has to be handled."""
    for task in tasks:
        worklist.put(f"help:{task.id}", KIND, area_path=case.area_path, unit_path=task.unit_path, due_at=case.due_at,
                     since=task.asked_at, place=case.place, posts=("handler",))


def follow(case: Case, action: str, who: UUID | None, now: datetime, units: Mapping[Any, Any]) -> None:
    """What a step of a helped case means for its helpers: a feedback waits for them, any other way out lets them go."""
    tasks = asked_of(case.id)
    if case.state in OPEN_IN or not tasks:
        return
    if action == "feed_back":
        raise Refusal(CaseError.HELPERS_OPEN, units="、".join(units[task.unit_id].name for task in tasks))
    for task in tasks:
        end(task, "released", "", who, now)


def end(task: Helping, state: str, answer: str, who: UUID | None, now: datetime) -> None:
    """The task is over; nothing is due of that unit any more."""
    task.state, task.answer, task.ended_by, task.ended_at = state, answer, who, now
    task.save(update_fields=["state", "answer", "ended_by", "ended_at", "signed_at"])
    worklist.drop(f"help:{task.id}")
