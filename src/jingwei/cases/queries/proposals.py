"""Proposals of deputies: the list with the three rates, and one with what was done."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import orjson
from django.db.models import Count, F, Q, QuerySet

from jingwei.accounts import queries as accounts
from jingwei.accounts.queries import Right, narrow, require
from jingwei.cases import proposals as rules
from jingwei.cases import timing
from jingwei.cases.commands.proposals.step import stands_towards
from jingwei.cases.events import SAID, ProposalEvent
from jingwei.cases.models import Proposal
from jingwei.journal import queries as journal
from jingwei.kernel import clock
from jingwei.kernel.actor import Actor
from jingwei.kernel.errors import KernelError, Refusal

MOST = 200
_SAID = {event.value: SAID[event] for event in ProposalEvent}


@dataclass(frozen=True, slots=True)
class ProposalLine:
    id: UUID
    kind: str
    kind_name: str
    year: int
    number: str
    title: str
    key: bool
    unit_name: str
    state: str
    state_name: str
    due_at: datetime
    late: bool
    satisfied: bool | None


@dataclass(frozen=True, slots=True)
class ProposalRates:
    """The three rates, in percent with one decimal: closed of all, visited twice of all, satisfied of those who said so."""

    what: str
    all: int
    key: int
    closed: int
    answered: int
    satisfied: int
    asked: int
    closed_rate: str
    visited_rate: str
    satisfied_rate: str


@dataclass(frozen=True, slots=True)
class ProposalPage:
    """`years`: those of which there are any. `may_note`: whether this person hands proposals out somewhere."""

    year: int
    years: list[int]
    rates: list[ProposalRates]
    rows: list[ProposalLine]
    more: bool
    may_note: bool


@dataclass(frozen=True, slots=True)
class ProposalDetail:
    """`deeds`: what this person may do now. `steps`: the last first."""

    line: ProposalLine
    text: str
    proposer: str
    deeds: list[dict[str, str]]
    steps: list[dict[str, Any]]


def proposal_page(actor: Actor, *, year: int = 0, state: str = "") -> ProposalPage:
    """Those of one year (0: the present one) within reach; open ones first, the soonest due before. Three statements beside signing in."""
    require(actor, Right.CASE_READ)
    rows: QuerySet[Any] = narrow(Proposal.objects.all(), actor, Right.CASE_READ, area="area_path", unit="unit_path")
    by_kind: dict[int, dict[str, dict[str, int]]] = {}
    for row in rows.order_by().values("year", "kind").annotate(
            all=Count("id"), keys=Count("id", filter=Q(key=True)), closed=Count("id", filter=Q(state="closed")),
            answered=Count("id", filter=Q(answered_at__isnull=False)), content=Count("id", filter=Q(satisfied=True)),
            asked=Count("id", filter=Q(satisfied__isnull=False))):
        by_kind.setdefault(row["year"], {})[row["kind"]] = row
    chosen = year or clock.now().astimezone(ZoneInfo(timing.zone())).year
    kinds = by_kind.get(chosen, {})
    shown = rows.filter(year=chosen)
    shown = shown.filter(state="closed") if state == "closed" else shown.filter(state__in=rules.OPEN) if state == "open" else shown
    found = list(shown.order_by(F("closed_at").desc(nulls_first=True), "due_at", "id")[:MOST + 1])
    units = accounts.unit_book(journal.generations())
    rates = [_rates(rules.KINDS[kind], [kinds[kind]]) for kind in rules.KINDS if kind in kinds]
    return ProposalPage(
        chosen, sorted(by_kind, reverse=True), [*rates, _rates("", list(kinds.values()))], [_line(row, units) for row in found[:MOST]],
        len(found) > MOST, any(grant.role in rules.OFFICE and grant.unit_path is None for grant in actor.grants))


def proposal(actor: Actor, proposal_id: UUID) -> ProposalDetail:
    """Whoever sees it sees who is to be visited. Five statements beside signing in."""
    row = Proposal.objects.filter(id=proposal_id).first()
    if row is None or not actor.covers(Right.CASE_READ.value, row.area_path, row.unit_path):
        raise Refusal(KernelError.NOT_FOUND)
    known = journal.generations()
    entries = journal.history(f"proposal:{proposal_id}")
    names, units = accounts.names_of({entry.actor for entry in entries if entry.actor}, known), accounts.unit_book(known)
    deeds = rules.possible(row.state, stands_towards(row, actor))
    values = journal.unseal(f"proposal:{proposal_id}", bytes(row.sealed))
    return ProposalDetail(_line(row, units), row.text, values["proposer"], [{"deed": deed, "name": rules.DEEDS[deed]} for deed in deeds],
                          [_step(entry, names, units) for entry in reversed(entries)])


def _step(entry: journal.Seen, names: dict[UUID, str], units: Any) -> dict[str, Any]:
    data = orjson.loads(entry.data)
    unit = units.get(data.get("unit"))
    return {"number": entry.number, "said": _SAID[entry.verb], "at": entry.at, "by": names.get(entry.actor, "") if entry.actor else "",
            "text": data.get("text", ""), "satisfied": data.get("satisfied"), "unit_name": unit.name if unit else ""}


def _line(row: Proposal, units: Any) -> ProposalLine:
    unit = units.get(row.unit_id)
    return ProposalLine(
        row.id, row.kind, rules.KINDS[row.kind], row.year, row.number, row.title, row.key, unit.name if unit else "", row.state,
        rules.STATES[row.state][0], row.due_at, (row.closed_at or clock.now()) > row.due_at, row.satisfied)


def _rates(what: str, rows: list[dict[str, int]]) -> ProposalRates:
    whole, keys, closed, answered, content, asked = (sum(row[name] for row in rows) for name in ("all", "keys", "closed", "answered", "content", "asked"))
    return ProposalRates(what, whole, keys, closed, answered, content, asked,
                         rules.rate(closed, whole), rules.rate(answered, whole), rules.rate(content, asked))
