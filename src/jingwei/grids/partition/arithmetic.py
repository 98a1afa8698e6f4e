"""How many responsibility grids a community can have, and what to say when it can have none (GRD-08, GRD-09, GRD-15)."""

from dataclasses import dataclass
from math import ceil, floor


@dataclass(frozen=True, slots=True)
class Count:
    """`groups`: how many. `legal`: their sizes can all lie within `least` … `most`; else these are the nearest bounds. There may
    be from `fewest` to `greatest`.
    """

    groups: int
    least: float
    most: float
    legal: bool
    fewest: int
    greatest: int


@dataclass(frozen=True, slots=True)
class Way:
    """A nearest total that has a legal grouping: `change` is by how much the total must grow (+) or shrink (−)."""

    total: float
    change: float
    groups: int


def count_groups(total: float, least: float, most: float) -> Count:
    """The number that brings the mean size nearest to the middle of the bounds; failing that, nearest to the bounds."""
    fewest, greatest = max(ceil(total / most), 1), floor(total / least)
    aim = total / ((least + most) / 2)
    if fewest <= greatest:
        return Count(min(max(round(aim), fewest), greatest), least, most, True, fewest, greatest)
    groups = min((max(greatest, 1), fewest), key=lambda count: _miss(total / count, least, most))
    mean = total / groups
    return Count(groups, min(least, floor(mean)), max(most, ceil(mean)), False, groups, groups)


def nearest_ways(total: float, least: float, most: float) -> tuple[Way, ...]:
    """The largest legal total below and the smallest above; none for a total that is legal itself."""
    if ceil(total / most) <= floor(total / least):
        return ()
    groups = floor(total / least)
    ways = []
    if groups >= 1:
        ways.append(Way(groups * most, groups * most - total, groups))
    ways.append(Way((groups + 1) * least, (groups + 1) * least - total, groups + 1))
    return tuple(sorted(ways, key=lambda way: abs(way.change)))


def why_none(name: str, total: float, least: float, most: float, unit: str) -> str:
    """The arithmetic in words."""
    groups = floor(total / least)
    low, high, number = _plain(least), _plain(most), _plain(total)
    if groups < 1:
        said = f"{name}共{number}{unit}，不足一个责任网格的下限{low}{unit}"
    else:
        said = (f"{name}共{number}{unit}：分成{groups}个最多容纳{groups}×{high}={_plain(groups * most)}{unit}，"
                f"分成{groups + 1}个至少需要{groups + 1}×{low}={_plain((groups + 1) * least)}{unit}，{number}落在两者之间")
    offers = "或".join(
        f"{'增加' if way.change > 0 else '减少'}{_plain(abs(way.change))}{unit}到{_plain(way.total)}{unit}（{way.groups}个责任网格）"
        for way in nearest_ways(total, least, most))
    return f"{said}。最近的合法方案：{offers}。"


def _miss(size: float, least: float, most: float) -> float:
    return max(least / size, size / most)


def _plain(value: float) -> str:
    return f"{value:g}"
