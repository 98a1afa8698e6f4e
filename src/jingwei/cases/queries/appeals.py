"""Overruns of a case with the appeals against them, and the appeals that wait for a review."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import F, QuerySet

from jingwei.accounts import queries as accounts
from jingwei.accounts.queries import Right, narrow
from jingwei.cases import appeal as rules
from jingwei.cases import workflow
from jingwei.cases.commands.appeal import done_by, last_moment, may_ask, posts_of
from jingwei.cases.errors import CaseError
from jingwei.cases.models import Appeal, Case, Step
from jingwei.cases.queries.detail import seen_case
from jingwei.journal.queries import generations
from jingwei.kernel import clock
from jingwei.kernel.actor import Actor
from jingwei.kernel.errors import Refusal
from jingwei.kernel.wording import Words

MOST = 200


@dataclass(frozen=True, slots=True)
class AppealLine:
    """One appeal. `deeds`: what this person may do with it now."""

    id: UUID
    case_id: UUID
    number: str
    text: str
    step: int
    stage: str
    stage_name: str
    unit_name: str
    due_at: datetime
    ended_at: datetime
    state: str
    state_name: str
    reason: str
    asked_by: str
    asked_at: datetime
    first_by: str
    first_at: datetime | None
    first_reason: str
    second_by: str
    second_at: datetime | None
    second_reason: str
    deeds: list[dict[str, str]]


@dataclass(frozen=True, slots=True)
class Overrun:
    """A stay that overran. `may_appeal`: this person may, until `appeal_until`. `exempt`: left out of the statistics."""

    step: int
    stage: str
    stage_name: str
    unit_name: str
    began_at: datetime
    due_at: datetime
    ended_at: datetime
    exempt: bool
    may_appeal: bool
    appeal_until: datetime
    appeals: list[AppealLine]


def overruns(actor: Actor, case_id: UUID) -> list[Overrun]:
    """Every stay of the case that overran, the earliest first. Four statements beside signing in."""
    case, known = seen_case(actor, case_id), generations()
    stays = list(Step.objects.filter(case_id=case_id, due_at__lt=F("ended_at")).order_by("number"))
    appeals = list(Appeal.objects.filter(case_id=case_id).order_by("asked_at", "id"))
    lines = _lines(actor, appeals, {case.id: case}, {(case_id, stay.number): stay.actor for stay in stays}, known)
    units, now = accounts.unit_book(known), clock.now()
    found = []
    for stay in stays:
        own = [line for line in lines if line.step == stay.number]
        unit = units.get(stay.unit_id) if stay.unit_id is not None else None
        last = last_moment(case, stay.ended_at, known)
        open_to = all(line.state == "withdrawn" for line in own) and now <= last
        assert stay.due_at is not None
        found.append(Overrun(
            step=stay.number, stage=stay.state, stage_name=workflow.STATES[stay.state][0], unit_name=unit.name if unit else "",
            began_at=stay.began_at, due_at=stay.due_at, ended_at=stay.ended_at,
            exempt=any(line.state == "granted" for line in own), may_appeal=open_to and may_ask(actor, case, unit.path if unit else None),
            appeal_until=last, appeals=own))
    return found


def appeals(actor: Actor, *, state: str = "", after: int = 0, limit: int = 50) -> list[AppealLine]:
    """Within reach, what was asked first comes first. `state`: '' for those that wait. Four statements beside signing in."""
    if state and state not in rules.STATES:
        raise Refusal(CaseError.UNKNOWN_FILTER, what=Words("状态", "state"), value=state[:40])
    rows = Appeal.objects.filter(state=state) if state else Appeal.objects.filter(state__in=("asked", "agreed"))
    order = ("asked_at", "id") if not state or state in ("asked", "agreed") else ("-asked_at", "-id")
    found = list(_reached(actor, rows).order_by(*order)[after:after + max(1, min(limit, MOST))])
    cases = Case.objects.filter(id__in={each.case_id for each in found}).only(
        "id", "number", "text", "area_path", "unit_path", "duties", "ended_at", "state", "level", "profile")
    stays = Step.objects.filter(case_id__in={each.case_id for each in found}, due_at__lt=F("ended_at"))
    ended_by = {(case_id, number): by for case_id, number, by in stays.values_list("case_id", "number", "actor")}
    return _lines(actor, found, {case.id: case for case in cases}, ended_by, generations())


def exempt_steps(case_id: UUID) -> set[int]:
    """The stays of a case whose overrun is left out of the statistics. One statement."""
    return set(Appeal.objects.filter(case_id=case_id, state="granted").values_list("step", flat=True))


def _reached(actor: Actor, rows: QuerySet[Appeal]) -> QuerySet[Appeal]:
    return narrow(rows, actor, Right.CASE_READ, area="case__area_path", unit="case__unit_path")


def _lines(actor: Actor, found: Iterable[Appeal], cases: dict[UUID, Case], ended_by: dict[tuple[UUID, int], UUID | None],
           known: dict[str, int]) -> list[AppealLine]:
    found = list(found)
    people = {who for each in found for who in (each.asked_by, each.first_by, each.second_by) if who}
    names, units = accounts.names_of(people, known), accounts.unit_book(known)
    return [_line(actor, each, cases[each.case_id], ended_by.get((each.case_id, each.step)), names, units)
            for each in found if each.case_id in cases]


def _line(actor: Actor, each: Appeal, case: Case, ended_by: UUID | None, names: dict[UUID, str], units: dict[Any, Any]) -> AppealLine:
    unit = units.get(each.unit_id)
    may = rules.possible(each.state, posts_of(actor, case), done_by(actor, case, each, ended_by))
    return AppealLine(
        id=each.id, case_id=case.id, number=case.number, text=case.text, step=each.step, stage=each.stage,
        stage_name=workflow.STATES[each.stage][0], unit_name=unit.name if unit else "", due_at=each.due_at,
        ended_at=each.ended_at, state=each.state, state_name=rules.STATES[each.state][0], reason=each.reason,
        asked_by=names.get(each.asked_by, ""), asked_at=each.asked_at,
        first_by=names.get(each.first_by, "") if each.first_by else "", first_at=each.first_at, first_reason=each.first_reason,
        second_by=names.get(each.second_by, "") if each.second_by else "", second_at=each.second_at,
        second_reason=each.second_reason, deeds=[{"deed": deed, "name": rules.DEEDS[deed]} for deed in may])
