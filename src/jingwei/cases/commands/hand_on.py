"""Hand on (转交): within a unit's own tree; in a flow with levels, from the community to the town."""

from uuid import UUID

from jingwei.cases.commands.holder import active_unit, held_by_nobody, hold_by
from jingwei.cases.commands.step import Moving, Taken, take
from jingwei.cases.errors import CaseError
from jingwei.kernel.actor import Actor
from jingwei.kernel.errors import Refusal
from jingwei.kernel.paths import within
from jingwei.kernel.wording import Words


def hand_on(actor: Actor, case_id: UUID, *, reason: str, unit_code: str = "") -> Taken:
    """To a unit below the one that holds it; where a flow has levels, up to the town. The handling clock runs on."""
    return take(actor, case_id, "hand_on", reason=reason, change=lambda moving: _pass(moving, unit_code))


def _pass(moving: Moving, unit_code: str) -> None:
    case = moving.case
    if moving.flow.levels:
        moving.set(level="town", filed_at=moving.now, dispatched_at=None)
        held_by_nobody(moving)
        return
    if not unit_code:
        raise Refusal(CaseError.MISSING, action=Words("转交", "hand on"), what=Words("接收单位", "unit"))
    unit = active_unit(moving, code=unit_code)
    if not within(unit.path, case.unit_path) or unit.id == case.unit_id:
        raise Refusal(CaseError.OTHER_TREE)
    hold_by(moving, unit)
    moving.keep_clock()
