"""`jingwei partition`: from streets, buildings and borders to a proposed plan and its report. Needs no data folder."""

import argparse
import json
import sys
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from jingwei.cli.errors import CliError
from jingwei.formats.atomic import atomic_file
from jingwei.formats.layers import Layer, read_layer
from jingwei.formats.shape_errors import ShapeError
from jingwei.kernel.errors import Refusal

if TYPE_CHECKING:
    from jingwei.grids.partition import Existing, Plan, Report

_EPILOG = """\
文件可以是 GeoJSON、GeoPackage、Shapefile（.shp 或 .zip）；有多个图层时写 文件::图层，或图层就叫 streets、buildings 等。
没有社区图层时，整个范围当作一个社区。结果用米制投影（CGCS2000 三度带，境外 UTM），图层 unit_grids 和 responsibility_grids。
例：jingwei partition --streets 道路.shp --buildings 建筑.shp --boundary hull --out plan.gpkg --report report.json"""
_HOUSEHOLDS, _NAMES = ("households", "户数"), ("name", "名称", "社区", "社区名称", "code", "编码")
_INPUTS = {"streets": "道路（线）", "buildings": "建筑（面），户数取字段 households 或 户数", "communities": "社区（面），单元网格不跨社区",
           "rivers": "河流（线）", "yards": "院落围墙（线）", "open": "水面、农田、山地（面），可以整块保留", "cases": "历年案件（点），计入工作量"}


def define(parser: argparse.ArgumentParser) -> None:
    for name, line in _INPUTS.items():
        parser.add_argument(f"--{name}", required=name in ("streets", "buildings"), metavar="文件", help=line)
    parser.add_argument("--boundary", metavar="文件|hull", help="范围（面）；hull 为道路和建筑的外包；不写则为全部社区")
    parser.add_argument("--households", metavar="字段", help="建筑图层里户数的字段")
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
    from jingwei.grids.partition import propose, read_settings, unit_codes

    settings = read_settings(_table(options.settings), seed=options.seed, together=_sets(options.together),
                             apart=_sets(options.apart))
    layers = {name: _layer(getattr(options, name), name, options.crs) for name in _INPUTS if getattr(options, name)}
    edge = None if options.boundary in (None, "hull") else _layer(options.boundary, "boundary", options.crs)
    crs = _crs([*layers.values(), *([edge] if edge else [])])
    communities = _community_codes(layers.get("communities"), options.code)
    shapes = {name: _shapes(layer, crs) for name, layer in layers.items()}
    existing = _existing(options.plan, crs) if options.plan else None
    boundary = options.boundary if edge is None else _united(_shapes(edge, crs))
    print("正在划分……首次使用要先编译，约需半分钟。", file=sys.stderr, flush=True)
    none: list[Any] = []
    with _Told() as progress:
        plan = propose(
            shapes["streets"], shapes["buildings"], boundary, shapes.get("communities", none), rivers=shapes.get("rivers", none),
            yards=shapes.get("yards", none), open_ground=shapes.get("open", none),
            households=_households(layers["buildings"], options.households), cases=_points(shapes.get("cases", none)),
            names=_names(layers.get("communities"), options.name), settings=settings, progress=progress, existing=existing)
    _write(options.out, plan, crs, unit_codes(plan, communities) if communities else [""] * len(plan.units))
    if options.report:
        with atomic_file(options.report) as stream:
            told = {"crs": crs, **plan.report.as_dict()}
            stream.write(json.dumps(told, ensure_ascii=False, indent=2).encode())
    _tell(plan.report, options.out)
    return 0


class _Told:
    """What is being done: on a screen one line that is written over, in a log a line for each stage."""

    def __init__(self) -> None:
        self._screen = sys.stderr.isatty()
        self._stage = ""

    def __call__(self, stage: str, done: float) -> None:
        from jingwei.grids.partition import Stage

        if self._screen:
            print(f"\r\033[K{done:4.0%} {Stage(stage).words}", end="", file=sys.stderr, flush=True)
        elif stage != self._stage:
            print(f"{done:4.0%} {Stage(stage).words}", file=sys.stderr, flush=True)
        self._stage = stage

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._screen:
            print("\r\033[K", end="", file=sys.stderr, flush=True)


def _table(path: str | None) -> dict[str, Any]:
    if not path:
        return {}
    try:
        return tomllib.loads(Path(path).read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise Refusal(CliError.SETTINGS_BROKEN, path=path, why=error) from error


def _layer(told: str, name: str, crs: str | None) -> Layer:
    path, _, layer = told.partition("::")
    try:
        return read_layer(path, layer=layer or None, crs=crs)
    except Refusal as refusal:
        if refusal.reason is not ShapeError.LAYER_CHOOSE:
            raise
    return read_layer(path, layer=name, crs=crs)


def _sets(told: str | None) -> list[list[str]] | None:
    if told is None:
        return None
    return [[code.strip() for code in one.split(",") if code.strip()] for one in told.replace("，", ",").replace("；", ";").split(";")
            if one.strip()]


def _existing(path: str, crs: str) -> "Existing":
    from jingwei.grids.partition import Existing

    layer = _layer(path if "::" in path else f"{path}::unit_grids", "unit_grids", None)
    group = _field(layer, "group_nr", ())
    codes = [str(one.properties.get("code") or "") for one in layer]
    return Existing(_as_drawn(path, layer, crs), [int(one.properties.get(group or "") or 0) or -1 for one in layer], codes,
                    [bool(one.properties.get("fixed")) for one in layer])


def _as_drawn(path: str, layer: Layer, crs: str) -> Any:
    """To the last digit, where the file is in the projection already: longitude and latitude and back would cost some."""
    import numpy as np
    import shapely
    from pyogrio.raw import read

    moved = _shapes(layer, crs)
    if layer.crs_in == crs:
        name = path.partition("::")
        _, _, geometry, _ = read(name[0], layer=name[2] or layer.name, columns=[])
        drawn = shapely.force_2d(shapely.from_wkb(geometry))
        if len(drawn) == len(moved):
            moved = drawn
    single = np.flatnonzero((shapely.get_type_id(moved) == 6) & (shapely.get_num_geometries(moved) == 1))
    moved[single] = shapely.get_geometry(moved[single], 0)
    return moved


def _crs(layers: Sequence[Layer]) -> str:
    import numpy as np
    import shapely

    from jingwei.grids.partition.projecting import metric_crs

    boxes = shapely.bounds(np.array([one.geometry for layer in layers for one in layer], dtype=object))
    known = boxes[np.isfinite(boxes).all(axis=1)]
    if not len(known):
        raise Refusal(CliError.RULE, why="图层里没有一个图形")
    return metric_crs(np.median(known[:, :2], axis=0), np.median(known[:, 2:], axis=0))


def _shapes(layer: Layer, crs: str) -> Any:
    import numpy as np

    from jingwei.grids.partition.projecting import to_metres

    return to_metres(np.array([one.geometry for one in layer], dtype=object), crs)


def _united(shapes: Any) -> Any:
    import shapely

    return shapely.union_all(shapely.make_valid(shapes[~shapely.is_missing(shapes)]))


def _points(shapes: Any) -> Any:
    import numpy as np
    import shapely

    return shapely.get_coordinates(shapely.centroid(shapes)) if len(shapes) else np.empty((0, 2))


def _field(layer: Layer, named: str | None, usual: tuple[str, ...]) -> str | None:
    if named and named not in layer.fields:
        raise Refusal(CliError.VALUE, name="字段", value=named, why=f"图层里只有{'、'.join(layer.fields) or '图形，没有字段'}")
    return named or next((name for name in usual if name in layer.fields), None)


def _households(layer: Layer, named: str | None) -> list[float] | None:
    field = _field(layer, named, _HOUSEHOLDS)
    if field is None:
        return None
    found = []
    for one in layer:
        value = one.properties.get(field)
        try:
            found.append(float(value or 0))
        except (TypeError, ValueError):
            raise Refusal(CliError.VALUE, name=field, value=value, why=f"第 {one.number} 栋建筑的户数不是数") from None
    return found


def _names(layer: Layer | None, named: str | None) -> list[str]:
    if layer is None:
        return ["全区"]
    field = _field(layer, named, _NAMES)
    return [str(one.properties.get(field) or f"社区{one.number}") if field else f"社区{one.number}" for one in layer]


def _community_codes(layer: Layer | None, named: str | None) -> list[str] | None:
    if named is None:
        return None
    if layer is None:
        raise Refusal(CliError.RULE, why="--code 说的是社区图层里的字段，请同时给出 --communities")
    field = _field(layer, named, ()) or named
    codes = [str(one.properties.get(field) or "").strip() for one in layer]
    if "" in codes:
        raise Refusal(CliError.VALUE, name=named, value="", why=f"第 {codes.index('') + 1} 个社区没有编码")
    if len(set(codes)) < len(codes):
        twice = next(code for code in codes if codes.count(code) > 1)
        raise Refusal(CliError.VALUE, name=named, value=twice, why="不止一个社区是这个编码")
    return codes


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


def _tell(report: "Report", path: str) -> None:
    units, groups = report.units, report.groups
    print(f"已写到 {path}：单元网格 {units.count} 个，责任网格 {groups.count} 个")
    print(f"单元网格面积 {units.smallest:.0f}–{units.largest:.0f} 平方米，中位 {units.median:.0f}，合格 {units.in_bounds_share:.1%}；"
          f"缝隙 {units.gap:.2f}、重叠 {units.overlap:.2f} 平方米；切到建筑 {units.buildings_cut} 栋（{units.buildings_cut_share:.2%}）")
    print(f"责任网格规模 {groups.smallest:g}–{groups.largest:g}，合格 {groups.in_bounds_share:.1%}；紧凑度中位 "
          f"{groups.polsby_popper_median:.2f}；工作量最大比平均 {groups.imbalance_mean:.3f}")
    if (kept := report.stability) is not None:
        print(f"与原方案相比：单元网格原样保留 {kept.units_unchanged}/{kept.units}（{kept.units_unchanged_share:.1%}），"
              f"单元不变的面积 {kept.ground_same_unit_share:.1%}，责任网格不变的面积 {kept.ground_same_group_share:.1%}，"
              f"单元边界保留 {kept.unit_border_kept_share:.1%}，责任网格边界保留 {kept.group_border_kept_share:.1%}")
    for text in [one.text for one in report.hindrances] + [one.text for one in report.oddities] + [
            one.text for one in report.remarks]:
        print(f"！ {text}")
