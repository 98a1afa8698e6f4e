"""Boxes in degrees (west, south, east, north): around shapes, around boxes, and the rows that meet one."""

from collections.abc import Iterable
from functools import reduce
from typing import Any, TypeVar

from django.db.models import Q, QuerySet

from jingwei.grids import quadtree

Rows = TypeVar("Rows", bound=QuerySet[Any])

Box = tuple[float, float, float, float]


def box_of(shapes: Iterable[Any]) -> Box:
    """The box of some shapes, one at the least."""
    import numpy as np
    import shapely

    west, south, east, north = shapely.total_bounds(np.array(list(shapes), dtype=object)).tolist()
    return west, south, east, north


def around(boxes: Iterable[Box]) -> Box | None:
    """The box of some boxes; None where there are none."""
    sides = list(zip(*boxes, strict=True))
    return (min(sides[0]), min(sides[1]), max(sides[2]), max(sides[3])) if sides else None


def meets(box: Box, margin: float = 0.0) -> Q:
    """The condition on rows that are filed by their box: it meets this one, made larger by `margin` on each side.

    By the index of `quadtree`.
    """
    west, south, east, north = box[0] - margin, box[1] - margin, box[2] + margin, box[3] + margin
    ranges, single = quadtree.numbers(west, south, east, north)
    filed = reduce(Q.__or__, (Q(spot__range=one) for one in ranges), Q(spot__in=single))
    return filed & Q(west__lte=east, east__gte=west, south__lte=north, north__gte=south)


def meeting(rows: Rows, box: Box, margin: float = 0.0) -> Rows:
    """Of rows with a `spot` and a box those that meet another box."""
    return rows.filter(meets(box, margin))
