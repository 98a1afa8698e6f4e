"""The main job on real input: divisions, villages, a local scheme, a year of hotline cases, by the command line."""

import gzip
import json
import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import shapely

from tests.journeys.homes import Folder, counts
from tests.journeys.hotline import COUNTY, SCHEME, UNSORTED, VILLAGES, Row, mapping, scheme_of, table, write
from tests.settings import DATABASE

ALL = 29_534
ROWS = ALL if DATABASE == "sqlite" else 3_000
DIVISIONS = 704_749
SOME_PROVINCES = ("11", "64")  # on PostgreSQL, where one load of the whole country would take too long
BATCH = 50


@dataclass
class Real(Folder):
    """The district as set up, with the source's rows and the scheme that was made from them."""

    rows: tuple[Row, ...] = field(default=(), repr=False)
    divisions: tuple[Row, ...] = field(default=(), repr=False)
    classes: dict[str, str] = field(default_factory=dict, repr=False)
    left_by_kill: tuple[int, int, int, int] = (0, 0, 0, 0)
    villages: Any = field(default=None, repr=False)


@pytest.fixture(scope="module")
def real(test_data: Path, tmp_path_factory: pytest.TempPathFactory, fresh_database: Callable[[], str]) -> Real:
    """Everything, once: about two minutes of commands. The tests below only look at what became of it."""
    folder = tmp_path_factory.mktemp("real")
    made = Real(folder / "home", fresh_database())
    made.villages = json.loads(gzip.decompress((test_data / "tainan" / "villages.geojson.gz").read_bytes()))["features"]
    made.rows = tuple(chosen(made, table(test_data / "tainan" / "cases_2016.csv.gz")))
    made.run("init", "init", "--database", made.database, "--zone", "Asia/Taipei")
    load_ground(made, test_data)
    load_catalogue(made, test_data)
    load_cases(made)
    return made


def chosen(made: Real, rows: list[Row]) -> list[Row]:
    """All rows, or so many of them, among which are those in no village and those in two."""
    assert len(rows) == ALL
    odd = {row["id"] for row, codes in zip(rows, villages_at(made, rows), strict=True) if len(codes) != 1}
    return sorted(rows, key=lambda row: row["id"] not in odd)[:ROWS] if ROWS < ALL else rows


def load_ground(made: Real, test_data: Path) -> None:
    whole = test_data / "divisions" / "division_2019.csv.gz"
    made.divisions = tuple(table(whole))
    if DATABASE != "sqlite":
        made.divisions = tuple(row for row in made.divisions if row["code"][:2] in SOME_PROVINCES)
        whole = write(made.home.parent / "divisions.csv", list(made.divisions))
    made.run("divisions", "import", "divisions", whole)
    made.run("areas", "import", "areas", test_data / "tainan" / "villages.geojson.gz", *VILLAGES)


def load_catalogue(made: Real, test_data: Path) -> None:
    standards = test_data / "standards_yuncheng"
    made.classes = scheme_of(made.rows, made.home.parent / "classes.csv")
    made.run("classes", "import", "catalogue", "classes.csv", "--classes", "--scheme", SCHEME, "--title", "热线分类",
             "--digits", "2")
    flat = ("import", "catalogue", standards / "standards_flat.csv", "--scheme", "gbt30428.2-2013")
    made.run("flat", *flat)
    made.run("flat again", *flat)
    for name, words in (("components", ("--sheet", "部件", "--kind", "component")),
                        ("matters", ("--sheet", "事件", "--kind", "matter"))):
        made.run(name, "import", "catalogue", standards / "muban.xlsx", *words, "--scheme", "gbt30428.2-2013")
    made.run("preview", "import", "catalogue", standards / "standards_preview.csv", "--kind", "component",
             "--fill-down", "--scheme", "gbt47678.5-2026")


def load_cases(made: Real) -> None:
    folder, classes = made.home.parent, made.classes
    write(folder / "cases.csv", list(made.rows))
    mapping(folder / "map.toml", classes)
    mapping(folder / "other.toml", classes, source="other", area="")
    words = ("import", "cases", "cases.csv", "--mapping", "map.toml")
    killed = made.run_until(lambda: made.one("SELECT COUNT(*) FROM cases_case") >= ROWS * 2 // 5, *words)
    assert killed, "the import was over before it could be killed"
    made.left_by_kill = taken(made)
    made.run("verify after the kill", "journal", "verify")
    made.run("cases", *words)
    made.run("cases again", *words)
    made.run("outside", "import", "cases", "cases.csv", "--mapping", "other.toml", "--dry-run", "--rejects",
             "outside.csv")
    write(folder / "points.csv", [{"id": row["id"], "lon": row["lng"], "lat": row["lat"]} for row in made.rows])
    made.run("locate", "locate", "--file", "points.csv", "--out", "codes.csv")
    made.run("export", "export", "cases", "--out", "out.csv")
    made.run("verify", "journal", "verify")


def taken(made: Real) -> tuple[int, int, int, int]:
    """How many cases there are, entries that tell of them, heads of their chains, things due."""
    return (made.one("SELECT COUNT(*) FROM cases_case"),
            made.one("SELECT COUNT(*) FROM journal_entry WHERE verb = 'case.imported'"),
            made.one("SELECT COUNT(*) FROM journal_head WHERE subject >= 'case:' AND subject < 'case;'"),
            made.one("SELECT COUNT(*) FROM worklist_item"))


def test_the_divisions_are_all_there_level_by_level(real: Real) -> None:
    """704,749 rows of 2019 (a part of them on PostgreSQL): every row, and so many of each level as in the file."""
    wanted = Counter(int(row["level"]) for row in real.divisions)
    if DATABASE == "sqlite":
        assert sum(wanted.values()) == DIVISIONS
    found = dict(real.ask(f"SELECT level, COUNT(*) FROM grids_area WHERE code NOT LIKE '{COUNTY}%' GROUP BY level"))
    assert found == wanted
    assert counts(real.said["divisions"])["退回"] == 0


def test_the_villages_stand_under_their_towns(real: Real) -> None:
    above = {each["properties"]["VILLCODE"]: each["properties"] for each in real.villages}
    assert len(above) == 752
    rows = real.ask("SELECT v.code, t.code, c.code, v.name FROM grids_area v JOIN grids_area t ON t.id = v.parent_id"
                    f" JOIN grids_area c ON c.id = t.parent_id WHERE c.code = '{COUNTY}'")
    assert len(rows) == 752
    assert {code: (town, county) for code, town, county, _ in rows} == {
        code: (told["TOWNCODE"], told["COUNTYCODE"]) for code, told in above.items()}


def test_both_standards_of_a_real_city_are_taken_from_its_own_files(real: Real) -> None:
    """522 rows of the flat table, and the workbook and the table it was saved from, each with a title above the header."""
    assert (counts(real.said["flat"])["新增"], counts(real.said["flat"])["退回"]) == (517, 5)
    assert counts(real.said["flat again"])["不变"] == 517
    for name, rows in (("components", 375), ("matters", 142)):
        told = counts(real.said[name])
        assert told["新增"] + told["更新"] + told["不变"] == rows, real.said[name]
        assert told["停用"] == 0, "the workbook says the same as the table"
    assert counts(real.said["preview"])["新增"] == 279
    rejected = table(real.home.parent / "muban.xlsx.rejects.csv")
    assert len(rejected) == 5
    assert {"小类代码", "立案条件", "处置时限"} <= set(rejected[0]), "the columns of the sheet, not its title"


def test_a_killed_import_leaves_whole_batches_and_a_sound_journal(real: Real) -> None:
    cases, entries, heads, due = real.left_by_kill
    assert 0 < cases < ROWS
    assert cases % BATCH == 0
    assert cases == entries == heads == due
    assert "日志完好" in real.said["verify after the kill"]


def test_the_same_command_again_completes_it_and_once_more_changes_nothing(real: Real) -> None:
    before = real.left_by_kill[0]
    assert counts(real.said["cases"]) == {"新增": ROWS - before, "早已在库": before, "退回": 0}
    assert counts(real.said["cases again"]) == {"新增": 0, "早已在库": ROWS, "退回": 0}
    assert taken(real) == (ROWS, ROWS, ROWS, ROWS)
    assert not (real.home.parent / "cases.csv.rejects.csv").exists()


def test_every_case_is_classified_as_the_source_says(real: Real) -> None:
    wanted = Counter(real.classes[row["subcategory"] or UNSORTED] for row in real.rows)
    found = dict(real.ask("SELECT e.code, COUNT(*) FROM cases_case c JOIN catalogue_class e ON e.id = c.class_entry_id"
                          f" JOIN catalogue_scheme s ON s.id = e.scheme_id AND s.code = '{SCHEME}' GROUP BY e.code"))
    assert found == wanted


def villages_at(real: Real, rows: list[Row]) -> list[list[str]]:
    """The codes of the villages that cover each point, by shapely alone, the lowest first."""
    codes = [each["properties"]["VILLCODE"] for each in real.villages]
    outlines = shapely.make_valid(shapely.from_geojson([json.dumps(each["geometry"]) for each in real.villages]))
    points = shapely.points([(float(row["lng"]), float(row["lat"])) for row in rows])
    found: list[list[str]] = [[] for _ in rows]
    for point, outline in shapely.STRtree(outlines).query(points, predicate="covered_by").T:
        found[point].append(codes[outline])
    return [sorted(each) for each in found]


def test_every_case_lies_in_the_village_that_covers_it_the_lowest_code_on_ties(real: Real) -> None:
    """All of them, against shapely's own `covers`; what no village covers went to the county that the mapping names."""
    wanted = dict(zip((row["id"] for row in real.rows), villages_at(real, list(real.rows)), strict=True))
    assert sum(len(each) > 1 for each in wanted.values()) > 0, "some points lie in two villages"
    found = dict(real.ask("SELECT c.source_id, a.code FROM cases_case c JOIN grids_area a ON a.id = c.area_then_id"))
    wrong = {key: (found[f"hotline-2016:{key}"], codes) for key, codes in wanted.items()
             if found[f"hotline-2016:{key}"] != (codes[0] if codes else COUNTY)}
    assert wrong == {}


def test_the_points_of_a_file_are_located_alike(real: Real) -> None:
    codes = {row["id"]: row["code"] for row in table(real.home.parent / "codes.csv")}
    assert list(codes) == [row["id"] for row in real.rows]
    some = random.Random(2016).sample(list(real.rows), 2_000)
    assert [codes[row["id"]] for row in some] == [each[0] if each else "" for each in villages_at(real, some)]


def test_without_a_fallback_points_outside_are_turned_down_by_row_with_the_reason(real: Real) -> None:
    outside = [index for index, codes in enumerate(villages_at(real, list(real.rows)), 2) if not codes]
    told = counts(real.said["outside"])
    assert told == {"新增": ROWS - len(outside), "早已在库": 0, "退回": len(outside)}
    rejected = table(real.home.parent / "outside.csv")
    assert [int(row["原文件行号"]) for row in rejected] == outside != []
    assert {row["退回原因代码"] for row in rejected} == {"case.no_area"}
    assert all("不在本区任何网格内" in row["退回原因"] for row in rejected)


def test_every_case_is_in_the_export_with_its_place_and_class(real: Real) -> None:
    rows = table(real.home.parent / "out.csv")
    assert len(rows) == ROWS
    by_source = {row["来源编号"].removeprefix("hotline-2016:"): row for row in rows}
    for row in random.Random(7).sample(list(real.rows), 500):
        told = by_source[row["id"]]
        assert told["开始时间"] == row["requested_at"].replace(" ", "T") + "+08:00"
        assert told["环节"] == "reported"
        assert (float(told["经度"]), float(told["纬度"])) == (float(row["lng"]), float(row["lat"]))


def test_numbers_are_unique_and_of_the_year_in_which_it_was_reported(real: Real) -> None:
    years = Counter(row["requested_at"][:4] for row in real.rows)
    numbers = [number for (number,) in real.ask("SELECT number FROM cases_case")]
    assert len(set(numbers)) == ROWS
    assert Counter(number.split("-")[1] for number in numbers) == years


def test_the_journal_verifies(real: Real) -> None:
    assert "日志完好" in real.said["verify"]
