"""Complaints with a sum: of one case, those not settled, and what adds up by month and kind."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from jingwei.accounts import queries as accounts
from jingwei.accounts.queries import Right, narrow, require
from jingwei.cases import claims, workflow
from jingwei.cases.models import Claim
from jingwei.cases.queries.calling import month_of
from jingwei.cases.queries.detail import seen_case
from jingwei.journal.queries import generations
from jingwei.kernel.actor import Actor

SHOWN = 200
MONTHS = 12


@dataclass(frozen=True, slots=True)
class ClaimLine:
    """Sums in yuan as they are read; `settled` '' while nothing was said of it."""

    kind: str
    kind_name: str
    claimed: str
    settled: str
    people: int | None
    at: datetime
    settled_at: datetime | None


@dataclass(frozen=True, slots=True)
class OpenClaim:
    """`left`: what is not settled, in yuan."""

    id: UUID
    number: str
    state: str
    state_name: str
    text: str
    unit_name: str
    kind_name: str
    claimed: str
    left: str
    people: int | None


@dataclass(frozen=True, slots=True)
class ClaimSum:
    """Of the cases reported in one month: `what` is the month, or a kind. `share`: settled of claimed, in percent."""

    what: str
    cases: int
    closed: int
    people: int
    claimed: str
    settled: str
    share: int | None


@dataclass(frozen=True, slots=True)
class ClaimPage:
    month: str
    kinds: list[ClaimSum]
    total: ClaimSum
    months: list[ClaimSum]
    open: list[OpenClaim]
    more: bool


def claim_of(actor: Actor, case_id: UUID) -> ClaimLine | None:
    """Two statements beside signing in."""
    seen_case(actor, case_id)
    row = Claim.objects.filter(case_id=case_id).first()
    return None if row is None else ClaimLine(row.kind, claims.KINDS[row.kind], claims.yuan(row.claimed), "" if row.settled is None else claims.yuan(row.settled),
                             row.people, row.at, row.settled_at)


def claim_page(actor: Actor, month: str = "") -> ClaimPage:
    """What is not settled, the largest sum first, and the sums of a month (YYYY-MM) and of twelve. Four statements beside signing in.

    What is part of another case counts there alone; what was void or not filed is no claim.
    """
    require(actor, Right.CASE_READ)
    _, _, name = month_of(month)
    rows: QuerySet[Any] = narrow(Claim.objects.exclude(case__state__in=("merged", "void", "refused")), actor, Right.CASE_READ,
                                 area="case__area_path", unit="case__unit_path")
    kinds = {row["kind"]: row for row in _summed(rows.filter(month=name), "kind")}
    months = list(_summed(rows.filter(month__lte=name), "month").order_by("-month")[:MONTHS])
    left = rows.filter(Q(settled=None) | Q(settled__lt=F("claimed")))
    waiting = list(left.annotate(left=F("claimed") - Coalesce("settled", 0)).select_related("case").only(
        "kind", "claimed", "settled", "people", "case__number", "case__state", "case__text", "case__unit_id").order_by("-left", "case_id")[:SHOWN + 1])
    units = accounts.unit_book(generations())
    return ClaimPage(
        name, [_line(claims.KINDS[kind], [kinds[kind]]) for kind in claims.KINDS if kind in kinds], _line(name, kinds.values()),
        [_line(row["month"], [row]) for row in months], [_open(row, units) for row in waiting[:SHOWN]], len(waiting) > SHOWN)


def _summed(rows: QuerySet[Any], by: str) -> Any:
    return rows.order_by().values(by).annotate(
        cases=Count("case_id"), closed=Count("case_id", filter=Q(case__ended_at__isnull=False)), some=Sum("people"),
        claims=Sum("claimed"), settles=Sum("settled"))


def _line(what: str, rows: Any) -> ClaimSum:
    cases, closed, people, claimed, settled = (sum(row[name] or 0 for row in rows) for name in ("cases", "closed", "some", "claims", "settles"))
    return ClaimSum(what, cases, closed, people, claims.yuan(claimed), claims.yuan(settled), claims.share(settled, claimed))


def _open(row: Claim, units: Any) -> OpenClaim:
    case = row.case
    unit = units.get(case.unit_id)
    return OpenClaim(case.id, case.number, case.state, workflow.STATES[case.state][0], case.text[:120], unit.name if unit else "",
                     claims.KINDS[row.kind], claims.yuan(row.claimed), claims.yuan(row.claimed - (row.settled or 0)), row.people)
