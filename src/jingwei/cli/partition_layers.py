"""What `jingwei partition` reads: layers in one projection, columns of them, a plan that is there, cases from a table too."""

import tomllib
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jingwei.cli.errors import CliError
from jingwei.formats.errors import FormatError
from jingwei.formats.layers import Layer, read_layer
from jingwei.formats.shape_errors import ShapeError
from jingwei.kernel.errors import Refusal

if TYPE_CHECKING:
    from jingwei.grids.partition import Existing, Remark

_HOUSEHOLDS, _NAMES = ("households", "户数"), ("name", "名称", "社区", "社区名称", "code", "编码")
_PLACES = (("lng", "lat"), ("lon", "lat"), ("longitude", "latitude"), ("经度", "纬度"))


def settings_table(path: str | None) -> dict[str, Any]:
    if not path:
        return {}
    try:
        return tomllib.loads(Path(path).read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise Refusal(CliError.SETTINGS_BROKEN, path=path, why=error) from error


def layer_of(told: str, name: str, crs: str | None) -> Layer:
    path, _, layer = told.partition("::")
    try:
        return read_layer(path, layer=layer or None, crs=crs)
    except Refusal as refusal:
        if refusal.reason is not ShapeError.LAYER_CHOOSE:
            raise
    return read_layer(path, layer=name, crs=crs)


def sets_of(told: str | None) -> list[list[str]] | None:
    if told is None:
        return None
    return [[code.strip() for code in one.split(",") if code.strip()] for one in told.replace("，", ",").replace("；", ";").split(";")
            if one.strip()]


def existing_of(path: str, crs: str) -> "Existing":
    from jingwei.grids.partition import Existing

    layer = layer_of(path if "::" in path else f"{path}::unit_grids", "unit_grids", None)
    group = field_of(layer, "group_nr", ())
    codes = [str(one.properties.get("code") or "") for one in layer]
    return Existing(_as_drawn(path, layer, crs), [int(one.properties.get(group or "") or 0) or -1 for one in layer], codes,
                    [bool(one.properties.get("fixed")) for one in layer])


def _as_drawn(path: str, layer: Layer, crs: str) -> Any:
    """To the last digit, where the file is in the projection already: longitude and latitude and back would cost some."""
    import numpy as np
    import shapely
    from pyogrio.raw import read

    moved = shapes_of(layer, crs)
    if layer.crs_in == crs:
        name = path.partition("::")
        _, _, geometry, _ = read(name[0], layer=name[2] or layer.name, columns=[])
        drawn = shapely.force_2d(shapely.from_wkb(geometry))
        if len(drawn) == len(moved):
            moved = drawn
    single = np.flatnonzero((shapely.get_type_id(moved) == 6) & (shapely.get_num_geometries(moved) == 1))
    moved[single] = shapely.get_geometry(moved[single], 0)
    return moved


def crs_of(layers: Sequence[Layer]) -> str:
    import numpy as np
    import shapely

    from jingwei.grids.partition.projecting import metric_crs

    boxes = shapely.bounds(np.array([one.geometry for layer in layers for one in layer], dtype=object))
    known = boxes[np.isfinite(boxes).all(axis=1)]
    if not len(known):
        raise Refusal(CliError.RULE, why="图层里没有一个图形")
    return metric_crs(np.median(known[:, :2], axis=0), np.median(known[:, 2:], axis=0))


def shapes_of(layer: Layer, crs: str) -> Any:
    import numpy as np

    from jingwei.grids.partition.projecting import to_metres

    return to_metres(np.array([one.geometry for one in layer], dtype=object), crs)


def united(shapes: Any) -> Any:
    import shapely

    return shapely.union_all(shapely.make_valid(shapes[~shapely.is_missing(shapes)]))


def _points(shapes: Any) -> Any:
    import numpy as np
    import shapely

    return shapely.get_coordinates(shapely.centroid(shapes)) if len(shapes) else np.empty((0, 2))


def field_of(layer: Layer, named: str | None, usual: tuple[str, ...]) -> str | None:
    if named and named not in layer.fields:
        raise Refusal(CliError.VALUE, name="字段", value=named, why=f"图层里只有{'、'.join(layer.fields) or '图形，没有字段'}")
    return named or next((name for name in usual if name in layer.fields), None)


def households_of(layer: Layer, named: str | None) -> list[float] | None:
    field = field_of(layer, named, _HOUSEHOLDS)
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


def names_of(layer: Layer | None, named: str | None) -> list[str]:
    if layer is None:
        return ["全区"]
    field = field_of(layer, named, _NAMES)
    return [str(one.properties.get(field) or f"社区{one.number}") if field else f"社区{one.number}" for one in layer]


def codes_of(layer: Layer | None, named: str | None) -> list[str] | None:
    if named is None:
        return None
    if layer is None:
        raise Refusal(CliError.RULE, why="--code 说的是社区图层里的字段，请同时给出 --communities")
    field = field_of(layer, named, ()) or named
    codes = [str(one.properties.get(field) or "").strip() for one in layer]
    if "" in codes:
        raise Refusal(CliError.VALUE, name=named, value="", why=f"第 {codes.index('') + 1} 个社区没有编码")
    if len(set(codes)) < len(codes):
        twice = next(code for code in codes if codes.count(code) > 1)
        raise Refusal(CliError.VALUE, name=named, value=twice, why="不止一个社区是这个编码")
    return codes


def cases_of(told: str, crs_told: str | None, crs: str) -> Any:
    """Points (n, 2) in metres, of a layer, or of a table with columns of longitude and latitude."""
    import numpy as np
    import shapely

    try:
        return _points(shapes_of(layer_of(told, "cases", crs_told), crs))
    except Refusal as refusal:
        if refusal.reason is not ShapeError.LAYER_KIND:
            raise
    from jingwei.formats.crs import reference
    from jingwei.formats.tables import read_table
    from jingwei.grids.partition.projecting import to_metres

    table = read_table(told)
    columns = next((pair for pair in _PLACES if set(pair) <= set(table.columns)), None)
    if columns is None:
        raise Refusal(FormatError.COLUMNS_MISSING, columns="lng、lat", found="、".join(table.columns))
    found = [[_number(row.values.get(column, "")) for column in columns] for row in table]
    places = np.array(found, np.float64).reshape(-1, 2)
    places = places[np.isfinite(places).all(axis=1)]
    if crs_told:
        places = reference(crs_told).to_lonlat(places)
    return shapely.get_coordinates(to_metres(shapely.points(places), crs))


def _number(cell: str) -> float:
    try:
        return float(cell)
    except ValueError:
        return float("nan")


def numbers_of(layer: Layer, field: str) -> list[float]:
    """A column of numbers that must be there."""
    found = []
    for one in layer:
        value = one.properties.get(field_of(layer, field, ()) or field)
        try:
            found.append(float(value or 0))
        except (TypeError, ValueError):
            raise Refusal(CliError.VALUE, name=field, value=value, why=f"第 {one.number} 个要素的值不是数") from None
    return found


def findings_of(layers: Iterable[tuple[str, Layer]]) -> "tuple[Remark, ...]":
    """What was noticed in reading."""
    from jingwei.grids.partition import Remark

    found = []
    for name, layer in layers:
        number = Counter((one.code, one.text()) for one in layer.findings)
        each = Counter(one.code for feature in layer for one in feature.findings)
        first = {one.code: one.text() for feature in reversed(layer.features) for one in feature.findings}
        found += [Remark(code, name, count, text) for (code, text), count in number.items()]
        found += [Remark(code, name, count, f"{count} 个要素：{first[code]}" if count > 1 else first[code])
                  for code, count in each.items()]
    return tuple(found)
