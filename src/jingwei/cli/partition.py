"""`jingwei partition`: from streets, buildings and borders to a proposed plan and its report. Needs no data folder."""

import argparse
import json
import sys
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from jingwei.cli.errors import CliError
from jingwei.cli.partition_layers import (
    cases_of,
    codes_of,
    crs_of,
    existing_of,
    field_of,
    findings_of,
    households_of,
    layer_of,
    names_of,
    numbers_of,
    sets_of,
    settings_table,
    shapes_of,
    united,
)
from jingwei.cli.partition_told import Told, tell_given, tell_plan
from jingwei.formats.atomic import atomic_file
from jingwei.kernel.errors import Refusal

if TYPE_CHECKING:
    from jingwei.formats.layers import Layer
    from jingwei.grids.partition import GivenGroups, Plan, Settings

_EPILOG = """\
文件可以是 GeoJSON、GeoPackage、Shapefile（.shp 或 .zip）、DXF；有多个图层时写 文件::图层，或图层就叫 streets、buildings 等。
没有社区图层时，整个范围当作一个社区。结果用米制投影（CGCS2000 三度带，境外 UTM），图层 unit_grids 和 responsibility_grids。
例：jingwei partition --streets 道路.shp --buildings 建筑.shp --boundary hull --out plan.gpkg --report report.json
把已有的面（村、社区、单元网格）按案件量合成责任网格：jingwei partition --units 村.shp --cases 案件.csv --out plan.gpkg"""
_INPUTS = {"streets": "道路（线）", "buildings": "建筑（面），户数取字段 households 或 户数", "communities": "社区（面），单元网格不跨社区",
           "rivers": "河流（线）", "yards": "院落围墙（线）", "open": "水面、农田、山地（面），可以整块保留"}


def define(parser: argparse.ArgumentParser) -> None:
    for name, line in _INPUTS.items():
        parser.add_argument(f"--{name}", metavar="文件", help=line)
    parser.add_argument("--cases", metavar="文件", help="历年案件（点图层，或有经纬度两列的表格），计入工作量")
    parser.add_argument("--units", metavar="文件", help="已有的面：不再切分，只把它们合成责任网格")
    parser.add_argument("--weight", metavar="字段", help="--units 图层里工作量的字段，不写则按 --cases 的件数")
    parser.add_argument("--boundary", metavar="文件|hull", help="范围（面）；hull 为道路和建筑的外包；不写则为全部社区")
    parser.add_argument("--households", metavar="字段", help="建筑图层（或 --units 图层）里户数的字段")
    parser.add_argument("--households-field", dest="households", metavar="字段", help=argparse.SUPPRESS)
    parser.add_argument("--name", metavar="字段", help="社区图层里名称的字段")
    parser.add_argument("--code", metavar="字段", help="社区图层里编码的字段；写了就由西向东、由北向南给单元网格编码（社区码加三位）")
    parser.add_argument("--plan", metavar="文件", help="已有的方案（本命令写出的 .gpkg）：合格的单元网格原样保留，分组尽量不动；unit_grids 里可以加一列 fixed（1 为固定）")
    parser.add_argument("--together", metavar="编码", help="要分在同一个责任网格里的单元网格，一组里用逗号隔开，组间用分号，例如 编码1,编码2;编码3,编码4")
    parser.add_argument("--apart", metavar="编码", help="要分在不同责任网格里的单元网格，写法相同")
    parser.add_argument("--crs", metavar="坐标系", help="文件没有写明坐标系时必填，例如 EPSG:4547、GCJ-02")
    parser.add_argument("--seed", type=int, metavar="数", help="种子：同样的输入和种子得到同样的方案，默认 1")
    parser.add_argument("--settings", metavar="文件", help="划分设置（TOML），例如 unit_target = 10000、group_least = 20、group_most = 30")
    parser.add_argument("--out", required=True, metavar="文件", help="方案写到哪里（.gpkg）；已有的文件会替换")
    parser.add_argument("--report", metavar="文件", help="报告写到哪里（.json）")
    parser.epilog = _EPILOG
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    from jingwei.grids.partition import read_settings

    settings = read_settings(settings_table(options.settings), seed=options.seed, together=sets_of(options.together),
                             apart=sets_of(options.apart))
    if options.units:
        return _group(options, settings)
    if not options.streets:
        raise Refusal(CliError.RULE, why="没有说要划分什么：请给出道路 --streets，或者给出要合成责任网格的面 --units")
    return _divide(options, settings)


def _divide(options: argparse.Namespace, settings: "Settings") -> int:
    from jingwei.grids.partition import propose, unit_codes

    layers = {name: layer_of(getattr(options, name), name, options.crs) for name in _INPUTS if getattr(options, name)}
    edge = None if options.boundary in (None, "hull") else layer_of(options.boundary, "boundary", options.crs)
    crs = crs_of([*layers.values(), *([edge] if edge else [])])
    communities = codes_of(layers.get("communities"), options.code)
    shapes = {name: shapes_of(layer, crs) for name, layer in layers.items()}
    existing = existing_of(options.plan, crs) if options.plan else None
    boundary = options.boundary if edge is None else united(shapes_of(edge, crs))
    print("正在划分……首次使用要先编译，约需半分钟。", file=sys.stderr, flush=True)
    none: list[Any] = []
    with Told() as progress:
        plan = propose(
            shapes["streets"], shapes.get("buildings", none), boundary, shapes.get("communities", none),
            rivers=shapes.get("rivers", none), yards=shapes.get("yards", none), open_ground=shapes.get("open", none),
            households=households_of(layers["buildings"], options.households) if "buildings" in layers else None,
            cases=cases_of(options.cases, options.crs, crs) if options.cases else None,
            names=names_of(layers.get("communities"), options.name), settings=settings, progress=progress, existing=existing)
    report = replace(plan.report, remarks=(*findings_of([*layers.items(), *([("boundary", edge)] if edge else [])]), *plan.report.remarks))
    _write(options.out, plan, crs, unit_codes(plan, communities) if communities else [""] * len(plan.units))
    _write_report(options.report, crs, report.as_dict())
    tell_plan(report, options.out)
    return 0


def _group(options: argparse.Namespace, settings: "Settings") -> int:
    from jingwei.grids.partition import group_given

    if (wrong := [name for name in (*_INPUTS, "boundary", "plan") if getattr(options, name)]) or settings.together or settings.apart:
        told = "、".join(f"--{name}" for name in wrong) or "--together、--apart"
        raise Refusal(CliError.RULE, why=f"--units 只把已有的面合成责任网格，不能同时给 {told}")
    layer = layer_of(options.units, "units", options.crs)
    if not (options.cases or options.weight or options.households):
        raise Refusal(CliError.RULE, why="没有说工作量从哪里来：请给出案件 --cases，或图层里工作量的字段 --weight，或户数的字段 --households")
    crs = crs_of([layer])
    names = names_of(layer, options.name)
    cases = cases_of(options.cases, options.crs, crs) if options.cases else None
    print("正在合成……首次使用要先编译，约需半分钟。", file=sys.stderr, flush=True)
    with Told() as progress:
        found = group_given(
            shapes_of(layer, crs), cases=cases, weight=numbers_of(layer, options.weight) if options.weight else None,
            households=numbers_of(layer, options.households) if options.households else None, names=names, settings=settings,
            progress=progress)
    report = replace(found.report, remarks=(*findings_of([("units", layer)]), *found.report.remarks))
    _write_given(options.out, found, layer, names, crs, options.code)
    _write_report(options.report, crs, report.as_dict())
    tell_given(report, options.out)
    return 0


def _write_report(path: str | None, crs: str, report: dict[str, Any]) -> None:
    if path:
        with atomic_file(path) as stream:
            stream.write(json.dumps({"crs": crs, **report}, ensure_ascii=False, indent=2).encode())


def _write(path: str, plan: "Plan", crs: str, codes: list[str]) -> None:
    import numpy as np
    import shapely

    from jingwei.formats.layer_writing import OutLayer, write_geopackage

    names = np.array(plan.names, dtype=object)
    reasons = {one.unit: one.reason for one in plan.report.oddities}
    count, load = len(plan.units), plan.load
    units = {
        "nr": np.arange(1, count + 1), "code": np.array(codes, dtype=object), "community": names[plan.unit_community], "group_nr": plan.group_number[plan.unit_group],
        "area_m2": np.round(shapely.area(plan.units), 2), "households": load.households, "buildings": load.buildings,
        "cases": load.cases, "workload": load.work, "open": plan.unit_open.astype(np.int32),
        "reason": np.array([reasons.get(unit, "") for unit in range(count)], dtype=object),
    }
    number = len(plan.groups)
    groups = {
        "nr": plan.group_number, "community": names[plan.group_community],
        "units": np.bincount(plan.unit_group, minlength=number),
        "area_m2": np.round(shapely.area(plan.groups), 2),
        "households": np.bincount(plan.unit_group, weights=load.households, minlength=number),
        "workload": np.bincount(plan.unit_group, weights=load.work, minlength=number),
    }
    write_geopackage(path, [OutLayer("unit_grids", plan.units, units), OutLayer("responsibility_grids", plan.groups, groups)], crs)


def _write_given(path: str, found: "GivenGroups", layer: "Layer", names: list[str], crs: str, code: str | None) -> None:
    import numpy as np
    import shapely

    from jingwei.formats.layer_writing import OutLayer, write_geopackage

    kept = np.flatnonzero(found.group >= 0)
    field, features = field_of(layer, code, ("code", "编码")), list(layer)
    codes = [str(features[unit].properties.get(field) or "") if field else "" for unit in kept.tolist()]
    units = {
        "nr": kept + 1, "code": np.array(codes, dtype=object), "name": np.array([names[unit] for unit in kept.tolist()], dtype=object),
        "group_nr": found.group[kept] + 1, "area_m2": np.round(shapely.area(found.units[kept]), 2),
        "households": found.households[kept], "cases": found.cases[kept], "workload": found.work[kept],
    }
    number, group = len(found.groups), found.group[kept]
    groups = {
        "nr": np.arange(1, number + 1), "units": np.bincount(group, minlength=number), "area_m2": np.round(shapely.area(found.groups), 2),
        "households": np.bincount(group, weights=found.households[kept], minlength=number),
        "cases": np.bincount(group, weights=found.cases[kept], minlength=number),
        "workload": np.bincount(group, weights=found.work[kept], minlength=number),
    }
    write_geopackage(path, [OutLayer("unit_grids", found.units[kept], units), OutLayer("responsibility_grids", found.groups, groups)], crs)
