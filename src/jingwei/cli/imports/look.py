"""`jingwei import look FILE`: what a map file holds, before anything is imported from it."""

import argparse
from typing import TYPE_CHECKING

from jingwei.cli.ready import django_ready

if TYPE_CHECKING:
    from jingwei.grids.queries import Looked
    from jingwei.grids.queries.looking import CandidateLine, CrsLine, LayerLine

_FILES = {"geojson": "GeoJSON", "gpkg": "GeoPackage", "shapefile": "Shapefile", "dxf": "DXF 图纸"}
_SURE = {"yes": "有把握", "likely": "多半如此，请看样例是否通顺", "no": "没有把握，请看样例，不通顺时用 --encoding 指明"}
_KINDS = {"whole": "整数", "number": "小数", "text": "文字", "other": "其他"}
_OTHERS = 2  # that would lie elsewhere


def define(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="文件", help="GeoJSON、GeoPackage、Shapefile（.shp 或 .zip）、DXF，可以是 .gz")
    parser.add_argument("--encoding", default="", metavar="编码", help="属性文字的编码，自动判断不对时指明：UTF-8、GBK、Big5")
    parser.epilog = "只看，不写入。每个图层最多看三千个要素。"
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    django_ready()
    from jingwei.accounts.queries import operator
    from jingwei.grids.queries import look_into

    found = look_into(operator(), options.file, encoding=options.encoding)
    _tell(found)
    return 0


def _tell(found: "Looked") -> None:
    many = f"，有 {len(found.layers) + found.more} 个图层，导入时用 --layer 指明" if len(found.layers) + found.more > 1 else ""
    print(f"{_FILES[found.kind]}{many}")
    for layer in found.layers:
        _tell_layer(layer)
    if found.more:
        print(f"另有 {found.more} 个图层没有列出")


def _tell_layer(layer: "LayerLine") -> None:
    print()
    if layer.unreadable:
        print(f"图层 {layer.name}：{layer.unreadable.text}")
        return
    kinds = "、".join(f"{each.title} {each.count}" for each in layer.kinds)
    read = f"（看了前 {layer.read} 个）" if layer.read < layer.count else ""
    print(f"图层 {layer.name or '（没有名称）'}：{layer.count} 个要素{read}：{kinds or '没有图形'}")
    if layer.encoding:
        print(f"  文字编码 {layer.encoding.name}：{layer.encoding.text}，{_SURE[layer.encoding.sure]}")
    for field in layer.fields:
        print(f"  字段 {field.name}（{_KINDS[field.kind]}，{field.filled} 个有值）：{'、'.join(field.samples) or '空'}")
    if layer.crs:
        _tell_crs(layer.crs)
    for remark in layer.remarks:
        print(f"  ！ {remark.text}")


def _tell_crs(crs: "CrsLine") -> None:
    print(f"  坐标系 {f'{crs.written}（{crs.title}）' if crs.written and crs.written != crs.title else crs.title}：{crs.text}")
    if crs.asked == "written":
        return
    fitting = [each for each in crs.candidates if each.meets]
    for each in [*fitting, *[each for each in crs.candidates if not each.meets][:_OTHERS]]:
        print(f"    {'→' if each.crs == crs.proposed else ' '} --crs {each.crs}  {each.title}：{_lies(each)}")


def _lies(one: "CandidateLine") -> str:
    west, south, east, north = one.box
    box = f"东经 {west:.4f}–{east:.4f}，北纬 {south:.4f}–{north:.4f}"
    if one.inside is None:
        return f"{'在中国' if one.in_china else '不在中国'}（{box}）"
    return f"{one.inside:.0%} 在辖区内（{box}）" if one.meets else f"在辖区外约 {one.km:.0f} 公里（{box}）"
