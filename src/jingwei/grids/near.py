"""Rows that are filed by their box: those that meet another box, found by the index of `quadtree`."""

from functools import reduce
from typing import Any, TypeVar

from django.db.models import Q, QuerySet

from jingwei.grids import quadtree

Rows = TypeVar("Rows", bound=QuerySet[Any])

Box = tuple[float, float, float, float]


def meeting(rows: Rows, box: Box, margin: float = 0.0) -> Rows:
    """Of rows with a `spot` and a box those that meet a box in degrees, made larger by `margin` on each side."""
    west, south, east, north = box[0] - margin, box[1] - margin, box[2] + margin, box[3] + margin
    ranges, single = quadtree.numbers(west, south, east, north)
    filed = reduce(Q.__or__, (Q(spot__range=one) for one in ranges), Q(spot__in=single))
    return rows.filter(filed, west__lte=east, east__gte=west, south__lte=north, north__gte=south)
