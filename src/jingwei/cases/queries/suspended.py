"""The list of what stands still (挂账台账): since when, why, to which day, and how many days are left."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Q

from jingwei.accounts import queries as accounts
from jingwei.accounts.queries import Right, narrow
from jingwei.cases import timing
from jingwei.cases.models import Adjustment
from jingwei.cases.standstill import days_left
from jingwei.catalogue import queries as catalogue
from jingwei.journal.queries import generations
from jingwei.kernel import clock
from jingwei.kernel.actor import Actor

MOST = 200


@dataclass(frozen=True, slots=True)
class Standing:
    """One suspended case. `days_left`: None where no end is known. `renew_until`: to which day the unit asks for more."""

    id: UUID
    number: str
    text: str
    place: str
    class_name: str
    unit_name: str
    reason: str
    began_at: datetime
    until: date | None
    resume_at: datetime | None
    season: bool
    days_left: int | None
    renew_until: date | None
    renew_reason: str


@dataclass(frozen=True, slots=True)
class StandingPage:
    """`next`: pass it as `after`; None: no more."""

    rows: list[Standing]
    next: int | None


def suspended(actor: Actor, *, unit: str = "", ending: bool = False, after: int = 0, limit: int = 50) -> StandingPage:
    """Within reach, what ends first comes first. `ending`: only what ends within the days of notice. Two statements beside signing in."""
    known = generations()
    limit = max(1, min(limit, MOST))
    found = narrow(Adjustment.objects.filter(kind="suspension", state="granted", ended_at=None, case__state="suspended"),
                   actor, Right.CASE_READ, area="case__area_path", unit="case__unit_path")
    if unit:
        found = found.filter(case__unit__code=unit[:40])
    if ending:
        found = found.filter(Q(reminded=True) | Q(renew_until__isnull=False))
    rows = list(found.order_by("resume_at", "id").values(
        "case_id", "case__number", "case__text", "case__place", "case__class_entry_id", "case__unit_id", "case__area_path", "reason",
        "began_at", "until", "resume_at", "season", "renew_until", "renew_reason")[after:after + limit + 1])
    book, units, now = catalogue.book(known), accounts.unit_book(known), clock.now()
    return StandingPage([_line(dict(row), book, units, known, now) for row in rows[:limit]], after + limit if len(rows) > limit else None)


def _line(row: dict[str, Any], book: Any, units: dict[Any, Any], known: dict[str, int], now: datetime) -> Standing:
    found, unit = book.classes.get(row["case__class_entry_id"]), units.get(row["case__unit_id"])
    at = row["resume_at"]
    return Standing(
        id=row["case_id"], number=row["case__number"], text=row["case__text"], place=row["case__place"],
        class_name=found.name if found else "", unit_name=unit.name if unit else "", reason=row["reason"],
        began_at=row["began_at"], until=row["until"], resume_at=at, season=row["season"],
        days_left=days_left(at, now, timing.calendar_in_force(known, row["case__area_path"])) if at else None,
        renew_until=row["renew_until"], renew_reason=row["renew_reason"])
