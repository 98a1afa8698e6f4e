"""Judges unit grids with shapely alone: `python bench/judging.py PLAN.gpkg CITY.gpkg` prints what it finds as JSON."""

import json
import sys
from typing import Any

import numpy as np
import shapely
from pyogrio.raw import read

LEAST, MOST = 5_000, 15_000
ROUNDED = 0.002  # metres: what is thinner is the noise of the communities' own coordinates


def judged(units: Any, owner: Any, communities: Any, buildings: Any) -> dict[str, Any]:
    """`owner`: of each unit, the index of its community."""
    area = shapely.area(units)
    left, right = shapely.STRtree(units).query(units)
    pairs = left < right
    ground, together = shapely.union_all(communities), shapely.union_all(units)
    held = np.zeros(len(buildings), bool)
    held[shapely.STRtree(units).query(buildings, predicate="covered_by")[0]] = True
    return {
        "units": len(units), "in_size": float(((area >= LEAST) & (area <= MOST)).mean()), "valid": bool(shapely.is_valid(units).all()),
        "coverage": bool(shapely.coverage_is_valid(units)),
        "overlap_m2": round(float(shapely.area(shapely.intersection(units[left[pairs]], units[right[pairs]])).sum()), 2),
        "gap_m2": round(float(shapely.area(shapely.difference(ground, together))), 2),
        "crossing_units": _crossing(units, owner, communities), "cut_share": float(1 - held.mean()),
        "cut_by_communities_share": float(1 - _within(communities, buildings).mean()),
    }


def _within(areas: Any, buildings: Any) -> Any:
    held = np.zeros(len(buildings), bool)
    held[shapely.STRtree(areas).query(buildings, predicate="covered_by")[0]] = True
    return held


def _crossing(units: Any, owner: Any, communities: Any) -> int:
    """Units that reach into a community which is not theirs, thicker than the noise."""
    one, other = shapely.STRtree(communities).query(units, predicate="intersects")
    foreign = other != owner[one]
    one, other = one[foreign], other[foreign]
    beyond = shapely.difference(shapely.intersection(units[one], communities[other]), communities[owner[one]])
    parts, index = shapely.get_parts(beyond, return_index=True)
    thick = 2 * shapely.area(parts) > ROUNDED * shapely.length(parts)
    return len(np.unique(one[index[thick]]))


def main(plan: str, city: str) -> None:
    meta, _, geometry, columns = read(plan, layer="unit_grids")
    names = columns[list(meta["fields"]).index("community")]
    known, _, drawn, fields = read(city, layer="communities")
    codes = {str(code): number for number, code in enumerate(fields[list(known["fields"]).index("code")])}
    owner = np.array([codes[str(name)] for name in names])
    buildings = shapely.from_wkb(read(city, layer="buildings")[2])
    print(json.dumps(judged(shapely.from_wkb(geometry), owner, shapely.from_wkb(drawn), buildings)))


if __name__ == "__main__":
    main(*sys.argv[1:])
