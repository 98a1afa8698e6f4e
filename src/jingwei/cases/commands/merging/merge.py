"""Merge (并案): a case goes on as part of another that tells of the same problem.

Its own way rests: no clock, nothing due, no step. Its reporter, contact, words and photos stay its own. What it led
goes along. The entry holds how it stood, for un-merging.
"""

from uuid import UUID

from django.db import transaction

from jingwei.accounts import queries as accounts
from jingwei.cases import beside, flow_book, helping, merging, workflow
from jingwei.cases.commands import aside, rows
from jingwei.cases.commands.leading import STATE, refuse_if_led
from jingwei.cases.commands.merging.pair import held, seen
from jingwei.cases.commands.step import REASON_MOST, Moving, Taken, duties_of, show_due
from jingwei.cases.errors import CaseError
from jingwei.cases.events import MergeEvent
from jingwei.cases.marks import with_mark, without_mark
from jingwei.cases.models import Case, Merged, Step
from jingwei.cases.words import blank
from jingwei.journal import commands as journal
from jingwei.journal.queries import generations
from jingwei.kernel import clock
from jingwei.kernel.actor import Actor
from jingwei.kernel.errors import Refusal
from jingwei.kernel.wording import Words

NAME = Words("并案", "merge")


def merge(actor: Actor, case_id: UUID, *, into: UUID, reason: str = "") -> Taken:
    """Make a case part of another, which both must be open and within the posts of whoever does it."""
    if case_id == into:
        raise Refusal(CaseError.MERGED_INTO_ITSELF)
    with transaction.atomic(savepoint=False):
        tails, cases = held([case_id, into])
        case, leader = seen(actor, cases[case_id]), seen(actor, cases[into])
        _may_join(actor, case, leader)
        now, known = clock.now(), generations()
        moving, leading = Moving(actor, case, "merge", now, known), Moving(actor, leader, "merge", now, known)
        if not blank(reason):
            moving.tell("reason", reason, REASON_MOST)
        came_from = case.state
        along = _rest(moving, leader)
        leading.set(duties=merging.together(leader.duties, case.duties), marks=with_mark(leader.marks, "leads"))
        rows.update(leader, leading.changed)
        moving.told |= {"from": came_from, "to": STATE, "step": case.step, "into": str(leader.id), "number": leader.number,
                        "along": along}
        journal.record(actor, tails[case.id], MergeEvent.MERGED, moving.told, area_path=case.area_path)
        journal.record(actor, tails[leader.id], MergeEvent.TOOK_IN, {
            "case": str(case.id), "number": case.number, "along": along}, area_path=leader.area_path)
        return Taken(case.id, case.number, case.state, case.due_at)


def _may_join(actor: Actor, case: Case, leader: Case) -> None:
    refuse_if_led(case, NAME)
    if leader.state == STATE:
        refuse_if_led(leader, NAME)
    if workflow.STATES[leader.state][1] == "ended":
        raise Refusal(CaseError.MERGED_INTO_ENDED, number=leader.number)
    aside.permitted(case, actor, "merge")
    posts = beside.DEEDS["merge"].posts
    if not actor.roles_at(leader.area_path, leader.unit_path) & set(posts):
        raise Refusal(CaseError.WRONG_ROLE, action=NAME, roles=Words(
            "、".join(workflow.ROLE_NAMES[post] for post in posts), ", ".join(posts).replace("_", " ")))
    if case.profile != leader.profile or case.county != leader.county:
        raise Refusal(CaseError.MERGED_ACROSS, number=leader.number)
    earlier = duties_of(case, actor)
    flow = flow_book.of(case)
    kept_off = sorted(flow.keeps_off(merging.ENDING) & earlier)
    if kept_off:
        raise Refusal(CaseError.APART, action=NAME, earlier=Words(workflow.DUTIES[kept_off[0]], kept_off[0]))
    both = merging.clash(flow.apart, leader.duties, case.duties)
    if both:
        raise Refusal(CaseError.MERGED_APART, number=leader.number, first=Words(workflow.DUTIES[both[0]], both[0]),
                      second=Words(workflow.DUTIES[both[1]], both[1]))


def _rest(moving: Moving, leader: Case) -> list[str]:
    """The case's way rests; what it led follows the new leader. Returns the ids of those."""
    case = moving.case
    along = [str(each) for each in Merged.objects.filter(leader_id=case.id).order_by("at", "case_id").values_list("case_id", flat=True)]
    if along:
        Merged.objects.filter(leader_id=case.id).update(leader_id=leader.id)
    Merged.objects.create(case_id=case.id, leader_id=leader.id, into=leader.id, by=moving.actor.user_id, at=moving.now)
    # The stay is kept as far as it came, so that a limit overrun before is not forgotten in figures.
    rows.insert(Step(
        case_id=case.id, number=case.step, state=case.state, unit_id=case.unit_id, began_at=case.state_at,
        limit_value=case.limit_value, limit_unit=case.limit_unit, calendar=case.calendar, due_at=case.due_at,
        ended_at=moving.now, action="merge", actor=moving.actor.user_id))
    moving.set(state=STATE, state_at=moving.now, step=case.step + 1, due_at=None, limit_value=None, limit_unit="", calendar="")
    moving.told["before"] = moving.earlier()
    moving.set(marks=without_mark(case.marks, "leads"))
    rows.update(case, moving.changed)
    if helping.is_helped(case):
        helping.follow(case, "merge", moving.actor.user_id, moving.now, accounts.unit_book(moving.generations))
    show_due(case)
    return along
