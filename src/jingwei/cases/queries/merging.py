"""Cases that are handled as one: the one that leads, and those that are part of it, each with its own photos."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import F

from jingwei.cases import workflow
from jingwei.cases.commands.step import may_see
from jingwei.cases.models import Case, CaseFile, Merged
from jingwei.cases.queries.detail import seen_case
from jingwei.kernel.actor import Actor
from jingwei.kernel.errors import KernelError, Refusal

MOST = 200


@dataclass(frozen=True, slots=True)
class Together:
    """One of the cases. `seen`: it may be opened by itself; where not, its number and state are all that is told."""

    id: UUID
    number: str
    state: str
    state_name: str
    seen: bool
    text: str = ""
    place: str = ""
    channel: str = ""
    reported_at: datetime | None = None
    merged_at: datetime | None = None
    has_contact: bool = False
    files: list[dict[str, Any]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Family:
    """`leader`: None where the case leads itself. `members`: in the order in which they came; `more`: beyond the first MOST."""

    leader: Together | None
    members: list[Together]
    more: int


def family(actor: Actor, case_id: UUID) -> Family:
    """Who leads a case and what is part of it. Whoever sees the leader sees what is part of it: it is one problem.

    Four statements beside signing in.
    """
    case = seen_case(actor, case_id)
    led = Merged.objects.filter(case_id=case_id).select_related("leader").first()
    leader = led.leader if led else case
    if led and not may_see(leader, actor):
        return Family(_told(leader, [], False), [], 0)
    links = list(Merged.objects.filter(leader_id=leader.id).select_related("case").order_by("at", "case_id")[:MOST + 1])
    more = Merged.objects.filter(leader_id=leader.id).count() - MOST if len(links) > MOST else 0
    files: dict[UUID, list[dict[str, Any]]] = {}
    for row in CaseFile.objects.filter(case_id__in=[leader.id, *(link.case_id for link in links)]).order_by("id").values(
            "case_id", "file_id", "action", name=F("file__name"), kind=F("file__kind")):
        files.setdefault(row["case_id"], []).append({name: value for name, value in row.items() if name != "case_id"})
    return Family(
        _told(leader, files.get(leader.id, []), True) if led else None,
        [_told(link.case, files.get(link.case_id, []), may_see(link.case, actor), link.at) for link in links[:MOST]
         if link.case_id != case_id], more)


def _told(case: Case, files: list[dict[str, Any]], seen: bool, merged_at: datetime | None = None) -> Together:
    name = workflow.STATES[case.state][0]
    if not seen and merged_at is None:
        return Together(case.id, case.number, case.state, name, False)
    return Together(case.id, case.number, case.state, name, seen, case.text[:300], case.place, case.channel, case.reported_at, merged_at,
                    case.private is not None, files)


def seen_with_leader(actor: Actor, case_id: UUID) -> None:
    """Refuses unless the case, or the one that leads it, may be seen: photos are shown together."""
    try:
        seen_case(actor, case_id)
    except Refusal:
        leader = Case.objects.filter(members__case_id=case_id).first()
        if leader is None or not may_see(leader, actor):
            raise Refusal(KernelError.NOT_FOUND) from None
