"""What is shown now at both levels (公示), and what was shown of one case."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from jingwei.accounts.queries import Right, narrow
from jingwei.cases import timing
from jingwei.cases.models import Publicity
from jingwei.cases.publicity import LEVELS
from jingwei.cases.queries.detail import seen_case
from jingwei.cases.standstill import days_left
from jingwei.journal.queries import generations
from jingwei.kernel import clock
from jingwei.kernel.actor import Actor

MOST = 200


@dataclass(frozen=True, slots=True)
class Publicised:
    """`shown`: now. `until`: None where the place set no time. `days_left`: whole days, None once over or without an end."""

    case_id: UUID
    number: str
    level: str
    level_name: str
    area: str
    area_name: str
    words: str
    began_at: datetime
    until: datetime | None
    days_left: int | None
    shown: bool


@dataclass(frozen=True, slots=True)
class PublicNotice:
    """What anybody may read."""

    words: str
    area: str
    began_at: datetime
    until: datetime | None


_COLUMNS = ("case_id", "case__number", "case__state", "case__due_at", "case__area_path", "level", "area__code", "area__name", "words",
            "began_at", "until", "current")


def publicised(actor: Actor) -> list[Publicised]:
    """Shown now within reach, what ends first comes first. Two statements beside signing in."""
    known = generations()
    found = narrow(_shown(), actor, Right.CASE_READ, area="case__area_path", unit="case__unit_path")
    return [_line(dict(row), known, clock.now()) for row in found.order_by("case__due_at", "id").values(*_COLUMNS)[:MOST]]


def publicity_of(actor: Actor, case_id: UUID) -> list[Publicised]:
    """Everything that was shown of one case, the newest first. Three statements beside signing in."""
    known = generations()
    seen_case(actor, case_id)
    rows = Publicity.objects.filter(case_id=case_id).order_by("-began_at", "id").values(*_COLUMNS)
    return [_line(dict(row), known, clock.now()) for row in rows]


def public_notices() -> list[PublicNotice]:
    """For pages that need no signing in: words, area, from, until, and nothing else. One statement."""
    rows = _shown().order_by("case__due_at", "id").values_list("words", "area__name", "began_at", "case__due_at")[:MOST]
    return [PublicNotice(*row) for row in rows]


def _shown() -> QuerySet[Publicity]:
    running = Q(case__due_at__isnull=True) | Q(case__due_at__gt=clock.now())
    return Publicity.objects.filter(running, current=True, case__state="publicising")


def _line(row: dict[str, Any], known: dict[str, int], now: datetime) -> Publicised:
    runs = bool(row["current"]) and row["case__state"] == "publicising"
    until = row["case__due_at"] if runs else row["until"]  # a corrected calendar moves the end
    shown = runs and (until is None or until > now)
    return Publicised(
        case_id=row["case_id"], number=row["case__number"], level=row["level"], level_name=LEVELS[row["level"]],
        area=row["area__code"], area_name=row["area__name"], words=row["words"], began_at=row["began_at"], until=until,
        days_left=days_left(until, now, timing.calendar_in_force(known, row["case__area_path"])) if shown and until else None,
        shown=shown)
