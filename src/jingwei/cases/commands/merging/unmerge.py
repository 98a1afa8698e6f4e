"""Un-merge (拆分并案): a case goes on by itself as it stood, with what had come along with it.

The time as part of another is left out of its clock, as a suspension is; a limit that was overrun before stays overrun.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

import orjson
from django.db import transaction

from jingwei.cases import merging, timing
from jingwei.cases.commands import aside, rows
from jingwei.cases.commands.merging.pair import held, seen
from jingwei.cases.commands.step import REASON_MOST, Moving, Taken, show_due
from jingwei.cases.errors import CaseError
from jingwei.cases.events import MergeEvent
from jingwei.cases.marks import with_mark, without_mark
from jingwei.cases.models import Adjustment, Case, Merged, Step
from jingwei.cases.words import blank
from jingwei.journal import commands as journal
from jingwei.journal import queries as journaled
from jingwei.journal.queries import generations
from jingwei.kernel import clock
from jingwei.kernel.actor import Actor
from jingwei.kernel.errors import Refusal
from jingwei.kernel.wording import Words

NAME = Words("拆分并案", "un-merge")


def unmerge(actor: Actor, case_id: UUID, *, reason: str) -> Taken:
    """Let a merged case go on by itself. Its leader keeps what it learned of duties: whom the two met stays met."""
    with transaction.atomic(savepoint=False):
        link = Merged.objects.filter(case_id=case_id).values_list("leader_id", flat=True).first()
        tails, cases = held([case_id, link] if link else [case_id])
        case = seen(actor, cases[case_id])
        now = Merged.objects.filter(case_id=case_id).first()
        if now is None:
            raise Refusal(CaseError.NOT_MERGED, number=case.number)
        if now.leader_id != link:  # it came under another while we waited
            raise Refusal(CaseError.MOVED_ON)
        leader = cases[now.leader_id]
        assert leader is not None
        aside.permitted(case, actor, "unmerge")
        if blank(reason):
            raise Refusal(CaseError.MISSING, action=NAME, what=Words("理由", "reason"))
        moving = Moving(actor, case, "unmerge", clock.now(), generations())
        moving.tell("reason", reason, REASON_MOST)
        along = _part(now, leader)
        _stand_again(moving, now.at, leading=bool(along))
        moving.told |= {"from": "merged", "to": case.state, "step": case.step, "out_of": str(leader.id), "number": leader.number,
                        "along": along}
        journal.record(actor, tails[case.id], MergeEvent.UNMERGED, moving.told, area_path=case.area_path)
        journal.record(actor, tails[leader.id], MergeEvent.LET_GO, {
            "case": str(case.id), "number": case.number, "along": along}, area_path=leader.area_path)
        return Taken(case.id, case.number, case.state, case.due_at)


def _part(link: Merged, leader: Case) -> list[str]:
    """Take the case out of what the leader leads, with those that came through it. Returns the ids of those."""
    joined_to = dict(Merged.objects.filter(leader_id=leader.id).values_list("case_id", "into"))
    along = merging.going_along(joined_to, link.case_id)
    if along:
        Merged.objects.filter(case_id__in=along).update(leader_id=link.case_id)
    link.delete()
    if len(joined_to) == len(along) + 1:
        rows.update(leader, {"marks": without_mark(leader.marks, "leads")})
    return sorted(map(str, along))


def _stand_again(moving: Moving, merged_at: datetime, *, leading: bool) -> None:
    """As it stood: the columns from the entry of its merging, the stay that had been kept goes on."""
    case = moving.case
    for name, value in rows.from_told(_before(case)).items():
        moving.set(**{name: value})
    Step.objects.filter(case_id=case.id, number=case.step).delete()
    if leading:
        moving.set(marks=with_mark(case.marks, "leads"))
    if case.due_at is not None:
        Adjustment.objects.create(case_id=case.id, kind="merged", state="granted", began_at=merged_at, ended_at=moving.now,
                                  decided_by=moving.actor.user_id, at=moving.now)
        _count_on(moving)
    rows.update(case, moving.changed)
    show_due(case)


def _before(case: Case) -> dict[str, Any]:
    told = next(entry.data for entry in reversed(journaled.history(f"case:{case.id}")) if entry.verb == MergeEvent.MERGED.value)
    before: dict[str, Any] = orjson.loads(told)["before"]
    return before


def _count_on(moving: Moving) -> None:
    case = moving.case
    if case.state == "handling" and case.dispatched_at is not None:
        start, (pauses, extensions) = case.dispatched_at, timing.handling_history(case)
    else:
        start, pauses, extensions = case.state_at, timing.time_merged(case), []
    due = timing.reckoned(case, case.state, start, moving.generations, moving.book, pauses=pauses, extensions=extensions, as_before=True)
    if due is not None:
        moving.set(due_at=due.at)
