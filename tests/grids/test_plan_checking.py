"""The examination of a division, on drawn ground (AT-03 to AT-05)."""

from typing import Any

import pytest

from jingwei.grids.plan_checking import CommunityIn, Fault, GroupIn, UnitIn, check
from jingwei.grids.plan_rules import Rules
from tests.grids.conftest import WEST, box


def unit(number: int, shape: Any, group: int = 100, *, code: str = "", note: str = "", cut: int = 0) -> UnitIn:
    return UnitIn(number, code or f"{WEST}{number:03d}", shape, note, group, cut)


def community(units: list[UnitIn], ground: Any = None, groups: tuple[GroupIn, ...] = ()) -> CommunityIn:
    return CommunityIn(1, WEST, "枫林社区", ground if ground is not None else box(0, 0, 4, 3), units, groups)


def row(count: int) -> list[UnitIn]:
    """So many units of 11,400 square metres, filling rows of four."""
    return [unit(number + 1, box(number % 4, number // 4)) for number in range(count)]


def faults(found: list[Any]) -> list[Fault]:
    return [one.fault for one in found]


def test_a_whole_division_has_no_faults() -> None:
    group = GroupIn(100, f"{WEST}R01", "第一网格", box(0, 0, 4, 3), 250)
    assert check(community(row(12), groups=(group,)), Rules()) == []


def test_a_unit_over_the_border_of_its_community_is_refused() -> None:
    """AT-04 (i), (ii): a unit that crosses, and so lies in two communities."""
    found = check(community([*row(11), unit(12, box(3, 2, 1.3))]), Rules())
    assert faults(found)[0] is Fault.CROSSES
    assert found[0].text() == (f"单元网格 {WEST}012 有 23.1 % 在枫林社区之外。单元网格只能属于一个社区，请沿社区边界切分。")
    assert found[0].box == pytest.approx(box(3, 2, 1.3).bounds)


def test_an_odd_size_needs_a_reason() -> None:
    """AT-04 (iii): a unit of other size at an edge."""
    units = [*row(10), unit(11, box(2, 2, 2, 1))]
    assert faults(check(community(units), Rules())) == [Fault.ODD_SIZE]
    units[-1] = unit(11, box(2, 2, 2, 1), note="沿河整块")
    assert check(community(units), Rules()) == []


def test_gaps_and_overlaps_are_told_with_their_place_and_size() -> None:
    """AT-04 (iv), GRD-06."""
    found = check(community(row(11)), Rules())
    assert [(one.fault, one.details["area_m2"]) for one in found] == [(Fault.GAP, pytest.approx(11_356, abs=30))]
    assert found[0].box == pytest.approx(box(3, 2).bounds)
    found = check(community([*row(11), unit(12, box(2.5, 2, 1.5))]), Rules())
    assert (found[0].fault, found[0].details["other"]) == (Fault.OVERLAP, f"{WEST}012")
    assert found[0].box == pytest.approx(box(2.5, 2, 0.5).bounds)


def test_a_gap_of_a_millimetre_is_no_gap() -> None:
    thin = box(3 + 1e-5, 2, 1 - 1e-5)  # a millimetre narrower
    assert check(community([*row(11), unit(12, thin)]), Rules()) == []


@pytest.mark.parametrize(("count", "told"), [(9, True), (10, False), (16, False), (17, True)])
def test_a_grid_of_nine_or_seventeen_units_warns_in_a_dense_area(count: int, told: bool) -> None:
    """AT-04 (v), GRD-08."""
    ground = box(0, 0, 4, -(-count // 4))
    group = GroupIn(100, f"{WEST}R01", "第一网格", None, None)
    found = check(community(row(count), ground, (group,)), Rules())
    assert (Fault.UNIT_COUNT in faults(found)) is told


@pytest.mark.parametrize(("least", "most", "households", "told"), [
    (200, 300, 199, True), (200, 300, 200, False), (200, 300, 300, False), (200, 300, 301, True),
    (500, 1000, 499, True), (500, 1000, 500, False), (500, 1000, 1000, False), (500, 1000, 1001, True)])
def test_households_of_a_grid(least: int, most: int, households: int, told: bool) -> None:
    """AT-05: 200-300 households in town, 500-1,000 for mediation."""
    rules = Rules(measure="households", group_least=least, group_most=most)
    group = GroupIn(100, f"{WEST}R01", "第一网格", None, households)
    assert (Fault.HOUSEHOLD_COUNT in faults(check(community(row(12), groups=(group,)), rules))) is told


def test_a_grid_in_pieces_and_one_without_a_main_are_told() -> None:
    units = [unit(number + 1, box(number % 4, number // 4), 100 if number % 4 in (0, 3) else 200) for number in range(12)]
    groups = (GroupIn(100, f"{WEST}R01", "第一网格", None, None, note="样例"),
              GroupIn(200, f"{WEST}R02", "第二网格", box(1, 0, 2, 2), None, note="样例", staffed=False))
    found = check(community(units, groups=groups), Rules())
    assert faults(found) == [Fault.APART, Fault.OUTLINE, Fault.UNSTAFFED]
    assert found[0].details["count"] == 2


def test_codes_of_another_community_are_refused() -> None:
    """GRD-04: the first twelve digits are the community's."""
    units = [*row(11), unit(12, box(3, 2), code="990101001002012")]
    assert faults(check(community(units), Rules())) == [Fault.OTHER_CODE]


def test_what_is_missing_is_told() -> None:
    assert faults(check(community([]), Rules())) == [Fault.NO_UNITS]
    undrawn = CommunityIn(1, WEST, "枫林社区", None, [unit(1, None), unit(2, box(0, 0))])
    assert faults(check(undrawn, Rules())) == [Fault.NOT_DRAWN, Fault.UNIT_NOT_DRAWN]


@pytest.mark.parametrize(("area", "units", "dense", "sparse"), [(5_900_000, 590, (37, 59), (20, 29)), (45_830_000, 4583, None, None)])
def test_how_many_grids_a_ground_is_expected_to_have(area: float, units: int, dense: Any, sparse: Any) -> None:
    """AT-03: 5.9 km² are 590 units, 37 to 59 grids of 10-16 or 20 to 29 of 20-30; 45.83 km² are 4,583 units."""
    assert Rules().expected_units(area) == units
    if dense:
        assert Rules().expected_groups(units) == dense
        assert Rules(group_least=20, group_most=30).expected_groups(units) == sparse
