"""The one way a proposal takes a step: lock, side by the table, change, due list, journal entry."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from jingwei.accounts import queries as accounts
from jingwei.accounts.queries import Right
from jingwei.cases import proposals
from jingwei.cases.errors import CaseError
from jingwei.cases.events import ProposalEvent
from jingwei.cases.models import Proposal
from jingwei.cases.proposal_errors import ProposalError
from jingwei.cases.words import blank, checked, without_numbers
from jingwei.journal import commands as journal
from jingwei.journal.queries import generations
from jingwei.kernel import clock
from jingwei.kernel.actor import Actor
from jingwei.kernel.errors import KernelError, Refusal
from jingwei.kernel.wording import Words
from jingwei.worklist import commands as worklist

EVENT_OF = {
    "visit": ProposalEvent.VISITED, "draft": ProposalEvent.DRAFTED, "countersign": ProposalEvent.COUNTERSIGNED,
    "return_draft": ProposalEvent.DRAFT_RETURNED, "answer": ProposalEvent.ANSWERED, "carry_out": ProposalEvent.CARRIED_OUT,
    "return_work": ProposalEvent.WORK_RETURNED, "close": ProposalEvent.CLOSED, "assign": ProposalEvent.ASSIGNED,
}
TEXT_MOST = 4000
_SIDES = {"unit": Words("承办单位", "the unit that answers"), "office": Words("交办的值班长、派遣员或镇街网格办", "whoever hands proposals out")}


@dataclass(frozen=True, slots=True)
class Proposed:
    """The answer to a step: where the proposal stands now."""

    id: UUID
    state: str
    due_at: datetime


def take_proposal(actor: Actor, proposal_id: UUID, deed: str, *, text: str = "", satisfied: bool | None = None, unit_code: str = "") -> Proposed:
    """Take one step. `satisfied`: with `answer`; who was not is answered anew. `unit_code`: with `assign`."""
    with transaction.atomic(savepoint=False):
        tail = journal.hold(f"proposal:{proposal_id}")
        row = Proposal.objects.select_for_update().filter(id=proposal_id).first()
        if row is None or not actor.covers(Right.CASE_READ.value, row.area_path, row.unit_path):
            raise Refusal(KernelError.NOT_FOUND)
        found = _permitted(row, actor, deed)
        now = clock.now()
        told: dict[str, Any] = {"from": row.state}
        said = _said(deed, text)
        row.state, row.state_at = found[3], now
        _change(row, actor, deed, now, satisfied, unit_code, told)
        row.save()
        show_due(row)
        told |= {"to": row.state, "unit": row.unit_id}
        journal.record(actor, tail, EVENT_OF[deed], told | ({"text": said} if said else {}), area_path=row.area_path)
        return Proposed(row.id, row.state, row.due_at)


def stands_towards(row: Proposal, actor: Actor) -> frozenset[str]:
    """'unit' for whoever works on what this unit holds, 'office' for those who hand out; a post tied to a unit hands out nothing."""
    found = set()
    if set(proposals.UNIT) & actor.roles_at(row.area_path, row.unit_path):
        found.add("unit")
    if any(grant.role in proposals.OFFICE and grant.unit_path is None and grant.covers(row.area_path) for grant in actor.grants):
        found.add("office")
    return frozenset(found)


def unit_of(units: Mapping[int, Any], code: str) -> Any:
    """The unit with this code. Refuses one that does not exist or is no longer active."""
    unit = next((each for each in units.values() if each.code == code), None)
    if unit is None or not unit.active:
        raise Refusal(CaseError.UNKNOWN_UNIT, unit=code[:40])
    return unit


def show_due(row: Proposal) -> None:
    """Keep the row of the due list in step."""
    who = proposals.STATES[row.state][1]
    if not who:
        worklist.drop(f"proposal:{row.id}")
        return
    worklist.put(f"proposal:{row.id}", proposals.KIND, area_path=row.area_path, unit_path=row.unit_path if who == "unit" else "",
                 due_at=row.due_at, since=row.state_at, posts=proposals.UNIT if who == "unit" else proposals.OFFICE)


def inherited(actor: Actor, unit_id: int, heir_id: int, heir_path: str) -> None:
    """What is open with a unit that is taken out of use goes on with its heir, where it stands."""
    for proposal_id in Proposal.objects.filter(unit_id=unit_id, state__in=proposals.OPEN).order_by("id").values_list("id", flat=True):
        tail = journal.hold(f"proposal:{proposal_id}")
        row = Proposal.objects.select_for_update().get(id=proposal_id)
        row.unit_id, row.unit_path = heir_id, heir_path
        row.save(update_fields=["unit_id", "unit_path"])
        show_due(row)
        journal.record(actor, tail, ProposalEvent.ASSIGNED, {"from": row.state, "to": row.state, "unit": heir_id, "unit_before": unit_id}, area_path=row.area_path)


def _permitted(row: Proposal, actor: Actor, deed: str) -> tuple[str, str, str, str]:
    named = Words(proposals.DEEDS.get(deed, deed[:20]), deed[:20].replace("_", " "))
    found, stands = proposals.find(row.state, deed), stands_towards(row, actor)
    sides = {who for _, each, who, _ in proposals.ROWS if each == deed}
    if sides and not sides & stands:
        raise Refusal(ProposalError.WRONG_SIDE, deed=named, side=_SIDES[next(iter(sides))])
    if found is None:
        raise Refusal(ProposalError.WRONG_STATE, deed=named, state=Words(proposals.STATES[row.state][0], row.state.replace("_", " ")))
    if deed == "countersign" and actor.user_id is not None and row.drafted_by == actor.user_id:
        raise Refusal(ProposalError.OWN_DRAFT)
    return found


def _change(row: Proposal, actor: Actor, deed: str, now: datetime, satisfied: bool | None, unit_code: str, told: dict[str, Any]) -> None:
    if deed == "visit":
        row.visited_at = now
    elif deed == "draft":
        row.drafted_by = actor.user_id
    elif deed == "answer":
        if satisfied is None:
            raise Refusal(ProposalError.MISSING, deed=Words(proposals.DEEDS[deed], deed), what=Words("提出人是否满意", "whether the proposer is satisfied"))
        row.answered_at, row.satisfied, told["satisfied"] = now, satisfied, satisfied
        if not satisfied:
            row.state = proposals.DISSATISFIED
    elif deed == "close":
        row.closed_at = now
    elif deed == "assign":
        unit = unit_of(accounts.unit_book(generations()), unit_code)
        told["unit_before"], row.unit_id, row.unit_path, row.visited_at = row.unit_id, unit.id, unit.path, None


def _said(deed: str, text: str) -> str:
    """What is said of it, freed of numbers that identify someone."""
    if blank(text):
        if deed not in proposals.WORDLESS:
            raise Refusal(ProposalError.MISSING, deed=Words(proposals.DEEDS[deed], deed.replace("_", " ")), what=Words("情况", "what there is to say"))
        return ""
    return without_numbers(checked(text, "情况", TEXT_MOST), {})
