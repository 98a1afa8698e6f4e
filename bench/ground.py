"""The district under measurement, made by the product's own commands: 10,000 unit grids of 100 × 100 m in 20 streets of
10 communities, the national classes, filing conditions, rules, units, people with device tokens.

`python -m bench.ground` over the home named by JINGWEI_HOME; prints what a client needs to know. With the word `small`
only the 100 unit grids in its middle, for work that does not depend on their number.
"""

import json
import random
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from jingwei.cli.ready import django_ready

SCHEME = "gbt47678.5-2026"
SIDE = 100                      # unit grids along each side of the district
MIDDLE = range(45, 55)          # of the small one, along each side
WEST, SOUTH = 102.0, 40.0
STEP_LON, STEP_LAT = 0.001174, 0.0009   # 100 m at 40° north
COUNTY = "990101"
STREETS, COMMUNITIES = 20, 10
UNITS = ("HW", "YL", "ZF", "SW", "LD")
CLASSES = 30                    # minor classes that have conditions and rules
PEOPLE = {                      # login: role, areas, unit of work, unit that ties the role
    "worker": ("supervisor", "twelve", "", ""),
    "county": ("acceptor", "county", "SC", ""),
    "street": ("acceptor", "street", "SC", ""),
    "acceptor": ("acceptor", "county", "SC", ""),
    "leader": ("shift_leader", "county", "SC", ""),
    "dispatcher": ("dispatcher", "county", "CC", ""),
    "handler": ("handler", "county", "HW", "HW"),
    "inspector": ("supervisor", "county", "", ""),
}


class Row(NamedTuple):
    number: int
    values: dict[str, str]


def point(chance: random.Random, drawn: range = range(SIDE)) -> tuple[float, float]:
    """A place somewhere in the district, degrees."""
    return (WEST + (drawn.start + chance.random() * len(drawn)) * STEP_LON,
            SOUTH + (drawn.start + chance.random() * len(drawn)) * STEP_LAT)


def street_code(column: int) -> str:
    return f"{COUNTY}{column * STREETS // SIDE + 1:03d}"


def unit_code(column: int, row: int) -> str:
    """15 digits: street by column, community by row, numbered within the community."""
    community = f"{street_code(column)}{row * COMMUNITIES // SIDE + 1:03d}"
    wide, high = SIDE // STREETS, SIDE // COMMUNITIES
    return f"{community}{column % wide * high + row % high + 1:03d}"


def layer(drawn: range = range(SIDE)) -> dict[str, Any]:
    features = []
    for column in drawn:
        for row in drawn:
            west, south = round(WEST + column * STEP_LON, 6), round(SOUTH + row * STEP_LAT, 6)
            east, north = round(WEST + (column + 1) * STEP_LON, 6), round(SOUTH + (row + 1) * STEP_LAT, 6)
            code = unit_code(column, row)
            features.append({
                "type": "Feature",
                "geometry": {"type": "Polygon", "coordinates": [
                    [[west, south], [east, south], [east, north], [west, north], [west, south]]]},
                "properties": {
                    "code": code, "name": f"单元{code[6:]}", "community": code[:12], "community_name": f"社区{code[6:12]}",
                    "street": code[:9] + "000", "street_name": f"街道{code[6:9]}", "county": f"{COUNTY}000000",
                    "county_name": "示例区", "city": "990100000000", "city_name": "示例市", "province": "990000000000",
                    "province_name": "示例省"}})
    return {"type": "FeatureCollection", "features": features}


def draw(boss: Any, drawn: range) -> None:
    from jingwei.grids.codes import Kind, Level
    from jingwei.grids.commands import import_areas
    from jingwei.grids.layers import Above, Fields

    above = tuple(Above(kind.value, f"{kind.value}_name", level, kind) for kind, level in (
        (Kind.COMMUNITY, Level.VILLAGE), (Kind.STREET, Level.TOWN), (Kind.COUNTY, Level.COUNTY),
        (Kind.CITY, Level.CITY), (Kind.PROVINCE, Level.PROVINCE)))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "units.geojson"
        path.write_text(json.dumps(layer(drawn)), "utf-8")
        done = import_areas(boss, path, Fields("code", "name", Level.UNIT, Kind.UNIT, above=above), publish=True)
    if done.new < len(drawn) ** 2:
        raise RuntimeError(f"only {done.new} areas were made")


def chosen_classes() -> list[str]:
    """The codes of the first minor classes of matters of the scheme."""
    from jingwei.catalogue import queries
    from jingwei.journal.queries import generations

    rows = queries.book(generations()).classes.values()
    return sorted(row.code for row in rows if row.scheme == SCHEME and row.kind == "matter")[:CLASSES]


def fill_catalogue(boss: Any) -> list[str]:
    from jingwei.accounts.commands import units
    from jingwei.catalogue.commands import import_rules, import_standard, install_scheme

    install_scheme(boss, SCHEME)
    for code, name in (("SC", "监督中心"), ("CC", "指挥中心"), ("HW", "环卫所"), ("YL", "园林所"), ("ZF", "执法中队"),
                       ("SW", "水务所"), ("LD", "路灯所")):
        units.create(boss, code, name)
    units.create(boss, "HW-1", "环卫一队", parent_code="HW")
    codes = chosen_classes()
    names = ("类别", "大类代码", "小类代码", "立案条件", "处置时限", "结案条件")
    _whole(import_standard(boss, SCHEME, [
        Row(number, dict(zip(names, ("事项", code[:2], code[2:], f"条件{code}", "4工作小时", "恢复原状"), strict=True)))
        for number, code in enumerate(codes, 2)]))
    _whole(import_rules(boss, SCHEME, [
        Row(number, {"类别": "事项", "分类代码": code, "区域编码": f"{COUNTY}000000", "单位编码": unit})
        for number, (code, unit) in enumerate(_answering(codes), 2)]))
    return [f"{SCHEME}/matter/{code}" for code in codes]


def _answering(codes: list[str]) -> Iterator[tuple[str, str]]:
    for number, code in enumerate(codes):
        yield code, UNITS[number % len(UNITS)]


def _whole(outcome: Any) -> None:
    if outcome.remarks:
        raise RuntimeError(outcome.remarks[0].text())


def scope(name: str) -> list[str]:
    """Codes of the areas somebody is responsible for. `twelve`: unit grids side by side in one community."""
    if name == "twelve":
        return [unit_code(50 + number % 3, 50 + number // 3) for number in range(12)]
    return [f"{COUNTY}010000" if name == "street" else f"{COUNTY}000000"]


def hire(boss: Any) -> dict[str, dict[str, str]]:
    from jingwei.accounts import queries
    from jingwei.accounts.commands import grants, sign_in, tokens, users

    found = {}
    for login, (role, areas, home, tied) in PEOPLE.items():
        user_id = users.create(boss, login, f"{login}示例", unit_code=home)
        for area in scope(areas):
            grants.give(boss, user_id, role, area, unit_code=tied)
        key = sign_in.admit(user_id).key
        actor = queries.actor_of_session(key)
        assert actor is not None
        found[login] = {"id": str(user_id), "token": tokens.issue_token(actor, "测量").token}
    return found


def build(drawn: range = range(SIDE)) -> dict[str, Any]:
    """Everything. Returns classes and people with their tokens."""
    from jingwei.accounts.queries import operator

    boss = operator()
    draw(boss, drawn)
    classes = fill_catalogue(boss)
    return {"classes": classes, "people": hire(boss)}


if __name__ == "__main__":
    django_ready()
    json.dump(build(MIDDLE if "small" in sys.argv[1:] else range(SIDE)), sys.stdout, ensure_ascii=False)
