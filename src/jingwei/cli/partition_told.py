"""How far a proposal is, and what came of it, for whoever sits at the keyboard."""

import sys
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from jingwei.grids.partition import GivenReport, Report


class Told:
    """What is being done: on a screen one line that is written over, in a log a line for each stage."""

    def __init__(self) -> None:
        self._screen = sys.stderr.isatty()
        self._stage = ""

    def __call__(self, stage: str, done: float) -> None:
        from jingwei.grids.partition import Stage

        if self._screen:
            print(f"\r\033[K{done:4.0%} {Stage(stage).words}", end="", file=sys.stderr, flush=True)
        elif stage != self._stage:
            print(f"{done:4.0%} {Stage(stage).words}", file=sys.stderr, flush=True)
        self._stage = stage

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._screen:
            print("\r\033[K", end="", file=sys.stderr, flush=True)


def tell_plan(report: "Report", path: str) -> None:
    units, groups = report.units, report.groups
    print(f"已写到 {path}：单元网格 {units.count} 个，责任网格 {groups.count} 个")
    print(f"单元网格面积 {units.smallest:.0f}–{units.largest:.0f} 平方米，中位 {units.median:.0f}，合格 {units.in_bounds_share:.1%}；"
          f"缝隙 {units.gap:.2f}、重叠 {units.overlap:.2f} 平方米；切到建筑 {units.buildings_cut} 栋（{units.buildings_cut_share:.2%}）")
    print(f"责任网格规模 {groups.smallest:g}–{groups.largest:g}，合格 {groups.in_bounds_share:.1%}；紧凑度中位 "
          f"{groups.polsby_popper_median:.2f}；工作量最大比平均 {groups.imbalance_mean:.3f}")
    if (kept := report.stability) is not None:
        print(f"与原方案相比：单元网格原样保留 {kept.units_unchanged}/{kept.units}（{kept.units_unchanged_share:.1%}），"
              f"单元不变的面积 {kept.ground_same_unit_share:.1%}，责任网格不变的面积 {kept.ground_same_group_share:.1%}，"
              f"单元边界保留 {kept.unit_border_kept_share:.1%}，责任网格边界保留 {kept.group_border_kept_share:.1%}")
    for text in [one.text for one in report.hindrances] + [one.text for one in report.oddities] + [
            one.text for one in report.remarks]:
        print(f"！ {text}")


def tell_given(report: "GivenReport", path: str) -> None:
    groups = report.groups
    print(f"已写到 {path}：{report.units} 个单元合成责任网格 {groups.count} 个（按上下限可以是 {groups.possible[0]}–{groups.possible[1]} 个）")
    print(f"责任网格规模 {groups.smallest:g}–{groups.largest:g}，合格 {groups.in_bounds_share:.1%}，连成一片 {groups.contiguous_share:.1%}；"
          f"工作量最大比平均 {groups.imbalance_worst:.3f}，最重的单元迫使它不低于 {report.bound_alone:.3f}")
    for text in [one.text for one in report.hindrances] + [one.text for one in report.remarks]:
        print(f"！ {text}")
