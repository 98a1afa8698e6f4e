"""A proposal in a process of its own: the service keeps its memory and its turn, and whoever calls it off is heard at once."""

import multiprocessing
import os
import pickle
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from typing import Any

import numpy as np
import shapely

from jingwei.grids.partition.compiled import Floats, Shapes, Whole
from jingwei.grids.partition.existing import Existing
from jingwei.grids.partition.progress import Progress
from jingwei.grids.partition.projecting import metric_crs, to_metres
from jingwei.grids.partition.proposing import propose
from jingwei.grids.partition.settings import PartitionError, Settings

_LOOK = 0.5   # seconds between two looks at whether it is called off
_POLITE = 10  # steps below the service in its turn for the processor


class CalledOff(Exception):
    """Somebody called the proposal off; nothing is left of it."""


@dataclass(frozen=True, slots=True)
class Ground:
    """What is divided, in degrees, longitude first. `households`: of each building; `cases`: points (n, 2).

    `units`: those of a plan of which as much is to stay as the rules allow, with the number of the group of each (0 and
    up, below 0: none).
    """

    streets: Shapes
    buildings: Shapes
    communities: Shapes
    names: tuple[str, ...]
    rivers: Shapes = field(default_factory=lambda: np.empty(0, dtype=object))
    open_ground: Shapes = field(default_factory=lambda: np.empty(0, dtype=object))
    households: Floats | None = None
    cases: Floats | None = None
    units: Shapes = field(default_factory=lambda: np.empty(0, dtype=object))
    groups_of_units: Whole = field(default_factory=lambda: np.empty(0, np.int64))


@dataclass(frozen=True, slots=True)
class Proposed:
    """The same as `Plan`, in degrees, with the report as a table. Places that were given in degrees are given back as
    they were, to the last digit.
    """

    units: Shapes
    unit_community: Whole
    unit_group: Whole
    groups: Shapes
    group_community: Whole
    households: Floats
    buildings: Floats
    unit_was: Whole
    group_number: Whole
    report: dict[str, Any]


def propose_apart(ground: Ground, settings: Settings, tell: Progress, stopping: Callable[[], bool]) -> Proposed:
    """`propose`, in another process. Raises `CalledOff` once `stopping` says so, `PartitionError` as `propose` does."""
    here, there = multiprocessing.Pipe()
    child = multiprocessing.get_context("spawn").Process(
        target=_work, args=(there, pickle.dumps((_packed(ground), settings))), daemon=True)
    child.start()
    there.close()
    try:
        while True:
            if not here.poll(_LOOK):
                if stopping():
                    raise CalledOff
                continue
            kind, told = here.recv()
            if kind == "progress":
                tell(*told)
            elif kind == "refused":
                raise PartitionError(told)
            else:
                return _unpacked(told)
    except EOFError:
        raise PartitionError("划分没有做完：进程中途结束，多半是内存不够。请缩小范围再试") from None
    finally:
        child.terminate()
        child.join()
        here.close()


def _work(to_parent: Connection, given: bytes) -> None:
    with suppress(OSError):
        os.nice(_POLITE)
    packed, settings = pickle.loads(given)
    try:
        proposed = _proposed(_ground(packed), settings, lambda stage, done: to_parent.send(("progress", (stage, done))))
    except PartitionError as error:
        to_parent.send(("refused", error.text))
    else:
        to_parent.send(("done", proposed))


def _proposed(ground: Ground, settings: Settings, tell: Progress) -> dict[str, Any]:
    boxes = shapely.bounds(ground.communities)
    crs = metric_crs(boxes[:, :2].min(axis=0), boxes[:, 2:].max(axis=0))
    cases = None if ground.cases is None else shapely.get_coordinates(to_metres(shapely.points(ground.cases), crs))
    communities, standing = to_metres(ground.communities, crs), to_metres(ground.units, crs)
    existing = Existing(standing, ground.groups_of_units) if len(standing) else None
    plan = propose(
        to_metres(ground.streets, crs), to_metres(ground.buildings, crs), None, communities,
        rivers=to_metres(ground.rivers, crs), open_ground=to_metres(ground.open_ground, crs), households=ground.households,
        cases=cases, names=ground.names, settings=settings, progress=tell, existing=existing)
    known = _known(communities, ground.communities) | _known(standing, ground.units)
    return {
        "units": shapely.to_wkb(_to_degrees(plan.units, crs, known)), "unit_community": plan.unit_community,
        "unit_group": plan.unit_group, "groups": shapely.to_wkb(_to_degrees(plan.groups, crs, known)),
        "group_community": plan.group_community, "households": plan.load.households, "buildings": plan.load.buildings,
        "unit_was": plan.unit_was, "group_number": plan.group_number, "report": plan.report.as_dict()}


Place = tuple[float, float]


def _known(metres: Shapes, degrees: Shapes) -> dict[Place, Place]:
    """Places in metres → the degrees they came from."""
    return dict(zip(map(_place, shapely.get_coordinates(metres).tolist()),
                    map(_place, shapely.get_coordinates(degrees).tolist()), strict=True))


def _place(pair: list[float]) -> Place:
    return pair[0], pair[1]


def _to_degrees(shapes: Shapes, crs: str, known: dict[Place, Place]) -> Shapes:
    from pyproj import Transformer

    back = Transformer.from_crs(crs, "EPSG:4490" if int(crs.removeprefix("EPSG:")) < 5000 else "OGC:CRS84", always_xy=True)

    def convert(places: Floats) -> Floats:
        moved = np.column_stack(back.transform(places[:, 0], places[:, 1]))
        for number, pair in enumerate(places.tolist()):
            given = known.get((pair[0], pair[1]))
            if given is not None:
                moved[number] = given
        return moved

    moved: Shapes = shapely.transform(shapes, convert)
    return moved


_SHAPES = ("streets", "buildings", "communities", "rivers", "open_ground", "units")


def _packed(ground: Ground) -> dict[str, Any]:
    shapes = {name: shapely.to_wkb(getattr(ground, name)) for name in _SHAPES}
    return {**shapes, "names": ground.names, "households": ground.households, "cases": ground.cases,
            "groups_of_units": ground.groups_of_units}


def _ground(packed: dict[str, Any]) -> Ground:
    return Ground(**{name: shapely.from_wkb(value) if name in _SHAPES else value for name, value in packed.items()})


def _unpacked(told: dict[str, Any]) -> Proposed:
    return Proposed(**{name: shapely.from_wkb(value) if name in ("units", "groups") else value for name, value in told.items()})
