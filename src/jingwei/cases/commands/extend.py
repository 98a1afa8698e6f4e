"""Extension (延期): asked by the unit, granted by the directing centre; added to the handling limit."""

import re
from datetime import datetime, timedelta
from decimal import Decimal
from uuid import UUID

from jingwei.cases import clock as clocks
from jingwei.cases import timing
from jingwei.cases.clock_errors import ClockError
from jingwei.cases.commands.step import Moving, Taken, take
from jingwei.cases.errors import CaseError
from jingwei.cases.models import Adjustment
from jingwei.cases.standstill import too_far
from jingwei.kernel.actor import Actor
from jingwei.kernel.errors import Refusal

_VALUE = re.compile(r"[0-9]{1,7}(?:\.[0-9]{1,2})?", re.ASCII)  # what the column keeps whole
_SOME_DAY = timedelta(hours=8)


def ask_extension(actor: Actor, case_id: UUID, *, reason: str, value: str, unit: str) -> Taken:
    """Ask for so much more time. The clock runs on until it is granted."""

    def change(moving: Moving) -> None:
        more = _limit(value, unit)
        _left(moving, timing.handling_history(moving.case)[1])
        Adjustment.objects.create(
            case_id=case_id, kind="extension", state="asked", value=more.value, unit=more.unit.value,
            reason=moving.told["reason"], asked_by=actor.user_id, at=moving.now)
        moving.set(asked="extension")
        moving.told |= {"asked_at": moving.now, "value": str(more.value), "unit": more.unit.value}

    return take(actor, case_id, "ask_extension", reason=reason, change=change)


def extend(actor: Actor, case_id: UUID, *, reason: str, value: str, unit: str) -> Taken:
    """Grant an extension (of the length given, which may differ from what was asked) and move the due instant."""

    def change(moving: Moving) -> None:
        more = _limit(value, unit)
        pauses, granted = timing.handling_history(moving.case)
        used = _left(moving, granted)
        given = {"state": "granted", "value": more.value, "unit": more.unit.value, "decided_by": actor.user_id,
                 "at": moving.now}
        asked = Adjustment.objects.filter(case_id=case_id, state="asked").update(**given)
        if not asked:
            Adjustment.objects.create(case_id=case_id, kind="extension", reason=moving.told["reason"], **given)
        moving.told |= {"value": str(more.value), "unit": more.unit.value, "due_before": moving.case.due_at}
        moving.set(asked="")
        moving.go_on((pauses, [*granted, more]))
        _near(moving, pauses, used)

    return take(actor, case_id, "extend", reason=reason, change=change)


def _left(moving: Moving, granted: list[clocks.Limit]) -> int:
    """How many extensions this handling has had. Refuses where that is as many as it may have."""
    most = int(moving.book.setting("extensions_most", moving.case.area_path))
    if len(granted) >= most:
        raise Refusal(ClockError.EXTENSIONS_USED, used=len(granted), most=most)
    return len(granted)


def _near(moving: Moving, pauses: list[tuple[datetime, datetime]], used: int) -> None:
    """Refuses where all extensions together move the due instant too far from where it was without any."""
    first = timing.clock_for(moving.case, "handling", moving.case.dispatched_at or moving.now, moving.generations,
                             moving.book, pauses=pauses).due_at
    days = int(moving.book.setting("extension_days", moving.case.area_path))
    if first is not None and moving.clock is not None and too_far(first, moving.clock.due_at, days):
        raise Refusal(ClockError.EXTENDED_TOO_FAR, days=days, used=used)


def _limit(value: str, unit: str) -> clocks.Limit:
    shown = {"value": value[:20], "unit": unit[:20]}
    if not _VALUE.fullmatch(value):
        raise Refusal(CaseError.BAD_LIMIT, why="最多七位整数、两位小数", **shown)
    try:
        more = clocks.Limit(Decimal(value), clocks.Unit(unit))
        more.span(_SOME_DAY)
    except clocks.ClockRefusal as error:
        raise Refusal(CaseError.BAD_LIMIT, why=error.text, **shown) from error
    except ValueError as error:
        raise Refusal(CaseError.BAD_LIMIT, why="没有这个单位", **shown) from error
    return more
