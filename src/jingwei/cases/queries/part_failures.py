"""Cases about a part, how often it failed, and which parts fail again and again."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Max, Q

from jingwei.accounts.queries import Right, narrow, require
from jingwei.cases import workflow
from jingwei.cases.models import Case
from jingwei.cases.part_failures import NO_FAILURE, Reported, repeats
from jingwei.cases.queries.filters import OPEN, Filter, filtered
from jingwei.catalogue import queries as catalogue
from jingwei.journal.queries import generations
from jingwei.kernel.actor import Actor
from jingwei.registry import queries as registry

_MOST = 200
_COLUMNS = ("id", "number", "state", "text", "class_entry_id", "reported_at", "ended_at")


@dataclass(frozen=True, slots=True)
class PartCase:
    """`repeat`: within the days of the setting after an earlier case about this part was closed."""

    id: UUID
    number: str
    state: str
    state_name: str
    class_name: str
    text: str
    reported_at: datetime
    ended_at: datetime | None
    repeat: bool


@dataclass(frozen=True, slots=True)
class PartFailures:
    """`failures`: cases that were not refused or void. `days`: the setting `repeat_failure_days` at the part's place."""

    days: int
    failures: int
    repeats: int
    cases: list[PartCase] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class FailingPart:
    """A part with so many failures in a period, and of these those still open. `filter`: of the list of its cases."""

    part: registry.PartLine
    failures: int
    open: int
    last_at: datetime
    filter: dict[str, Any]


def failures_of(actor: Actor, part_id: UUID) -> PartFailures:
    """The cases about a part that the actor may see, the newest first. Three statements beside signing in."""
    part = registry.seen_part(actor, part_id)
    book = catalogue.book(generations())
    days = int(book.setting("repeat_failure_days", part.area_path))
    rows = list(narrow(Case.objects.filter(part_id=part_id), actor, Right.CASE_READ, area="area_path", unit="unit_path").order_by(
        "-reported_at", "-id").values(*_COLUMNS)[:_MOST])
    again = repeats([Reported(row["reported_at"], row["ended_at"], row["state"]) for row in rows], days)
    cases = [_told(row, book, repeat) for row, repeat in zip(rows, again, strict=True)]
    return PartFailures(days, sum(case.state not in NO_FAILURE for case in cases), sum(again), cases)


def failing_parts(actor: Actor, *, since: datetime | None = None, until: datetime | None = None, at_least: int = 2,
                  area: str = "", limit: int = 100) -> list[FailingPart]:
    """Parts with `at_least` failures reported in the period, those with most first. Four statements beside signing in."""
    require(actor, Right.CASE_READ)
    require(actor, Right.PART_READ)
    rows, _ = filtered(actor, Filter(area=area, since=since, until=until), generations())
    told = rows.filter(part_id__isnull=False).exclude(state__in=NO_FAILURE).order_by().values("part_id").annotate(
        failures=Count("id"), last_at=Max("reported_at"), open=Count("id", filter=Q(state__in=OPEN)))
    found = list(told.filter(failures__gte=max(1, at_least)).order_by("-failures", "-last_at", "part_id")[:max(1, min(limit, _MOST))])
    lines = registry.lines_by_id(actor, [row["part_id"] for row in found])
    period = {"since": since, "until": until}
    return [FailingPart(lines[row["part_id"]], row["failures"], row["open"], row["last_at"],
                        {"part": str(row["part_id"]), **{name: at.isoformat() for name, at in period.items() if at}})
            for row in found if row["part_id"] in lines]


def _told(row: dict[str, Any], book: Any, repeat: bool) -> PartCase:
    entry = book.classes.get(row["class_entry_id"])
    return PartCase(row["id"], row["number"], row["state"], workflow.STATES[row["state"]][0], entry.name if entry else "",
                    row["text"][:120], row["reported_at"], row["ended_at"], repeat)
