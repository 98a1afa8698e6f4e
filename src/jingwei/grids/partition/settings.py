"""What may be set, with the defaults of the standard, and what cannot be meant."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

Lists = tuple[tuple[str, ...], ...]


class PartitionError(ValueError):
    """What did not happen and why, in words: `text`."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Areas in square metres, lengths in metres. `measure`: what a responsibility grid's bounds count."""

    unit_target: float = 10_000.0
    unit_least: float = 5_000.0
    unit_most: float = 15_000.0
    open_whole: bool = True         # water, fields and hills stay one unit however large
    gap_width: float = 2.0          # thinner than this a gap between communities is an error of drawing
    measure: str = "units"          # or "households"
    group_least: float = 10.0
    group_most: float = 16.0
    across: bool = False            # groups may span communities
    per_unit: float = 1.0           # workload of a unit grid itself …
    per_household: float = 0.02     # … and of what stands in it
    per_building: float = 0.0
    per_case: float = 0.0
    balance: float = 1.04           # largest workload through mean that is aimed at
    rebalance: bool = False         # of an existing plan: move units for the sake of balance alone
    together: Lists = ()            # codes of units of an existing plan that share a responsibility grid, a list a set
    apart: Lists = ()               # … of which no two do
    effort: float = 1.0
    seed: int = 1

    def __post_init__(self) -> None:
        for wrong, text in (
            (not 0 < self.unit_least <= self.unit_target <= self.unit_most, "单元网格面积须为 0 < 下限 ≤ 目标 ≤ 上限"),
            (self.unit_most < 2 * self.unit_least, "单元网格面积上限不能小于下限的两倍，否则有的地块怎么分都不合格"),
            (not 0 < self.group_least <= self.group_most, "责任网格规模须为 0 < 下限 ≤ 上限"),
            (self.measure not in ("units", "households"), "measure 只能是 units（单元网格数）或 households（户数）"),
            (min(self.per_unit, self.per_household, self.per_building, self.per_case) < 0, "工作量系数不能为负"),
            (self.balance < 1, "balance 不能小于 1"),
            (not 0 < self.effort <= 100, "effort 须在 0 至 100 之间"),
            (not 0 <= self.seed < 2**31, "seed 须在 0 至 2147483647 之间"),
            (self.gap_width < 0, "gap_width 不能为负"),
        ):
            if wrong:
                raise PartitionError(f"划分设置不对：{text}。")


def read_settings(told: Mapping[str, Any], **given: Any) -> Settings:
    """Of a table as TOML gives it; what is not known is refused by name."""
    known = {field.name: field for field in fields(Settings)}
    values = {**told, **{name: value for name, value in given.items() if value is not None}}
    for name, value in values.items():
        if name not in known:
            raise PartitionError(f"划分设置不对：没有“{name}”这一项。可以设置：{'、'.join(known)}。")
        meant = type(known[name].default)
        if meant is tuple:
            values[name] = _lists(name, values[name])
            continue
        if meant is float and type(value) is int:
            values[name] = float(value)
        elif type(value) is not meant:
            raise PartitionError(f"划分设置不对：{name} 的值 {value!r} 类型不对，应如 {known[name].default!r}。")
    return Settings(**values)


def _lists(name: str, told: Any) -> Lists:
    if not isinstance(told, list | tuple) or not all(
            isinstance(one, list | tuple) and all(isinstance(code, str) for code in one) for one in told):
        raise PartitionError(f"划分设置不对：{name} 须为几组编码，例如 [[\"编码1\", \"编码2\"], [\"编码3\", \"编码4\"]]。")
    return tuple(tuple(one) for one in told)
