"""How a month's referrals were signed for: per place and category, per unit and category (AT-27, BUL-05, BUL-06).

About places and units, never about a person. A place that reported nothing in a category is a finding of its own.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import reduce
from typing import Any

from django.db.models import Count, Q, QuerySet

from jingwei.accounts import queries as accounts
from jingwei.accounts.errors import no_right
from jingwei.accounts.queries import Right
from jingwei.cases import referral as rules
from jingwei.cases.models import Sending
from jingwei.cases.queries.referral import asked_area
from jingwei.cases.queries.referral_month import bounds, present
from jingwei.cases.referral_reach import came_to, receiving
from jingwei.catalogue import queries as catalogue
from jingwei.grids import queries as grids
from jingwei.journal.queries import generations
from jingwei.kernel import clock
from jingwei.kernel.actor import Actor
from jingwei.kernel.paths import span, within

_BEFORE = timedelta(days=366)  # a unit to which something went in the year before stands in the table, with nothing too


@dataclass(frozen=True, slots=True)
class SignatureCell:
    """`counts`: by outcome; `sent` all of them together. `said`: the rate in words, “未报送” where nothing was sent.

    `filter`: the query of GET /referrals that lists exactly these.
    """

    sent: int
    counts: dict[str, int]
    rate: float | None
    said: str
    filter: dict[str, Any]


@dataclass(frozen=True, slots=True)
class SignatureRow:
    """A place or a unit: one cell a category, in the order of `categories`, and all of them together."""

    code: str
    name: str
    cells: list[SignatureCell]
    total: SignatureCell


@dataclass(frozen=True, slots=True)
class SignatureFigures:
    """`places`: empty for somebody who sees only their own unit's. `unreported`: places and categories without a report."""

    at: datetime
    month: str
    area: str
    area_name: str
    categories: list[dict[str, str]]
    outcomes: dict[str, str]
    places: list[SignatureRow]
    units: list[SignatureRow]
    total: SignatureCell
    unreported: int


@dataclass(slots=True)
class _Sheet:
    """What was counted: (place, unit, category) → outcomes."""

    month: str
    codes: list[str]
    found: dict[tuple[str, int, str], Counter[str]] = field(default_factory=dict)

    def row(self, code: str, name: str, asked: dict[str, Any], fits: Any) -> SignatureRow:
        """`fits`: (place path, unit) → whether it belongs into this row."""
        cells = [self.cell({**asked, "category": category}, fits, category) for category in self.codes]
        return SignatureRow(code, name, cells, self.cell(asked, fits))

    def cell(self, asked: dict[str, Any], fits: Any, category: str = "") -> SignatureCell:
        counts: Counter[str] = Counter()
        for (path, unit, kind), each in self.found.items():
            if fits(path, unit) and category in ("", kind):
                counts += each
        shown = {name: counts[name] for name in rules.OUTCOMES}
        return SignatureCell(sum(shown.values()), shown, rules.rate(shown), rules.rate_words(shown),
                             {"month": self.month, **asked})


def signature_figures(actor: Actor, *, month: str = "", area: str = "") -> SignatureFigures:
    """One month in one area, by default where the actor's own part begins. Six statements at most beside signing in."""
    if not actor.holds(rules.READ) and not actor.holds(rules.SIGN):
        raise no_right(actor, Right.REFERRAL_READ)
    month, known = month or present(), generations()
    since, until = bounds(month)
    top, below = _ground(actor, area)
    rows, whole = _within(actor, [top] if top else below)
    sheet = _Sheet(month, _categories(top, known))
    _count(sheet, rows.filter(sent_at__gte=since, sent_at__lt=until))
    here = ({"area": top.code} if top else {}) | ({} if whole else {"tab": "received"})
    places = [sheet.row(place.code, place.name, {"area": place.code}, _in_place(place.path)) for place in below] if whole else []
    if places and top and any(path == top.path for path, _, _ in sheet.found):
        places.append(sheet.row(top.code, f"{top.name}（未细分到下级）", {"area": top.code, "here": "true"}, _here(top.path)))
    units = [sheet.row(unit.code, unit.name, {**here, "unit": unit.code}, _in_unit(unit.id))
             for unit in _units(actor, rows, since, until, known, whole=whole)]
    return SignatureFigures(
        at=clock.now(), month=month, area=top.code if top else "", area_name=top.name if top else "",
        categories=[{"code": code, "name": rules.categories()[code].name} for code in sheet.codes],
        outcomes=dict(rules.OUTCOMES), places=places, units=units, total=sheet.cell(here, lambda path, unit: True),
        unreported=sum(not cell.sent for row in places if "here" not in row.total.filter for cell in row.cells))


def _ground(actor: Actor, area: str) -> tuple[grids.Place | None, list[grids.Place]]:
    if area:
        asked_area(actor, area)
    return grids.level_below(actor, area)


def _within(actor: Actor, places: list[grids.Place]) -> tuple[QuerySet[Sending], bool]:
    """The sendings to count and whether they are all there are: who only signs for a unit counts what went to it."""
    rows = Sending.objects.filter(reduce(Q.__or__, (Q(area_path__range=span(place.path)) for place in places), Q(pk__in=[])))
    if places and all(actor.covers(rules.READ, place.path) for place in places):
        return rows, True
    return rows.filter(receiving(actor)), False


def _categories(top: grids.Place | None, known: dict[str, int]) -> list[str]:
    return list(rules.offered(catalogue.book(known).setting("referral_categories", top.path if top else "")))


def _count(sheet: _Sheet, rows: QuerySet[Sending]) -> None:
    now = clock.now()
    counted: Any = rows.values("area_path", "unit_id", "category").order_by("area_path", "unit_id", "category").annotate(
        **{f"n_{name}": Count("pk", filter=came_to(name, now)) for name in rules.OUTCOMES})
    for row in counted:
        if row["category"] not in sheet.codes and row["category"] in rules.categories():
            sheet.codes.append(row["category"])  # no longer offered, but used this month
        sheet.found[row["area_path"], row["unit_id"], row["category"]] = Counter(
            {name: row[f"n_{name}"] for name in rules.OUTCOMES})


def _units(actor: Actor, rows: QuerySet[Sending], since: datetime, until: datetime, known: dict[str, int], *,
           whole: bool) -> list[Any]:
    """The units to which something went in this month or the year before, and one's own."""
    ids = set(rows.filter(sent_at__gte=since - _BEFORE, sent_at__lt=until).order_by().values_list("unit_id", flat=True).distinct())
    if not whole and actor.unit_id is not None and actor.holds(rules.SIGN):
        ids.add(actor.unit_id)
    return [unit for unit in accounts.unit_book(known).values() if unit.id in ids]


def _in_place(root: str) -> Any:
    return lambda path, unit: within(path, root)


def _here(path: str) -> Any:
    return lambda found, unit: found == path


def _in_unit(unit_id: int) -> Any:
    return lambda path, unit: unit == unit_id
