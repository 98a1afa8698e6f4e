"""What a division was drawn by: sizes of units, sizes of responsibility grids and what counts them. Pure.

GRD-05: 10,000 square metres, half as much either way; GRD-08: 10–16 units in dense areas, GRD-09: 20–30 elsewhere;
GRD-15: or 200–300 households.
"""

import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, Literal

from jingwei.grids.errors import GridError
from jingwei.kernel.errors import Refusal
from jingwei.kernel.wording import Words

Measure = Literal["units", "households"]
Workload = Literal["units", "households", "buildings", "cases"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """Square metres of a unit; of a responsibility grid how many units, or households. `workload`: what is balanced."""

    unit_target: float = 10_000.0
    unit_least: float = 5_000.0
    unit_most: float = 15_000.0
    measure: Measure = "units"
    group_least: float = 10.0
    group_most: float = 16.0
    workload: Workload = "units"

    def __post_init__(self) -> None:
        for wrong, zh, en in (
            (not 0 < self.unit_least <= self.unit_target <= self.unit_most, "单元网格面积须为 0 < 下限 ≤ 目标 ≤ 上限",
             "the area of a unit must be 0 < least ≤ target ≤ most"),
            (self.unit_most < 2 * self.unit_least, "单元网格面积上限不能小于下限的两倍", "the most must be twice the least at least"),
            (not 0 < self.group_least <= self.group_most, "责任网格规模须为 0 < 下限 ≤ 上限",
             "the size of a responsibility grid must be 0 < least ≤ most"),
        ):
            if wrong:
                raise Refusal(GridError.BAD_RULES, why=Words(zh, en))

    def odd_unit(self, area_m2: float) -> int:
        """0 where the size is allowed, 1 too small, 2 too large."""
        return 1 if area_m2 < self.unit_least else 2 if area_m2 > self.unit_most else 0

    def odd_group(self, size: float) -> int:
        return 1 if size < self.group_least else 2 if size > self.group_most else 0

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


    def expected_units(self, area_m2: float) -> int:
        """How many units a ground is expected to have: 5.9 km² at 10,000 m² are 590 (AT-03)."""
        return round(area_m2 / self.unit_target)

    def expected_groups(self, size: float) -> tuple[int, int]:
        """Fewest and most responsibility grids for so many units or households: 590 units at 10–16 are 37 to 59 (AT-03).

        The second is less than the first where no number fits.
        """
        return math.ceil(size / self.group_most), math.floor(size / self.group_least)


DENSE = Rules()


def rules_of(told: Mapping[str, Any]) -> Rules:
    """Those kept with a plan; what it does not say is as usual."""
    known = {field.name for field in fields(Rules)}
    return Rules(**{name: value for name, value in told.items() if name in known})
