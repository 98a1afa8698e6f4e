"""What a plan is worth: every measure by name, and what must be known about it in words."""

from dataclasses import asdict, dataclass
from typing import Any

from jingwei.grids.partition.remarks import Remark


@dataclass(frozen=True, slots=True)
class UnitMeasures:
    """Areas in m². `shares` are of the number of units; buildings cut stand in more than one unit."""

    count: int
    expected: float                 # ground divided by the target (AT-03)
    smallest: float
    median: float
    largest: float
    mean: float
    in_bounds_share: float
    open: int
    coverage_valid: bool
    gap: float
    overlap: float
    beyond: float                   # of units outside the boundary: thin gaps in it that were closed
    crossing: float                 # of units inside a community that is not theirs
    buildings: int
    buildings_cut: int
    buildings_cut_share: float
    buildings_cut_by_communities: int
    polsby_popper_median: float


@dataclass(frozen=True, slots=True)
class GroupMeasures:
    """`imbalance`: largest through mean workload of a community's groups; `cut`: metres of border between groups of one
    community, per unit.
    """

    count: int
    possible: tuple[int, int]       # fewest and most groups that the bounds allow for all units together (AT-03)
    smallest: float
    largest: float
    in_bounds_share: float
    contiguous_share: float
    unexplained: int                # out of bounds in a community without a named reason
    polsby_popper_median: float
    imbalance_mean: float
    imbalance_worst: float
    imbalance_least: float          # mean over the pieces: with so many groups of whole units none is more even
    cut_metres_per_unit: float


@dataclass(frozen=True, slots=True)
class Oddity:
    """A unit outside the bounds of size, and why it is so: open | alone | uncut (GRD-05, AT-04)."""

    unit: int
    community: str
    area: float
    reason: str
    text: str


@dataclass(frozen=True, slots=True)
class Hindrance:
    """A community without a legal grouping, the arithmetic, and the nearest legal one, in words."""

    community: str
    reason: str
    text: str


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Why the groups of one community could not all be legal, or a wish not be met. `community`: its number."""

    community: int
    reason: str     # "total" | "single" | "shape" | "together" | "apart" | "fixed"
    text: str


@dataclass(frozen=True, slots=True)
class Stability:
    """How much of the existing plan is still there. Shares are of its units, its ground, its metres of border (each counted
    once). A unit is unchanged with every point of its outline; ground keeps its unit where that carries on the code.
    """

    units: int
    units_unchanged: int
    units_unchanged_share: float
    ground_same_unit_share: float
    ground_same_group_share: float
    unit_border_kept_share: float
    group_border_kept_share: float


@dataclass(frozen=True, slots=True)
class Report:
    units: UnitMeasures
    groups: GroupMeasures
    oddities: tuple[Oddity, ...]
    hindrances: tuple[Hindrance, ...]
    remarks: tuple[Remark, ...]
    settings: dict[str, Any]
    stability: Stability | None = None

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)
