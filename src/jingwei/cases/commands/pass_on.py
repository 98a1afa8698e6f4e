"""Pass on (移交): tasks on the spot that name somebody who leaves a grid go to whoever comes after.

No step of the flow: the case stays where it is, its clock runs on. Part of the hand-over, in its transaction.
"""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from jingwei.accounts import queries as accounts
from jingwei.cases import flow_book, sampling_cases
from jingwei.cases.commands import rows
from jingwei.cases.commands.sampling.going_on import leave_recheck
from jingwei.cases.commands.step import show_due
from jingwei.cases.events import CaseEvent
from jingwei.cases.models import Case
from jingwei.journal import commands as journal
from jingwei.kernel.actor import Actor
from jingwei.worklist import queries as worklist

_DUTY_IN = {"verifying": "verify", "checking": "check"}


def pass_on(actor: Actor, user_id: UUID, area_path: str, kept: Sequence[str], heir: UUID | None) -> list[tuple[UUID, UUID | None]]:
    """Every case that waits for this person at and below a path, but for the `kept` ones, with who has it now.

    The heir gets those whose task they may do: a grid worker of the place, apart from what they did on the case
    before. The others wait for whichever grid worker comes first. Whoever hands over has been asked for the right.
    """
    found = []
    reached = [grant for grant in accounts.grants_of(heir) if grant.role == "supervisor"] if heir else []
    with transaction.atomic(savepoint=False):
        waiting = worklist.of_person(user_id, area_path, kept)
        for due in waiting:  # before the cases: who gives a result holds the sample and then the case
            if due.kind == sampling_cases.KIND:
                leave_recheck(actor, int(due.subject.partition(":")[2]), user_id, heir, reached)
        for due in waiting:
            if not due.subject.startswith("case:"):
                continue
            case_id = UUID(due.subject.removeprefix("case:"))
            tail = journal.hold(due.subject)
            case = rows.read(case_id, to_change=True)
            if case is None or case.person != user_id:
                continue  # somebody took the step meanwhile
            to = heir if any(grant.covers(case.area_path) for grant in reached) and not _apart(case, heir) else None
            case.person = to
            rows.update(case, {"person": to})
            show_due(case)
            journal.record(actor, tail, CaseEvent.TASK_PASSED, {
                "from": str(user_id), "to": str(to) if to else None, "state": case.state}, area_path=case.area_path)
            found.append((case_id, to))
    return found


def _apart(case: Case, heir: UUID | None) -> bool:
    """Whether what the heir did on this case keeps them off the task (STF-14)."""
    task = _DUTY_IN.get(case.state, "")
    return any(str(heir) in case.duties.get(duty, []) for duty in flow_book.of(case).keeps_off(task))
