"""Files of areas into the tables: staged, invisible until switched, killed and repeated, on both databases."""

import csv
import gzip
import hashlib
import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from jingwei.accounts.errors import AccountError
from jingwei.grids import commands, findings, queries
from jingwei.grids.codes import Kind
from jingwei.grids.commands import importing
from jingwei.grids.errors import GridError
from jingwei.grids.findings import Remark
from jingwei.grids.layers import Above, Fields
from jingwei.grids.models import Area, Boundary, PlanChange, PlanVersion
from jingwei.journal.queries import history
from jingwei.kernel.actor import Actor
from jingwei.kernel.errors import Refusal
from tests.grids.conftest import COUNTY, EAST, STREET, TREE, WEST, Town, box, layer, manager, middle, units

pytestmark = pytest.mark.django_db
UNITS = Fields("code", "name", 7, Kind.UNIT)


def refused(actor: Actor, source: bytes, **options: Any) -> Refusal:
    with pytest.raises(Refusal) as refusal:
        commands.import_divisions(actor, source, **options)
    return refusal.value


def test_every_area_knows_its_path_its_parent_and_its_county(tree: Town) -> None:
    west = Area.objects.get(code=WEST)
    chain = queries.chain(west.id)
    assert [place.code for place in chain] == ["990000000000", "990100000000", COUNTY, STREET, WEST]
    assert west.path == "".join(f"{place.area_id}/" for place in chain)
    assert [place.county for place in chain] == ["990000", "990100", "990101", "990101", "990101"]
    assert west.parent_id == tree[STREET]


def test_an_import_is_one_entry_with_the_hash_of_the_file(tree: Town) -> None:
    plan = PlanVersion.objects.get()
    entries = history(f"plan:{plan.id}")
    assert [entry.verb for entry in entries] == ["plan.imported", "plan.published"]
    data = json.loads(entries[0].data)
    assert data["file"] == hashlib.sha256(TREE.encode()).hexdigest()
    assert data["rows"] == {"new": 6, "renamed": 0, "moved": 0, "redrawn": 0, "unchanged": 0, "refused": 0}


def test_a_draft_is_invisible_until_it_is_published(db: Any, operator: Actor) -> None:
    outcome = commands.import_divisions(operator, TREE.encode(), publish=False)
    assert (outcome.new, outcome.published) == (6, None)
    assert queries.roots(operator) == []
    assert queries.place_by_code(WEST) is None
    assert queries.path_of_code(COUNTY) is None
    assert queries.summary()["areas"] == 0
    assert outcome.plan_id is not None
    assert commands.publish_plan(operator, outcome.plan_id) == 1
    assert queries.summary()["areas"] == 6
    assert [line.code for line in queries.roots(operator)] == ["990000000000"]


def test_the_same_file_again_changes_nothing_and_leaves_no_version(tree: Town, operator: Actor) -> None:
    outcome = commands.import_divisions(operator, TREE.encode())
    assert (outcome.plan_id, outcome.unchanged) == (None, 6)
    assert PlanVersion.objects.count() == 1


def test_a_later_list_renames_moves_and_adds(tree: Town, operator: Actor) -> None:
    """GRD-18: re-parenting in bulk. The 2023 list disagrees with the 2019 one."""
    later = (TREE.replace("枫林社区", "枫林新村社区").replace(f"{EAST},书院社区,{STREET}", f"{EAST},书院社区,990101002000")
             + f"990101002000,稻香街道,{COUNTY}\n")
    outcome = commands.import_divisions(operator, later.encode())
    assert outcome.counts() == {"new": 1, "renamed": 1, "moved": 1, "redrawn": 0, "unchanged": 4, "refused": 0}
    assert [place.name for place in queries.chain(tree[EAST])][-2:] == ["稻香街道", "书院社区"]
    assert queries.place_of(tree[WEST]).name == "枫林新村社区"  # type: ignore[union-attr]
    published = json.loads(history(f"plan:{outcome.plan_id}")[-1].data)
    ((moved, before, after),) = published["moves"]
    assert moved == tree[EAST]
    assert after == Area.objects.get(code="990101002000").path + f"{tree[EAST]}/"
    assert before != after


def test_planned_renames_and_moves_wait_for_the_switch(tree: Town, operator: Actor) -> None:
    before = Area.objects.get(code=WEST).path
    commands.import_divisions(operator, TREE.replace("枫林社区", "新名社区").encode(), publish=False)
    assert PlanChange.objects.count() == 1
    assert (Area.objects.get(code=WEST).name, Area.objects.get(code=WEST).path) == ("枫林社区", before)


def test_an_area_cannot_leave_its_county(tree: Town, operator: Actor) -> None:
    """Architecture section 5: the county is immutable."""
    later = TREE.replace(f"{EAST},书院社区,{STREET}", f"{EAST},书院社区,990102001000") + (
        "990102000000,邻区,990100000000\n990102001000,邻街道,990102000000\n")
    outcome = commands.import_divisions(operator, later.encode())
    assert [(one.row, one.reason) for one in outcome.refused] == [(7, GridError.OTHER_COUNTY)]
    assert Area.objects.get(code=EAST).parent_id == tree[STREET]
    assert outcome.new == 2


def test_a_retired_code_is_refused_by_name(tree: Town, operator: Actor) -> None:
    commands.retire(operator, tree[EAST])
    outcome = commands.import_divisions(operator, (TREE + "990101001003,新社区,990101001000\n").encode())
    assert Remark.CODE_RETIRED.code in findings.counts(outcome.findings)
    assert (outcome.new, len(outcome.refused)) == (1, 1)


def test_a_code_in_somebody_elses_draft_is_refused(tree: Town, operator: Actor) -> None:
    plan = commands.open_plan(operator, "草案")
    commands.create_area(operator, "990101001003", "新社区", "community", parent_id=tree[STREET], plan_id=plan)
    outcome = commands.import_divisions(operator, (
        TREE + "990101001003,新社区,990101001000\n990101001004,又一社区,990101001000\n").encode())
    assert Remark.CODE_IN_DRAFT.code in findings.counts(outcome.findings)
    assert outcome.new == 1


def test_children_of_a_row_refused_by_the_tables_are_refused_too(tree: Town, operator: Actor) -> None:
    commands.retire(operator, tree[EAST])
    text = f"code,name,parent_code\n{EAST},书院社区,{STREET}\n{EAST}001,1号,{EAST}\n990101001003,新社区,{STREET}\n"
    outcome = commands.import_divisions(operator, text.encode())
    assert findings.counts(outcome.refused) == {Remark.CODE_RETIRED.code: 1, Remark.PARENT_REFUSED.code: 1}


def test_a_file_of_which_nothing_can_be_taken_is_refused_with_the_first_reason(db: Any, operator: Actor) -> None:
    refusal = refused(operator, f"code,name,parent_code\n{WEST},枫林社区,{STREET}\n".encode())
    assert refusal.reason is GridError.NOTHING_TAKEN
    assert STREET in refusal.text()
    assert PlanVersion.objects.count() == 0


def test_a_row_with_two_faults_counts_as_one_row(town: Town, operator: Actor) -> None:
    line = json.dumps({"type": "FeatureCollection", "features": [{
        "type": "Feature", "properties": {"code": f"{WEST}009", "name": "线"},
        "geometry": {"type": "LineString", "coordinates": [[102, 40], [102.1, 40]]}}]}).encode()
    with pytest.raises(Refusal) as refusal:
        commands.import_areas(operator, line, UNITS)
    assert refusal.value.reason is GridError.NOTHING_TAKEN
    assert len(refusal.value.details["findings"]) > 1, "two remarks on it"
    assert "1 行有错" in refusal.value.text()


def test_only_who_may_change_everything_imports(tree: Town) -> None:
    refusal = refused(manager(Area.objects.get(code=COUNTY).path), TREE.encode())
    assert refusal.reason is AccountError.RIGHT_ELSEWHERE


class Killed(BaseException):
    """Power cut."""


def test_an_import_killed_half_way_shows_nothing_and_goes_on_when_repeated(
        db: Any, operator: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    """T1, architecture section 3: killed at any point an import is resumed or leaves nothing visible."""
    monkeypatch.setattr(importing, "BATCH", 2)

    def kill(done: int, total: int) -> None:
        if done == 4:
            raise Killed

    with pytest.raises(Killed):
        commands.import_divisions(operator, TREE.encode(), progress=kill)
    assert Area.objects.count() == 4
    assert queries.roots(operator) == []
    assert queries.place_by_code("990000000000") is None
    seen: list[int] = []
    outcome = commands.import_divisions(operator, TREE.encode(), progress=lambda done, total: seen.append(done))
    assert (outcome.new, outcome.published) == (6, 1)
    assert seen == [2, 4, 6]
    assert PlanVersion.objects.count() == 1
    assert [place.code for place in queries.chain(Area.objects.get(code=WEST).id)] == [
        "990000000000", "990100000000", COUNTY, STREET, WEST]


def test_another_file_has_to_wait_until_the_unfinished_one_is_finished_or_dropped(
        db: Any, operator: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importing, "BATCH", 2)

    def kill(done: int, total: int) -> None:
        raise Killed

    with pytest.raises(Killed):
        commands.import_divisions(operator, TREE.encode(), progress=kill)
    other = TREE.replace("示例省", "别省").encode()
    assert refused(operator, other).reason is GridError.IMPORT_UNFINISHED
    commands.drop_plan(operator, PlanVersion.objects.get(state="staging").id)
    assert Area.objects.count() == 0
    assert commands.import_divisions(operator, other).new == 6


def test_an_import_stops_when_the_tree_moves_under_it_and_goes_on_when_repeated(
        tree: Town, operator: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    """Paths handed out by a stale picture of the tree would be wrong."""
    monkeypatch.setattr(importing, "BATCH", 1)
    other = commands.create_area(operator, "990101002000", "稻香街道", "street", parent_id=tree[COUNTY])
    text = f"code,name,parent_code\n{WEST}001,1号,{WEST}\n{WEST}002,2号,{WEST}\n".encode()

    def move_away(done: int, total: int) -> None:
        if done == 1:
            commands.move(operator, tree[WEST], other)

    with pytest.raises(Refusal) as refusal:
        commands.import_divisions(operator, text, progress=move_away)
    assert refusal.value.reason is GridError.CHANGED_MEANWHILE
    outcome = commands.import_divisions(operator, text)
    assert outcome.new == 2
    above = Area.objects.get(code=WEST).path
    assert above.startswith(Area.objects.get(pk=other).path)
    for area in Area.objects.filter(code__in=[f"{WEST}001", f"{WEST}002"]):
        assert area.path == f"{above}{area.id}/"


def test_a_town_of_three_levels_keeps_its_numbers(db: Any, operator: Actor) -> None:
    """AT-02: 1 + 13 + 115 grids, every level-3 grid under exactly one level-2 grid; a tree without counties."""
    villages = [(f"V{n:02d}", "村" if n < 12 else "社区") for n in range(13)]
    lines = ["编码,名称,上级编码,类型", "T1,示例镇,,镇"]
    lines += [f"{code},{code}号,T1,{kind}" for code, kind in villages]
    lines += [f"G{n:03d},第{n}组,V{n % 13:02d},组" for n in range(115)]
    commands.set_up_system(operator, "fire", "消防网格", ["大网格", "中网格", "小网格"])
    outcome = commands.import_divisions(operator, "\n".join(lines).encode(), system="fire")
    assert outcome.new == 129
    (root,) = queries.roots(operator, system="fire")
    second = queries.children(operator, root.id)
    assert second is not None
    assert Counter(line.kind for line in second) == {"village": 12, "community": 1}
    assert sum(len(queries.children(operator, line.id) or []) for line in second) == 115
    assert set(Area.objects.filter(system="fire").values_list("county", flat=True)) == {"T1"}


def test_an_unknown_system_is_refused(db: Any, operator: Actor) -> None:
    assert refused(operator, TREE.encode(), system="moon").reason is GridError.UNKNOWN_SYSTEM


def test_a_layer_brings_outlines_and_units_in_their_communities(town: Town) -> None:
    assert Area.objects.filter(kind="unit").count() == 6
    assert Boundary.objects.count() == 8
    unit = Area.objects.get(code=f"{EAST}001")
    assert unit.parent_id == town[EAST]
    assert unit.county == "990101"
    size = Boundary.objects.get(area=unit).area_m2
    assert 11_000 < size < 11_500


def test_a_unit_across_two_communities_is_left_out_and_the_others_come_in(town: Town, operator: Actor) -> None:
    """AT-04 (i) on import."""
    rows = [(box(2.5, 1), {"code": f"{WEST}009", "name": "越界"})]
    with pytest.raises(Refusal) as refusal:
        commands.import_areas(operator, layer(rows), UNITS, by_place=True)
    assert refusal.value.reason is GridError.NOTHING_TAKEN
    assert Area.objects.filter(code=f"{WEST}009").count() == 0


def test_drawing_anew_takes_effect_with_the_switch(town: Town, operator: Actor) -> None:
    """GRD-07: dynamic adjustment by plan versions."""
    rows = [(box(0, 0, 1.4), {"code": f"{WEST}001", "name": "1号单元"}),
            (box(1.4, 0, 0.6), {"code": f"{WEST}002", "name": "2号单元"}), *units(WEST, 0)[2:]]
    outcome = commands.import_areas(operator, layer(rows), UNITS)
    assert (outcome.redrawn, outcome.unchanged) == (2, 1)
    assert queries.locate(*middle(0.7, 0)).code == f"{WEST}002"  # type: ignore[union-attr]
    assert outcome.plan_id is not None
    commands.publish_plan(operator, outcome.plan_id)
    assert queries.locate(*middle(0.7, 0)).code == f"{WEST}001"  # type: ignore[union-attr]


def test_a_killed_layer_import_goes_on_too(tree: Town, operator: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importing, "BATCH", 2)
    source = layer(units(WEST, 0))

    def kill(done: int, total: int) -> None:
        raise Killed

    with pytest.raises(Killed):
        commands.import_areas(operator, source, UNITS, progress=kill)
    outcome = commands.import_areas(operator, source, UNITS, publish=True)
    assert outcome.new == 3
    assert Boundary.objects.count() == 3
    assert queries.locate(*middle(2, 0)).code == f"{WEST}003"  # type: ignore[union-attr]


def test_a_unit_is_held_against_the_outline_of_its_community_however_its_parent_is_given(
        town: Town, operator: Actor) -> None:
    """AT-04 (i): also where a field names a responsibility grid as the parent."""
    commands.create_area(operator, f"{WEST}R01", "第一网格", "responsibility", parent_id=town[WEST])
    rows = [(box(2.6, 0), {"code": f"{WEST}020", "name": "越界", "grid": f"{WEST}R01"}),
            (box(0, 0.99, height=0.01), {"code": f"{WEST}021", "name": "窄条", "grid": f"{WEST}R01"})]
    outcome = commands.import_areas(operator, layer(rows), Fields("code", "name", 7, Kind.UNIT, parent="grid"))
    assert [(one.row, one.reason) for one in outcome.refused] == [(1, Remark.CROSSES)]
    assert Area.objects.get(code=f"{WEST}021").parent.code == f"{WEST}R01"  # type: ignore[union-attr]


def test_an_overlap_with_what_stands_already_is_told(town: Town, operator: Actor) -> None:
    """AT-04 (iv)."""
    rows = [(box(0.5, 0), {"code": f"{WEST}022", "name": "重叠"})]
    outcome = commands.import_areas(operator, layer(rows), UNITS)
    others = {one.details["other"] for one in outcome.findings if one.reason is Remark.OVERLAPS}
    assert others == {f"{WEST}001", f"{WEST}002"}
    assert outcome.new == 1


@pytest.mark.parametrize(("note", "told"), [("", [3]), ("农田，按地块划分", [])])
def test_a_responsibility_grid_with_few_units_is_told_unless_it_gives_a_reason(
        tree: Town, operator: Actor, note: str, told: list[int]) -> None:
    """AT-04 (v): 10-16 units in a dense area."""
    commands.create_area(operator, f"{WEST}R01", "第一网格", "responsibility", parent_id=tree[WEST], note=note)
    rows = [(geometry, {**values, "grid": f"{WEST}R01"}) for geometry, values in units(WEST, 0)]
    outcome = commands.import_areas(operator, layer(rows), Fields("code", "name", 7, Kind.UNIT, parent="grid"))
    assert [one.details["count"] for one in outcome.findings if one.reason is Remark.UNIT_COUNT] == told


def test_checking_a_file_writes_nothing(tree: Town, operator: Actor) -> None:
    before = Area.objects.count(), PlanVersion.objects.count()
    reading = commands.check_divisions((TREE + "990101001003,新社区,990101001000\n990101001004,,x\n").encode())
    assert (len(reading.rows), len(reading.refused)) == (7, 1)
    drawn = commands.check_areas(layer(units(WEST, 0)), UNITS)
    assert len(drawn.rows) == 3
    assert (Area.objects.count(), PlanVersion.objects.count()) == before


VILLAGES = Fields("VILLCODE", "VILLNAME", 5, Kind.VILLAGE, above=(
    Above("TOWNCODE", "TOWNNAME", 4, Kind.TOWN), Above("COUNTYCODE", "COUNTYNAME", 3, Kind.COUNTY)))


def test_a_city_of_villages_comes_in_with_towns_and_finds_every_hotline_point(test_data: Path, operator: Actor) -> None:
    """752 villages of 11-digit codes under 37 towns and a county of their fields; 29,534 points located."""
    outcome = commands.import_areas(operator, test_data / "tainan" / "villages.geojson.gz", VILLAGES, publish=True)
    assert outcome.new == 752 + 37 + 1
    assert set(Area.objects.values_list("county", flat=True)) == {"67000"}
    with gzip.open(test_data / "tainan" / "cases_2016.csv.gz", "rt", encoding="utf-8-sig") as source:
        points = [(float(row["lng"]), float(row["lat"])) for row in csv.DictReader(source)]
    places = queries.locate_many(*zip(*points, strict=True))
    assert len(places) == 29_534
    assert sum(place is None for place in places) == 5
    known = dict(Area.objects.values_list("code", "path"))
    for place, point in list(zip(places, points, strict=True))[::101]:
        one = queries.locate(*point)
        assert (one and one.code) == (place and place.code)
        if place:
            assert place.path.startswith(known[place.code[:8]])


def test_the_whole_country_comes_in(test_data: Path, operator: Actor) -> None:
    """GRD-18, product G1: 704,749 divisions; staged in batches, switched by a handful of statements."""
    seen: list[tuple[int, int]] = []
    outcome = commands.import_divisions(operator, test_data / "divisions" / "division_2019.csv.gz", publish=False,
                                        progress=lambda done, total: seen.append((done, total)))
    assert seen[0] == (importing.BATCH, 704_749)
    assert seen[-1] == (704_749, 704_749)
    assert outcome.counts()["new"] == 704_749
    assert findings.counts(outcome.findings) == {
        "grids.row.lost_sign": 16, "grids.row.private_sign": 3, "grids.row.skips_level": 77,
        "grids.row.trimmed": 1}
    assert outcome.plan_id is not None
    with CaptureQueriesContext(connection) as caught:
        commands.publish_plan(operator, outcome.plan_id)
    assert len(caught) < 30
    assert not [query["sql"] for query in caught if query["sql"].startswith('UPDATE "grids_area"')]
    counts = dict(Counter(Area.objects.values_list("level", flat=True)))
    assert counts == {1: 31, 2: 342, 3: 3272, 4: 43104, 5: 658000}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM grids_area c JOIN grids_area p ON p.id = c.parent_id"
            " WHERE c.path <> p.path || c.id || '/' OR c.level <= p.level OR (p.level >= 3 AND c.county <> p.county)")
        assert cursor.fetchone()[0] == 0
    dongcheng = queries.place_by_code("441900003000")
    assert dongcheng is not None
    assert (dongcheng.county, [place.name for place in queries.chain(dongcheng.area_id)]) == (
        "441900", ["广东省", "东莞市", "东城街道"])
    assert queries.place_by_code("653126100039").name == "茶花社区"  # type: ignore[union-attr]
