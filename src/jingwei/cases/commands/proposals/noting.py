"""A proposal is noted as it came from the congress, and handed to the unit that answers it."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import IntegrityError, transaction

from jingwei.accounts import queries as accounts
from jingwei.accounts.queries import Right
from jingwei.cases import proposals, timing, workflow
from jingwei.cases.commands.proposals.step import Proposed, show_due, unit_of
from jingwei.cases.events import ProposalEvent
from jingwei.cases.models import Proposal
from jingwei.cases.proposal_errors import ProposalError
from jingwei.cases.words import blank, checked, without_numbers
from jingwei.catalogue.errors import CatalogueError
from jingwei.grids import queries as grids
from jingwei.journal import commands as journal
from jingwei.journal.queries import generations
from jingwei.kernel import clock
from jingwei.kernel.actor import Actor
from jingwei.kernel.errors import Refusal
from jingwei.kernel.ids import client_id
from jingwei.kernel.wording import Words


@dataclass(frozen=True, slots=True)
class NewProposal:
    """`proposer`: who is to be visited. `due_on`: the day by which it is to be closed."""

    id: UUID
    kind: str
    year: int
    number: str
    title: str
    proposer: str
    area_code: str
    unit_code: str
    due_on: date
    text: str = ""
    key: bool = False


def note_proposal(actor: Actor, new: NewProposal) -> Proposed:
    """Note a proposal. Its number is told once in a year."""
    client_id(new.id)
    known = generations()
    place = grids.place_by_code(new.area_code, known) if new.area_code and "\0" not in new.area_code else None
    if place is None or not actor.covers(Right.AREA_READ.value, place.path):
        raise Refusal(CatalogueError.AREA_UNKNOWN, area=new.area_code[:40])
    if not set(proposals.OFFICE) & {grant.role for grant in actor.grants if grant.unit_path is None and grant.covers(place.path)}:
        raise Refusal(ProposalError.NOT_OFFICE, posts=Words(
            "、".join(workflow.ROLE_NAMES[post] for post in proposals.OFFICE), ", ".join(proposals.OFFICE).replace("_", " ")))
    now = clock.now()
    zone = ZoneInfo(timing.zone())
    _check(new, now.astimezone(zone).date())
    unit, values = unit_of(accounts.unit_book(known), new.unit_code), dict[str, Any]()
    with transaction.atomic(savepoint=False):
        tail = journal.hold(f"proposal:{new.id}")
        row = Proposal(
            id=new.id, kind=new.kind, year=new.year, number=checked(new.number, "编号", 30), title=without_numbers(checked(new.title, "标题", 200), values)[:200],
            text=without_numbers(checked(new.text, "内容", 4000), values), key=new.key, area_path=place.path, unit_id=unit.id, unit_path=unit.path,
            state_at=now, due_at=datetime.combine(new.due_on, time(23, 59, 59), zone))
        row.sealed = journal.seal(f"proposal:{new.id}", values | {"proposer": checked(new.proposer, "提出人", 60)})
        try:
            with transaction.atomic():
                row.save(force_insert=True)
        except IntegrityError as error:
            raise Refusal(ProposalError.NUMBER_TAKEN, year=new.year, number=new.number[:30]) from error
        show_due(row)
        journal.record(actor, tail, ProposalEvent.NOTED, {
            "kind": new.kind, "year": new.year, "number": row.number, "to": "received", "unit": unit.id, "key": new.key}, area_path=place.path)
    return Proposed(row.id, row.state, row.due_at)


def _check(new: NewProposal, today: date) -> None:
    for name, text in ((Words("编号", "the number"), new.number), (Words("标题", "the title"), new.title), (Words("提出人", "the proposer"), new.proposer)):
        if blank(text):
            raise Refusal(ProposalError.BAD_FIELD, field=name)
    if new.kind not in proposals.KINDS:
        raise Refusal(ProposalError.BAD_FIELD, field=Words("类别", "the kind"))
    if not today.year - 10 <= new.year <= today.year + 1:
        raise Refusal(ProposalError.BAD_FIELD, field=Words("年度", "the year"))
    if not today <= new.due_on <= today.replace(year=today.year + 3, day=min(today.day, 28)):
        raise Refusal(ProposalError.BAD_FIELD, field=Words("办结期限", "the day it is due"))
