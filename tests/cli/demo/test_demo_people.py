"""Invented staff: nobody real, every post filled, a few gaps on purpose."""

import re
from datetime import timedelta

import pytest

from jingwei.accounts import words
from jingwei.accounts.rights import Role, clash
from jingwei.cli.demo.district import District
from jingwei.cli.demo.people import People, make_people
from jingwei.cli.demo.rules import CONDITIONS, KIND, RULES, SCHEME, TOWN, responsible_unit
from jingwei.cli.demo.scenes import REASONS, SCENES
from tests.cli.demo.conftest import TODAY


def test_names_and_numbers_are_plainly_invented(people: People) -> None:
    for member in people.members:
        assert re.fullmatch("[\u4e00-\u9fff](示例|演示|样例)[一二三四五六七八九]", member.name)
        assert re.fullmatch(r"000-0000-[0-9]{4}", member.phone)
    assert people.members[0].name == "王示例一"
    assert people.members[1].name == "李演示二"
    assert len({member.name for member in people.members}) == len(people.members)


def test_accounts_would_be_taken_as_they_are(people: People) -> None:
    assert len({member.login for member in people.members}) == len(people.members)
    for member in people.members:
        assert words.login(member.login) == member.login
        assert words.name(member.name) == member.name
    for unit in people.units:
        assert words.code(unit.code) == unit.code
        assert words.kind(unit.kind) == unit.kind


def test_every_post_is_filled_and_nobody_holds_two_that_exclude_each_other(people: People) -> None:
    """STF-14"""
    assert {a.role for member in people.members for a in member.appointments} == {role.code for role in Role}
    for member in people.members:
        held: set[Role] = set()
        for appointment in member.appointments:
            role = Role.named(appointment.role)
            assert role is not None
            assert clash(held, role) is None, member.login
            held.add(role)


@pytest.mark.parametrize(("role", "count"), [
    ("system_admin", 1), ("security_admin", 1), ("audit_admin", 1), ("area_admin", 1), ("leader", 1), ("evaluator", 1),
    ("acceptor", 6), ("shift_leader", 2), ("dispatcher", 4), ("community_officer", 8), ("town_officer", 2),
    ("county_officer", 1),
])
def test_so_many_hold_each_post(people: People, role: str, count: int) -> None:
    assert len(people.holding(role)) == count


def test_units_and_areas_that_are_named_exist(people: People, district: District) -> None:
    seen = {""}
    for unit in people.units:
        assert unit.parent in seen
        seen.add(unit.code)
    areas = {area.code for area in district.areas} | {grid.code for grid in district.responsibility_grids}
    for member in people.members:
        assert member.unit in seen
        assert all(a.area in areas | {"*"} and a.unit in seen for a in member.appointments)
    assert all(rule.unit in seen and (not rule.area or rule.area in areas) for rule in RULES)


def test_handlers_are_bound_to_their_unit_and_every_unit_with_a_rule_has_some(people: People) -> None:
    for unit in {rule.unit for rule in RULES} - {""}:
        assert len(people.holding("handler", unit=unit)) == 2
    assert all(a.unit == member.unit for member in people.members for a in member.appointments if a.role == "handler")


def test_grids_have_one_main_and_a_deputy_beside_a_few_gaps(people: People, district: District) -> None:
    """STF-03, STF-07"""
    mains = {p.grid: p.login for p in people.postings if p.post == "main" and p.until is None}
    deputies = {p.grid: p.login for p in people.postings if p.post == "deputy"}
    assert len(set(mains.values())) == len(mains)
    grids = {grid.code for grid in district.responsibility_grids}
    assert len(grids - mains.keys()) == 3
    assert len(grids - mains.keys() - deputies.keys()) == 1
    assert 4 <= len(grids - deputies.keys()) <= 10
    assert not [grid for grid in grids if mains.get(grid, "-") == deputies.get(grid)]
    scope = {(m.login, a.area) for m in people.members for a in m.appointments if a.role == "supervisor"}
    assert all((login, grid) in scope for grid, login in (mains | {}).items())
    assert all((login, grid) in scope for grid, login in deputies.items())


def test_who_left_a_grid_holds_nothing_any_more(people: People) -> None:
    left = {posting.login for posting in people.postings if posting.until is not None}
    assert len(left) == 2
    assert all(not member.appointments for member in people.members if member.login in left)
    assert all(posting.until is None or posting.until < TODAY for posting in people.postings)


def test_somebody_is_on_leave_today(people: People) -> None:
    away = [absence for absence in people.absences if absence.since <= TODAY <= absence.until]
    assert len(away) == 2


def test_the_same_seed_gives_the_same_people(people: People, district: District) -> None:
    assert make_people(district, 1, TODAY) == people
    assert make_people(district, 2, TODAY) != people
    assert make_people(district, 1, TODAY + timedelta(days=1)).members == people.members


def test_two_classes_wait_at_dispatch_because_no_rule_names_a_unit() -> None:
    without = {condition.code for condition in CONDITIONS if not responsible_unit(condition.code, "990101001")}
    assert without == {"01027", "10002"}


@pytest.mark.parametrize(("code", "area", "unit", "gloss"), [
    ("01001", "990101001", "SWGS", "manhole covers of the water company"),
    ("01005", "990101001", "GDGS", "those of the power company"),
    ("03005", "990101001", "CGJ-HW", "sanitation"),
    ("03005", TOWN + "001", "DXZ-HB", "in the town its own office: the narrower area first"),
    ("04002", TOWN + "001", "CGJ-YL", "greening everywhere"),
    ("06036", "990101001", "CGJ-ZF", "appearance: enforcement, by the class"),
    ("06012", "990101001", "CGJ-HW", "but a dirty road: sanitation, the longer prefix"),
    ("08004", "990101001", "ZJJ", "construction"),
    ("09005", "990101001", "CGJ-ZF", "street order"),
])
def test_the_longest_prefix_and_then_the_narrower_area_decide(code: str, area: str, unit: str, gloss: str) -> None:
    assert responsible_unit(code, area) == unit, gloss


def test_every_class_stands_in_the_national_list() -> None:
    """CAT: the demonstration names no class of its own."""
    import csv
    from importlib import resources

    text = (resources.files("jingwei.catalogue") / "data" / f"{SCHEME}.csv").read_text(encoding="utf-8")
    known = {row["code"] for row in csv.DictReader(text.splitlines()) if row["kind"] == KIND}
    assert {condition.code for condition in CONDITIONS} <= known
    assert {rule.prefix for rule in RULES if len(rule.prefix) == 5} <= known


def test_every_scene_has_its_condition_and_words() -> None:
    assert len({scene.condition for scene in SCENES}) == len(SCENES)
    assert {scene.condition for scene in SCENES} <= set(CONDITIONS)
    assert all(scene.seen and scene.done for scene in SCENES)
    assert all(REASONS.values())
