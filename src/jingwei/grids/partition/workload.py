"""What stands and happens in each unit, and how much work that is."""

from dataclasses import dataclass

import numpy as np

from jingwei.grids.partition.compiled import Floats, Whole
from jingwei.grids.partition.settings import Settings
from jingwei.grids.partition.tracing import Network, faces_at


@dataclass(frozen=True, slots=True)
class Load:
    """Of each unit. `work`: by the settings' weights."""

    households: Floats
    buildings: Floats
    cases: Floats
    work: Floats


def load_units(network: Network, unit_of_face: Whole, count: int, middles: Floats, households: Floats, cases: Floats,
               settings: Settings) -> Load:
    """A building counts where its middle lies; `cases` are points, in grid units."""
    at = _units(network, unit_of_face, middles)
    living: Floats = np.bincount(at[at >= 0], weights=households[at >= 0], minlength=count).astype(np.float64)
    built = np.bincount(at[at >= 0], minlength=count).astype(np.float64)
    filed = _units(network, unit_of_face, cases)
    happened = np.bincount(filed[filed >= 0], minlength=count).astype(np.float64)
    return Load(living, built, happened, work_of(living, built, happened, settings))


def work_of(households: Floats, buildings: Floats, cases: Floats, settings: Settings) -> Floats:
    work: Floats = (settings.per_unit + settings.per_household * households + settings.per_building * buildings
                    + settings.per_case * cases)
    return work


def _units(network: Network, unit_of_face: Whole, points: Floats) -> Whole:
    if not len(points):
        return np.empty(0, np.int64)
    face = faces_at(network, points)
    return np.where(face >= 0, unit_of_face[face], -1).astype(np.int64)
