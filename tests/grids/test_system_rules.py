"""What each kind of grid system asks of its areas, as tables; the templates that come with the product."""

from typing import Any
from uuid import UUID

import pytest

from jingwei.grids import shifts, system_rules
from jingwei.grids.system_rules import Asks, BadRule, Rule, Standing


def person(number: int) -> UUID:
    return UUID(int=number)


def check(system: str, areas: list[Standing], *only: Asks) -> list[str]:
    template = system_rules.templates()[system]
    rules = [rule for rule in template.rules if not only or rule.asks in only]
    return [f"{fault.code} {fault.text}".strip() for fault in system_rules.check(rules, areas, template.levels)]


@pytest.mark.parametrize(("members", "wanted"), [
    (0, ["L1 含 0 个基础区域，按规定为 2 至 3 个基础区域"]), (1, ["L1 含 1 个基础区域，按规定为 2 至 3 个基础区域"]),
    (2, []), (3, []), (4, ["L1 含 4 个基础区域，按规定为 2 至 3 个基础区域"])])
def test_a_labour_grid_spans_two_or_three_communities(members: int, wanted: list[str]) -> None:
    """GRD-21."""
    area = Standing(1, "L1", "一号", 2, (person(1),), frozenset({person(1)}), members=members)
    assert check("labour", [area]) == wanted


def campus(grids: int, people: int, sheets: int) -> list[Standing]:
    return [Standing(100 + number, f"X-{number:02d}", f"{number}号网格", 3, (person(number % people),) if people else (),
                     duties=number < sheets) for number in range(grids)]


def test_a_campus_of_twenty_five_grids_people_and_sheets_passes() -> None:
    """GRD-24: 25 : 25 : 25."""
    school = Standing(1, "S", "一小", 2, (person(99),))
    assert check("campus", [school, *campus(25, 25, 25)]) == []


@pytest.mark.parametrize(("grids", "people", "sheets", "first"), [
    (24, 24, 24, "校内网格现有 24 个，按规定为 25 个"),
    (25, 24, 25, "校内网格 25 个、责任人 24 名、职责 25 份，三者应相等"),
    (25, 25, 24, "校内网格 25 个、责任人 25 名、职责 24 份，三者应相等"),
])
def test_a_campus_that_is_not_one_to_one_is_told(grids: int, people: int, sheets: int, first: str) -> None:
    found = check("campus", campus(grids, people, sheets), Asks.AREAS, Asks.ONE_TO_ONE)
    assert found[0] == first
    if people < grids:
        assert [line for line in found if "同时负责" in line] == [
            "X-00 责任人同时负责 2 个网格", "X-24 责任人同时负责 2 个网格"]


def test_a_laboratory_room_without_anybody_is_named() -> None:
    """GRD-26: 10 zones, 46 rooms."""
    zones = [Standing(number, f"A-{number:02d}", f"{number}区", 2, (person(number),)) for number in range(10)]
    rooms = [Standing(100 + number, f"R-{number:02d}", f"{number}室", 3, (person(number),)) for number in range(46)]
    assert check("lab", zones + rooms, Asks.AREAS, Asks.MAIN) == []
    rooms[7] = Standing(107, "R-07", "7室", 3)
    assert check("lab", zones + rooms, Asks.AREAS, Asks.MAIN) == ["R-07 没有责任人"]
    assert check("lab", zones[1:] + rooms, Asks.AREAS) == ["分区现有 9 个，按规定为 10 个"]


@pytest.mark.parametrize(("people", "fits"), [(2, False), (3, True), (4, True), (5, False)])
def test_a_small_fire_grid_has_three_or_four_people(people: int, fits: bool) -> None:
    """STF-21, GRD-22."""
    area = Standing(1, "F1", "一号", 3, people=frozenset(map(person, range(people))))
    assert (check("fire", [area], Asks.PEOPLE) == []) is fits


def test_mediators_are_counted_against_the_households() -> None:
    """AT-06; where nobody has counted the households nothing is said."""
    few = Standing(1, "T1", "一号", 2, households=500, teams=frozenset({"mediation"}), functions={"mediator": 2, "contact": 5})
    assert check("mediation", [few], Asks.CAPACITY, Asks.HOUSEHOLDS, Asks.TEAM) == ["T1 500 户有调解员 2 名，按规定为 3 至 5 名"]
    unknown = Standing(2, "T2", "二号", 2)
    assert check("mediation", [unknown], Asks.CAPACITY, Asks.HOUSEHOLDS, Asks.TEAM) == ["T2 没有调解服务队"]
    small = Standing(3, "T3", "三号", 2, households=499)
    assert check("mediation", [small], Asks.HOUSEHOLDS) == ["T3 现有 499 户，按规定为 500 至 1000 户"]


def test_a_posting_without_its_certificate_is_told() -> None:
    """STF-04, STF-27."""
    area = Standing(1, "M1", "一号", 2, uncertified=((person(5), "行政执法证"),))
    (fault,) = system_rules.check([Rule(Asks.CERTIFICATE, 2, value="行政执法证")], [area], ["一", "二"])
    assert (fault.user_id, fault.text) == (person(5), "没有有效的行政执法证")
    assert system_rules.certificates(system_rules.templates()["market"].rules, 2) == {"行政执法证"}


@pytest.mark.parametrize("template", list(system_rules.templates().values()), ids=lambda one: one.code)
def test_every_template_can_be_taken_as_it_is_and_says_where_it_comes_from(template: system_rules.Template) -> None:
    assert template.levels
    assert system_rules.read(system_rules.stored(template.rules), len(template.levels)) == list(template.rules)
    assert all(rule.source for rule in template.rules)


@pytest.mark.parametrize("wrong", [
    {"asks": "rank", "level": 1}, {"asks": "main"}, {"asks": "main", "level": 4}, {"asks": "main", "level": "1"},
    {"asks": "people", "level": 1}, {"asks": "people", "level": 1, "low": 4, "high": 3}, {"asks": "people", "level": 1, "low": -1},
    {"asks": "people", "level": 1, "low": 10**9}, {"asks": "cover", "level": 1, "value": "早班"}, {"asks": "team", "level": 1, "value": "x"},
    {"asks": "certificate", "level": 1, "value": ""}, {"asks": "capacity", "level": 1, "value": "doctor"}])
def test_a_rule_that_says_nothing_is_not_taken(wrong: dict[str, Any]) -> None:
    assert isinstance(system_rules.read([wrong], 3), BadRule)


def test_times_to_cover_are_read_as_written() -> None:
    """AT-43."""
    assert system_rules.cover("06:30-20:30") == shifts.Cover(390, 840)
    assert system_rules.cover("20:00-08:00") == shifts.Cover(1200, 720)
    assert system_rules.cover("0:00-24:00") == shifts.Cover(0, 1440)
    assert [system_rules.cover(text) for text in ("06:30", "25:00-26:00", "24:00-1:00", "")] == [None] * 4
