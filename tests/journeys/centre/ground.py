"""The place of the centre, from files: villages, units, staff, a scheme with filing conditions, rules, cases."""

import csv
import json
from collections.abc import Iterable, Sequence
from pathlib import Path

from tests.journeys.centre.cast import COUNTY, NEIGHBOUR, OUTSIDERS, PEOPLE, UNITS
from tests.journeys.homes import Folder
from tests.journeys.hotline import SCHEME, UNSORTED, VILLAGES, mapping, scheme_of, table

LIMITS = (("4工作时",), ("1工作日", "3工作日"), ("12紧急工作时",), ("2工作时",), ("7工作日", "2紧急工作时"))
NEXT_COUNTY = ((NEIGHBOUR[:2] + "0000000000", "示例省", ""), (NEIGHBOUR[:4] + "00000000", "示例市", NEIGHBOUR[:2] + "0000000000"),
               (NEIGHBOUR, "邻区", NEIGHBOUR[:4] + "00000000"))


def written(path: Path, header: Sequence[str], rows: Iterable[Sequence[str]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([header, *rows])
    return path


def set_up(made: Folder, test_data: Path, cases: int, *, whole: bool = False) -> None:
    """A new home with `cases` cases of the hotline, all waiting to be accepted. `whole`: with all of them, and the
    country's divisions beside the villages."""
    folder = made.home.parent
    made.run("init", "init", "--database", made.database, "--zone", "Asia/Taipei")
    made.run("areas", "import", "areas", test_data / "tainan" / "villages.geojson.gz", *VILLAGES)
    if whole:
        made.run("divisions", "import", "divisions", test_data / "divisions" / "division_2019.csv.gz")
    made.run("next", "import", "divisions", written(folder / "next.csv", ("code", "name", "parent_code"), NEXT_COUNTY))
    made.run("units", "import", "units", written(folder / "units.csv", ("单位编码", "单位名称", "上级编码"), UNITS))
    made.run("staff", "import", "staff", written(
        folder / "staff.csv", ("登录名", "姓名", "单位编码", "岗位", "区域编码", "限于单位"),
        [(who.login, who.name, who.unit, role, who.area, who.tied) for who in (*PEOPLE, *OUTSIDERS) for role in who.roles]))
    rows = table(test_data / "tainan" / "cases_2016.csv.gz")
    _catalogue(made, rows)
    some = rows if whole else [rows[index * len(rows) // cases] for index in range(cases)]
    written(folder / "cases.csv", list(some[0]), [list(row.values()) for row in some])
    made.run("cases", "import", "cases", "cases.csv", "--mapping", "map.toml")


def _catalogue(made: Folder, rows: list[dict[str, str]]) -> None:
    """Each class with no, one or two filing conditions in turn; one major class without a unit that answers for it."""
    folder = made.home.parent
    codes = scheme_of(tuple(rows), folder / "classes.csv")
    made.run("classes", "import", "catalogue", "classes.csv", "--classes", "--scheme", SCHEME, "--digits", "2")
    majors = {row["代码"]: row["名称"] for row in table(folder / "classes.csv") if len(row["代码"]) == 2}
    standard = [
        ("事件", code[:2], majors[code[:2]], code[2:], name, f"{name}：情形{number}", limit, "恢复")
        for index, (name, code) in enumerate(codes.items()) if index % 6
        for number, limit in enumerate(LIMITS[index % len(LIMITS)], 1)]
    written(folder / "standard.csv",
            ("类别", "大类代码", "大类名称", "小类代码", "小类名称", "立案条件", "处置时限", "结案条件"), standard)
    made.run("standard", "import", "catalogue", "standard.csv", "--scheme", SCHEME)
    units = ("JT", "SZ", "HB", "DW")
    without = codes[UNSORTED][:2]
    answering = {"違規停車": "JT", "交通運輸": "JT", "噪音舉發": "HB"}
    rules = [("事件", code, COUNTY, answering.get(name, units[index % 4])) for index, (code, name) in
             enumerate(sorted(majors.items())) if code != without]
    written(folder / "rules.csv", ("类别", "分类代码", "区域编码", "单位编码"), rules)
    made.run("rules", "import", "rules", "rules.csv", "--scheme", SCHEME)
    mapping(folder / "map.toml", codes)


def places(cases: Path) -> list[tuple[float, float]]:
    """Points at which somebody reported something, for reports of the centre's own people."""
    return [(float(row["lng"]), float(row["lat"])) for row in table(cases)]


def classes(table_of_classes: Path) -> list[str]:
    """The full codes of the local scheme."""
    return [f"{SCHEME}/matter/{row['代码']}" for row in table(table_of_classes) if len(row["代码"]) == 4]


def plan(path: Path, **values: object) -> Path:
    path.write_text(json.dumps(values, ensure_ascii=False), "utf-8")
    return path
