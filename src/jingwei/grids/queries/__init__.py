"""Reads of the ground: places, tree, duty."""

from jingwei.grids.cells import COLUMNS as CELLS_PER_ROW
from jingwei.grids.cells import cell_of as cell
from jingwei.grids.cells import cells_around, neighbours
from jingwei.grids.finding_places import forget
from jingwei.grids.queries.duty import Answerable, PostingLine, answerable, double_mains, on_duty, posts_of, staffing_of
from jingwei.grids.queries.places import (
    Place,
    areas_below,
    chain,
    locate,
    locate_all,
    locate_many,
    names_of,
    path_of_code,
    place_by_code,
    place_of,
)
from jingwei.grids.queries.tree import (
    AreaDetail,
    AreaLine,
    PlanLine,
    area_detail,
    children,
    gaps,
    levels_of,
    members_of,
    plans,
    predecessors,
    roots,
    summary,
)

__all__ = [
    "CELLS_PER_ROW", "Answerable", "AreaDetail", "AreaLine", "Place", "PlanLine", "PostingLine", "answerable", "area_detail",
    "areas_below", "cell", "cells_around", "chain", "children", "double_mains", "forget", "gaps", "levels_of", "locate",
    "locate_all", "locate_many", "members_of", "names_of", "neighbours", "on_duty", "path_of_code", "place_by_code",
    "place_of", "plans", "posts_of", "predecessors", "roots", "staffing_of", "summary",
]
