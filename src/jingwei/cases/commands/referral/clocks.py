"""How long a unit has to sign and to answer, by the working time of the place."""

from decimal import Decimal
from typing import Literal

from jingwei.cases import clock, timing
from jingwei.cases.errors import CaseError
from jingwei.cases.referral import stage_of
from jingwei.catalogue import queries as catalogue
from jingwei.kernel import clock as present
from jingwei.kernel.errors import Refusal


def running(deed: Literal["sign", "answer"], category: str, urgency: str, area_path: str,
            generations: dict[str, int]) -> timing.Clock:
    """The clock that begins now; without a due instant where the settings give no limit."""
    book = catalogue.book(generations)
    found = book.stage_limit(stage_of(deed, category, urgency), area_path)
    if found is None:
        return timing.Clock()
    value, unit = found
    calendar = timing.calendar_in_force(generations, area_path)
    try:
        up = clock.due(present.now(), clock.Limit(value, clock.Unit(unit)), calendar,
                       convention=book.setting("work_day_convention", area_path))
    except clock.ClockRefusal as error:
        raise Refusal(CaseError.BAD_LIMIT, value=value, unit=unit, why=error.text) from error
    return timing.Clock(up.at, Decimal(value), unit, calendar.version)
