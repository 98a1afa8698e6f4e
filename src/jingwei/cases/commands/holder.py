"""Which unit holds a case."""

from typing import Any

from jingwei.accounts import queries as accounts
from jingwei.cases.commands.step import Moving
from jingwei.cases.errors import CaseError
from jingwei.kernel.errors import Refusal


def active_unit(moving: Moving, *, code: str = "", unit_id: int | None = None) -> Any:
    """The unit by code or id. Refuses one that does not exist or is no longer active."""
    units = accounts.unit_book(moving.generations)
    if unit_id is not None:
        unit = units.get(unit_id)
    else:
        unit = next((row for row in units.values() if row.code == code), None)
    if unit is None or not unit.active:
        raise Refusal(CaseError.UNKNOWN_UNIT, unit=code[:40] or unit_id)
    return unit


def hold_by(moving: Moving, unit: Any) -> None:
    """The unit answers for the case from now on; it has not signed for it yet."""
    moving.told |= {"unit_before": moving.case.unit_id, "unit": unit.id}
    moving.set(unit_id=unit.id, unit_path=unit.path, signed_at=None, person=None)


def held_by_nobody(moving: Moving) -> None:
    """No unit answers for the case until it is dispatched again."""
    moving.told["unit_before"] = moving.case.unit_id
    moving.set(unit_id=None, unit_path="", signed_at=None, person=None)
