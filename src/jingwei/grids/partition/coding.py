"""Codes for the units of a plan: counted inside each community, from the north-west."""

from collections.abc import Mapping, Sequence

import numpy as np
import shapely

from jingwei.grids.numbering import NATIONAL, Format, numbered
from jingwei.grids.partition.proposing import Plan


def unit_codes(plan: Plan, communities: Sequence[str], form: Format = NATIONAL, *,
               kept: Mapping[int, str] | None = None) -> list[str]:
    """One for every unit, in the plan's order. `communities`: their codes, in the order they were given in. `kept`: codes of
    some units; None: those of the existing plan that go on. No code of the existing plan is given to another unit.

    Refuses a community with more units than its numbers reach.
    """
    kept = going_on(plan, communities) if kept is None else kept
    used = {str(code) for code in plan.existing.codes} if plan.existing else set()
    codes = [""] * len(plan.units)
    spots = shapely.get_coordinates(shapely.point_on_surface(plan.units)).tolist()
    side = float(np.sqrt(np.median(shapely.area(plan.units))))
    for number, community in enumerate(communities):
        mine = np.flatnonzero(plan.unit_community == number).tolist()
        stays = {at: kept[unit] for at, unit in enumerate(mine) if unit in kept}
        found = numbered(community, [spots[each] for each in mine], side, kept=stays, used=used, form=form)
        for place, code in zip(mine, found, strict=True):
            codes[place] = code
    return codes


def going_on(plan: Plan, communities: Sequence[str]) -> dict[int, str]:
    """Units that are units of the existing plan still, with their codes, where these belong to the community."""
    if plan.existing is None or not len(plan.existing.codes):
        return {}
    found: dict[int, str] = {}
    given: set[str] = set()
    for unit, was in enumerate(plan.unit_was.tolist()):
        code = str(plan.existing.codes[was]) if was >= 0 else ""
        mine = int(plan.unit_community[unit])
        if code and code not in given and mine < len(communities) and code.startswith(communities[mine]):
            found[unit] = code
            given.add(code)
    return found
