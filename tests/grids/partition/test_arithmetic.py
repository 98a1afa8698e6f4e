"""How many responsibility grids there can be."""

import pytest

from jingwei.grids.partition.arithmetic import count_groups, nearest_ways, why_none


@pytest.mark.parametrize(("units", "groups"), [
    (10, 1), (16, 1), (20, 2), (26, 2), (32, 2), (30, 2), (33, 3), (48, 4), (58, 4), (590, 45),
])
def test_a_legal_number_of_units_gets_the_number_of_groups_nearest_to_the_middle(units: int, groups: int) -> None:
    """GRD-08."""
    count = count_groups(units, 10, 16)
    assert (count.groups, count.legal) == (groups, True)
    assert 10 <= units / groups <= 16


@pytest.mark.parametrize("units", [1, 5, 9, 17, 18, 19])
def test_no_count_of_10_to_16_makes_these(units: int) -> None:
    """GRD-08: between one full grid and two smallest ones there is nothing."""
    assert not count_groups(units, 10, 16).legal


@pytest.mark.parametrize("units", [*range(20, 33), *range(33, 200)])
def test_every_count_from_20_on_can_be_grouped_by_10_to_16(units: int) -> None:
    assert count_groups(units, 10, 16).legal


@pytest.mark.parametrize(("units", "expected"), [
    (17, [(16, -1, 1), (20, 3, 2)]), (18, [(16, -2, 1), (20, 2, 2)]), (19, [(20, 1, 2), (16, -3, 1)]), (4, [(10, 6, 1)]),
    (26, []),
])
def test_the_nearest_legal_counts_are_offered_nearest_first(units: int, expected: list) -> None:
    assert [(way.total, way.change, way.groups) for way in nearest_ways(units, 10, 16)] == expected


@pytest.mark.parametrize(("least", "most", "fewest", "greatest"), [(10, 16, 37, 59), (20, 30, 20, 29)])
def test_590_units_make_37_to_59_or_20_to_29_grids(least: int, most: int, fewest: int, greatest: int) -> None:
    """AT-03."""
    assert (-(-590 // most), 590 // least) == (fewest, greatest)
    assert fewest <= count_groups(590, least, most).groups <= greatest


@pytest.mark.parametrize(("households", "least", "most", "legal"), [
    (200, 200, 300, True), (300, 200, 300, True), (199, 200, 300, False), (301, 200, 300, False),
    (500, 500, 1000, True), (1000, 500, 1000, True), (499, 500, 1000, False), (1001, 500, 1000, True),
])
def test_households_are_counted_the_same_way(households: int, least: int, most: int, legal: bool) -> None:
    """AT-05, GRD-15, GRD-19: 1,001 households of mediation make two grids of about 500."""
    assert count_groups(households, least, most).legal is legal


def test_the_arithmetic_that_forbids_it_is_told_in_words() -> None:
    told = why_none("枫林社区", 18, 10, 16, "个单元网格")
    assert "枫林社区共18个单元网格" in told
    assert "1×16=16" in told
    assert "2×10=20" in told
    assert "减少2个单元网格到16个单元网格" in told
    assert "不足一个责任网格的下限10个单元网格" in why_none("枫林社区", 4, 10, 16, "个单元网格")
