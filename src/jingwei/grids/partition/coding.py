"""Codes for the units of a plan: counted inside each community, from the north-west."""

from collections.abc import Sequence

import numpy as np
import shapely

from jingwei.grids.numbering import NATIONAL, Format, numbered
from jingwei.grids.partition.proposing import Plan


def unit_codes(plan: Plan, communities: Sequence[str], form: Format = NATIONAL) -> list[str]:
    """One for every unit, in the plan's order. `communities`: their codes, in the order they were given in.

    Refuses a community with more units than its numbers reach.
    """
    codes = [""] * len(plan.units)
    spots = shapely.get_coordinates(shapely.point_on_surface(plan.units)).tolist()
    side = float(np.sqrt(np.median(shapely.area(plan.units))))
    for number, community in enumerate(communities):
        mine = np.flatnonzero(plan.unit_community == number).tolist()
        for place, code in zip(mine, numbered(community, [spots[each] for each in mine], side, form=form), strict=True):
            codes[place] = code
    return codes
