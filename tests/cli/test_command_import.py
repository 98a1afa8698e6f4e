"""A district from files (a day's work for its administrator): every import, its dry run, its rejects, its repeat."""

import csv
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from jingwei.kernel import clock

SQUARE = [[[116.0, 39.0], [116.001, 39.0], [116.001, 39.001], [116.0, 39.001], [116.0, 39.0]]]
NEXT = [[[116.001, 39.0], [116.002, 39.0], [116.002, 39.001], [116.001, 39.001], [116.001, 39.0]]]

DIVISIONS = """code,name,parent_code
990000000000,示例省,
990100000000,示例市,990000000000
990101000000,示例区,990100000000
990101001000,演示街道,990101000000
"""
UNITS = "单位编码,单位名称,上级编码\nC1,示例中心,\nD1,示例市政,C1\nD1,重复,\n,无编码,\n"
STAFF = ("登录名,姓名,单位编码,岗位,区域编码\nwangshili,王示例,D1,handler,990101\nliyanshi,李演示,,受理员,*\n"
         "zhaoyanshi,赵演示,,supervisor,990101001001\nnobody,某某,,astronaut,*\n")
STAFFING = "网格编码,登录名,岗位,开始\n990101001001,zhaoyanshi,主责,2026-01-01\n990101001001,ghost,副,2026-01-01\n"
RULES = "类别,分类代码,区域编码,单位编码\n部件,01,,D1\n部件,77,,D1\n事件,,990101,C9\n"
CASES = ("编号,情况,经度,纬度,时间\nA1,井盖破损,116.0005,39.0005,2026-03-02 09:00\nA2,垃圾堆放,116.0015,39.0005,2026-03-02 10:00\n"
         "A3,远处,100.0,30.0,2026-03-02 10:00\nA4,无时间,116.0005,39.0005,\nA1,重复,116.0005,39.0005,2026-03-02 09:00\n")
MAPPING = """source = "old"
zone = "Asia/Shanghai"
time_formats = ["%Y-%m-%d %H:%M"]
[columns]
id = "编号"
text = "情况"
lon = "经度"
lat = "纬度"
reported_at = "时间"
"""


def layer(*features: tuple[str, str, object]) -> str:
    return json.dumps({"type": "FeatureCollection", "features": [
        {"type": "Feature", "properties": {"BM": code, "MC": name, "JD": "990101001000", "JDMC": "演示街道"},
         "geometry": {"type": "Polygon", "coordinates": ring}} for code, name, ring in features]})


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The working folder, with a file of everything."""
    for name, text in (("divisions.csv", DIVISIONS), ("units.csv", UNITS), ("staff.csv", STAFF),
                       ("staffing.csv", STAFFING), ("rules.csv", RULES), ("cases.csv", CASES), ("map.toml", MAPPING),
                       ("areas.geojson", layer(("990101001001", "一社区", SQUARE), ("990101001002", "二社区", NEXT),
                                               ("", "无编码", SQUARE)))):
        (tmp_path / name).write_text(text, "utf-8")
    return tmp_path


def test_a_district_is_set_up_from_its_files(folder: Path, command: Callable[..., str]) -> None:
    """One after the other, as they build on each other; each first tried, then done, then repeated."""
    command("import", "catalogue", "--install", "gbt47678.5-2026")
    steps = [
        (("import", "divisions", "divisions.csv"), "新增 4", "新增 4", "不变 4"),
        (("import", "areas", "areas.geojson", "--level", "社区", "--code", "BM", "--name", "MC",
          "--level", "street", "--code", "JD", "--name", "JDMC"), "新增 2", "新增 2", "不变 "),
        (("import", "units", "units.csv"), "新增 2", "新增 2", "不变 2"),
        (("import", "staff", "staff.csv"), "新增 3", "新增 3", "不变 3"),
        (("import", "staffing", "staffing.csv"), "新上岗 1", "新上岗 1", "新上岗 0"),
        (("import", "rules", "rules.csv", "--scheme", "gbt47678.5-2026"), "新增 1", "新增 1", "不变 1"),
        (("import", "cases", "cases.csv", "--mapping", "map.toml"), "新增 2", "新增 2", "早已在库 2"),
    ]
    for words, tried, done, again in steps:
        assert tried in command(*words, "--dry-run"), words
        assert done in command(*words), words
        assert again in command(*words), words
    reasons = {name: [(row["原文件行号"], row["退回原因代码"]) for row in table(folder / f"{name}.rejects.csv")]
               for name in ("units.csv", "staff.csv", "staffing.csv", "rules.csv", "cases.csv", "areas.geojson")}
    assert [number for number, _ in reasons["units.csv"]] == ["4", "5"]
    assert [number for number, _ in reasons["staff.csv"]] == ["5"]
    assert [number for number, _ in reasons["staffing.csv"]] == ["3"]
    assert [number for number, _ in reasons["rules.csv"]] == ["3", "4"]
    assert sorted(number for number, _ in reasons["cases.csv"]) == ["4", "5", "6"]
    assert [number for number, _ in reasons["areas.geojson"]] == ["3"]
    assert all(code for rows in reasons.values() for _, code in rows)
    assert table(folder / "staff.csv.rejects.csv")[0]["姓名"] == "某某", "the original cells stand beside the reason"

    found = command("locate", "116.0005", "39.0005")
    assert found.startswith("990101001001 一社区")
    (folder / "points.csv").write_text("id,lon,lat\np1,116.0005,39.0005\np2,116.001,39.0005\np3,0,0\np4,x,39\n")
    command("locate", "--file", "points.csv", "--out", "codes.csv")
    assert (folder / "codes.csv").read_text("utf-8").splitlines() == [
        "id,code", "p1,990101001001", "p2,990101001001", "p3,", "p4,"], "of two on the border the lowest code"

    command("export", "cases", "--out", "out.csv")
    rows = table(folder / "out.csv")
    assert {row["来源编号"] for row in rows} == {"old:A1", "old:A2"}
    assert {"时限", "截止时间", "是否超期"} <= set(rows[0])
    assert "已经存在" in command("export", "cases", "--out", "out.csv", status=1)
    assert len(table(folder / "out.csv")) == len(rows)
    assert "日志完好" in command("journal", "verify")


def test_holidays_make_a_new_version_once(folder: Path, command: Callable[..., str]) -> None:
    (folder / "2027.json").write_text(json.dumps({"year": 2027, "papers": [], "days": [
        {"name": "元旦", "date": "2027-01-01", "isOffDay": True}]}), "utf-8")
    assert "试运行" in command("import", "holidays", "2027.json", "--dry-run")
    assert "已导入" in command("import", "holidays", "2027.json")
    assert "没有变化" in command("import", "holidays", "2027.json")
    assert "元旦" in command("clock", "due", "--start", "2026-12-31T17:00", "--limit", "2 work_hour")
    assert "缺少" in command("import", "holidays", "cases.csv", status=1)


def test_a_scheme_and_a_standard_are_taken_from_tables(folder: Path, command: Callable[..., str]) -> None:
    (folder / "classes.csv").write_text("类别,编码,名称\n事件,01,市容\n事件,0101,乱堆\n事件,9901,没有大类\n", "utf-8")
    words = ("import", "catalogue", "classes.csv", "--classes", "--scheme", "own-1", "--title", "本地方案")
    assert "试运行" in command(*words, "--dry-run")
    assert "新增 2" in command(*words)
    assert table(folder / "classes.csv.rejects.csv")[0]["原文件行号"] == "4"
    assert "新增 205" in command("import", "catalogue", "--install", "gbt30428.2-2013")
    assert "不变 205" in command("import", "catalogue", "--install", "gbt30428.2-2013")
    assert "没有" in command("import", "catalogue", "--install", "unheard", status=1)
    assert "--scheme" in command("import", "catalogue", "classes.csv", status=2)


@pytest.mark.parametrize(("words", "status", "said"), [
    (("import", "units", "none.csv"), 1, "不存在"),
    (("import", "units", "map.toml"), 1, "没有"),
    (("import", "areas", "areas.geojson"), 2, "（level）"),
    (("import", "areas", "areas.geojson", "--code", "BM"), 2, "--level"),
    (("import", "areas", "areas.geojson", "--level", "planet", "--code", "BM"), 2, "planet"),
    (("import", "areas", "areas.geojson", "--level", "community", "--code", "BM"), 2, "（name）"),
    (("import", "areas", "areas.geojson", "--level", "county", "--code", "BM", "--name", "MC", "--level", "town",
      "--code", "JD"), 2, "图层本身"),
    (("import", "areas", "areas.geojson", "--level", "community", "--code", "NONE", "--name", "MC"), 1, "NONE"),
    (("import", "areas", "units.csv", "--level", "community", "--code", "BM", "--name", "MC"), 1, "没有"),
    (("import", "cases", "cases.csv", "--mapping", "none.toml"), 1, "不存在"),
    (("import", "cases", "cases.csv", "--mapping", "cases.csv"), 2, "TOML"),
    (("locate", "116"), 2, "经度"),
    (("locate", "116", "95"), 2, "-90 至 90"),
    (("locate", "--file", "cases.csv", "--out", "x.csv"), 1, "id"),
    (("import",), 2, "缺少参数"),
])
def test_what_cannot_be_read_is_refused_in_words(
        words: tuple[str, ...], status: int, said: str, folder: Path, command: Callable[..., str]) -> None:
    assert said in command(*words, status=status)


def test_when_no_row_is_taken_the_reasons_are_written_all_the_same(folder: Path, command: Callable[..., str]) -> None:
    (folder / "bad.csv").write_text("code,name,parent_code\n990101000000,示例区,990100000000\n坏,无,\n", "utf-8")
    command("import", "divisions", "bad.csv", status=1)
    assert [row["原文件行号"] for row in table(folder / "bad.csv.rejects.csv")] == ["2", "3"]
    (folder / "bad.csv").write_text(DIVISIONS, "utf-8")
    command("import", "divisions", "bad.csv")
    assert not (folder / "bad.csv.rejects.csv").exists(), "a list that no longer holds is taken away"


def test_a_layer_of_the_base_map_is_tried_shown_and_repeated(folder: Path, command: Callable[..., str]) -> None:
    words = ("import", "layer", "areas.geojson", "--as", "绿地", "--name", "MC")
    assert "可采用 3" in command(*words, "--dry-run")
    assert "绿地图层已换成第 1 版" in command(*words)
    assert "没有变化" in command(*words)


HOLIDAYS = "date,kind,name,year_file,source\n"


def test_a_list_of_days_off_with_bad_rows_is_refused_whole_and_names_each(folder: Path, command: Callable[..., str]) -> None:
    """A day that were left out silently would be worked."""
    (folder / "good.csv").write_text(f"{HOLIDAYS}2027-05-01,off,劳动节,2027,x\n", "utf-8")
    (folder / "bad.csv").write_text(
        f"{HOLIDAYS}2027-01-01,off,元旦,2027,x\n2027-13-01,off,坏,2027,x\n2027-10-01,rest,国庆节,2027,x\n", "utf-8")
    said = command("import", "holidays", "good.csv", "bad.csv", status=1)
    assert "第 3 行日期不对：“2027-13-01”" in said
    assert "退回 2 行，行号与原因见 bad.csv.rejects.csv" in said
    rejects = table(folder / "bad.csv.rejects.csv")
    assert [(row["原文件行号"], row["date"]) for row in rejects] == [("3", "2027-13-01"), ("4", "2027-10-01")]
    assert "只能写 off 或 work" in rejects[1]["退回原因"]
    (folder / "bad.csv").write_text(f"{HOLIDAYS}2027-01-01,off,元旦,2027,x\n", "utf-8")
    assert "已导入" in command("import", "holidays", "good.csv", "bad.csv")
    assert not (folder / "bad.csv.rejects.csv").exists()


def test_a_bad_day_of_a_year_file_is_named_too(folder: Path, command: Callable[..., str]) -> None:
    (folder / "2027.json").write_text(json.dumps({"year": 2027, "days": [
        {"name": "元旦", "date": "2027-01-01", "isOffDay": True}, {"name": "坏", "date": "2027-02-30", "isOffDay": True}]}))
    assert "days 第 2 项日期不对：“2027-02-30”，没有这一天" in command("import", "holidays", "2027.json", status=1)
    assert [row["原文件行号"] for row in table(folder / "2027.json.rejects.csv")] == ["2"]


def test_years_that_are_not_known_are_told_and_old_years_are_left_in_peace(
        folder: Path, command: Callable[..., str]) -> None:
    """2020-02-03 was a working Monday in the official list: nothing that who imports 2026 could mend."""
    this = clock.now().year
    (folder / "this.json").write_text(json.dumps({"year": this, "days": [
        {"name": "元旦", "date": f"{this}-01-01", "isOffDay": True}]}))
    said = command("import", "holidays", "this.json")
    assert "2020" not in said
    assert f"{this + 1} 年的放假安排还没有录入" in said


MERGED = """一座城市的标准（部件）,,,,,
大类代码,大类名称,小类代码,小类名称,立案条件,处置时限
01,公用设施,01,上水井盖,缺失,2紧急工作时
,,,,破损,4小时
,,,,移位,1天
,,02,污水井盖,缺失,2紧急工作时
,,,,破损,4小时
"""


@pytest.mark.parametrize(("given", "lacks"), [
    ((), "--kind component（部件）或 --kind matter（事件） 和 --fill-down；"), (("--kind", "component"), "加 --fill-down；"),
    (("--fill-down",), "加 --kind component（部件）或 --kind matter（事件）；")])
def test_a_standard_saved_from_merged_cells_is_refused_with_the_options_it_lacks(
        given: tuple[str, ...], lacks: str, folder: Path, command: Callable[..., str]) -> None:
    """Taken by half it would retire the other half of the standard in force."""
    command("import", "catalogue", "--install", "gbt30428.2-2013")
    (folder / "standard.csv").write_text(MERGED, "utf-8")
    words = ("import", "catalogue", "standard.csv", "--scheme", "gbt30428.2-2013")
    said = command(*words, *given, status=1)
    assert lacks in said
    example = next(line.strip() for line in said.splitlines() if line.startswith("  jingwei "))
    assert len(table(folder / "standard.csv.rejects.csv")) == {(): 5, ("--kind", "component"): 4}.get(given, 5)
    assert "新增 5" in command(*example.split()[1:])


def test_real_standards_are_refused_with_the_line_that_takes_them(
        folder: Path, test_data: Path, command: Callable[..., str]) -> None:
    command("import", "catalogue", "--install", "gbt30428.2-2013")
    for name in ("standards_preview.csv", "muban.xlsx"):
        said = command("import", "catalogue", test_data / "standards_yuncheng" / name, "--scheme", "gbt30428.2-2013", status=1)
        example = next(line.strip() for line in said.splitlines() if line.startswith("  jingwei "))
        assert "退回 0" in command(*example.split()[1:])


COMMUNITIES = ("import", "areas", "areas.geojson", "--level", "community", "--code", "BM", "--name", "MC")


@pytest.mark.parametrize("dry", [(), ("--dry-run",)])
@pytest.mark.parametrize(("given", "said_once"), [
    ((*COMMUNITIES, "--under", "777"), "库里没有编码为 777 的在用区域"),
    ((*COMMUNITIES, "--parent", "JD"), "字段 JD 里的 1 个上级编码（如 990101001000）没有一个在库"),
    ((*COMMUNITIES, "--under", "777", "--system", "nosuch"), "没有名为“nosuch”的网格体系"),
    (("import", "divisions", "divisions.csv", "--system", "nosuch"), "没有名为“nosuch”的网格体系"),
    (("import", "staffing", "staffing.csv", "--system", "nosuch"), "没有名为“nosuch”的网格体系"),
    (("import", "rules", "rules.csv", "--scheme", "nosuch"), "没有代码为“nosuch”的分类方案"),
    (("import", "holidays", "holidays.csv", "--area", "777"), "没有编码为“777”的区域"),
])
def test_what_an_option_names_is_looked_for_before_any_row(
        given: tuple[str, ...], said_once: str, dry: tuple[str, ...], folder: Path, command: Callable[..., str]) -> None:
    """One refusal for the option, no list of rejects with the same reason at every row."""
    (folder / "holidays.csv").write_text(f"{HOLIDAYS}2027-05-01,off,劳动节,2027,x\n", "utf-8")
    said = command(*given, *dry, status=1)
    assert said_once in said
    assert "退回" not in said
    assert not list(folder.glob("*.rejects.csv"))


def test_an_area_to_put_a_layer_under_is_found(folder: Path, command: Callable[..., str]) -> None:
    command("import", "divisions", "divisions.csv")
    assert "新增 2" in command(*COMMUNITIES, "--under", "990101001000", "--dry-run")
    assert "新增 2" in command(*COMMUNITIES, "--parent", "JD")


def test_every_refused_row_of_a_layer_is_in_the_list_of_rejects(folder: Path, command: Callable[..., str]) -> None:
    (folder / "many.geojson").write_text(layer(*(("坏码！", f"社区{number}", SQUARE) for number in range(130))))
    command("import", "areas", "many.geojson", "--level", "community", "--code", "BM", "--name", "MC", status=1)
    assert len(table(folder / "many.geojson.rejects.csv")) == 130
