"""Whether a layer lies where it belongs: on the ground that is drawn, or else in China. Pure.

A zone off by one, exchanged axes, another district's file: all of these read well and lie elsewhere.
"""

import math
from collections.abc import Sequence

import numpy as np

from jingwei.formats.china import in_china
from jingwei.grids.errors import GridError
from jingwei.grids.findings import Found, Remark, found
from jingwei.kernel.errors import Refusal

Box = tuple[float, float, float, float]

FAR = 50.0  # kilometres outside, from which it is a mistake and no neighbour's map
_KM = 111.32  # of a degree on the equator


def check(boxes: Sequence[Box], district: Box | None, crs: str) -> list[Found]:
    """Remarks on where the features lie; refused where all of them are far outside what is drawn."""
    if not boxes:
        return []
    every = np.array(boxes)
    if district is None:
        middles = (every[:, :2] + every[:, 2:]) / 2
        return [] if in_china(middles).mean() >= 0.5 else [found(0, Remark.NOT_IN_CHINA, crs=crs, place=_place(every))]
    km = _apart(every, district)
    if km == 0:
        return []
    if km > FAR:
        raise Refusal(GridError.LAYER_ELSEWHERE, km=f"{km:,.0f}", crs=crs, place=_place(every))
    return [found(0, Remark.OUTSIDE_GROUND, km=f"{km:.1f}", crs=crs)]


def _apart(boxes: "np.ndarray[tuple[int, int], np.dtype[np.float64]]", district: Box) -> float:
    """Kilometres from the nearest of the boxes to the district, about; 0 where they touch."""
    west, south, east, north = district
    across = np.maximum(0, np.maximum(west - boxes[:, 2], boxes[:, 0] - east)) * math.cos(math.radians((south + north) / 2))
    along = np.maximum(0, np.maximum(south - boxes[:, 3], boxes[:, 1] - north))
    return float(np.hypot(across, along).min() * _KM)


def _place(boxes: "np.ndarray[tuple[int, int], np.dtype[np.float64]]") -> str:
    lon, lat = np.median((boxes[:, :2] + boxes[:, 2:]) / 2, axis=0)
    return f"{lon:.3f}, {lat:.3f}"
