"""How somebody stands towards a supervision order: of a unit it was served on, or in a post that issues orders there."""

from collections.abc import Mapping, Sequence
from typing import Any

from jingwei.accounts.queries import Right
from jingwei.cases import orders
from jingwei.cases.commands.step import may_see
from jingwei.cases.models import Case
from jingwei.kernel.actor import Actor, Grant
from jingwei.kernel.paths import within

Units = Mapping[int, Any]


def stands_towards(actor: Actor, case: Case, unit: Any, units: Units) -> frozenset[str]:
    """'served' for whoever works for the unit, by a post tied to it or as its member; 'issuing' for those above.

    A post tied to a unit issues nothing: the leader of a unit is who is supervised.
    """
    found = set()
    if any(grant.role in orders.SERVED and _for_unit(actor, grant, unit.path, units) for grant in actor.grants):
        found.add("served")
    if any(grant.role in orders.ISSUING and grant.unit_path is None and grant.covers(case.area_path) for grant in actor.grants):
        found.add("issuing")
    return frozenset(found)


def sees_order(actor: Actor, case: Case, served_on: Sequence[int], units: Units) -> bool:
    """Whoever sees the case, and those who stand for a unit on which the order was served."""
    return may_see(case, actor) or any(
        Right.CASE_READ.value in grant.rights and _for_unit(actor, grant, units[unit].path, units)
        for grant in actor.grants for unit in served_on)


def unit_of(actor: Actor, grant: Grant, units: Units) -> str:
    """The path of the unit for which a post stands: the one it is tied to, else the one its holder works in; '' for none."""
    if grant.unit_path is not None:
        return grant.unit_path
    own = units.get(actor.unit_id) if actor.unit_id else None
    return own.path if own else ""


def _for_unit(actor: Actor, grant: Grant, unit_path: str, units: Units) -> bool:
    path = unit_of(actor, grant, units)
    return bool(path) and within(unit_path, path)
