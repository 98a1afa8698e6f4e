"""`jingwei import layer`: streets, buildings, water or green of the base map, instead of what was shown before."""

import argparse

from jingwei.cli.imports.reporting import Progress, reasons_kept, tell
from jingwei.cli.ready import django_ready

LAYERS = {"streets": "街巷", "buildings": "建筑", "water": "水系", "green": "绿地"}
_CHINESE = {title: name for name, title in LAYERS.items()}


def define(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="文件", help="GeoJSON、GeoPackage、Shapefile（.shp 或 .zip）、DXF，可以是 .gz")
    parser.add_argument("--as", dest="as_", required=True, metavar="图层", choices=[*LAYERS], type=_layer,
                        help="streets 街巷 · buildings 建筑 · water 水系 · green 绿地")
    parser.add_argument("--name", default="", metavar="字段", help="名称所在的字段，默认 name（如果有）")
    parser.add_argument("--kind", default="", metavar="字段", help="种类所在的字段，默认 kind（如果有）；街巷按它决定多近才显示")
    parser.add_argument("--households", default="", metavar="字段", help="建筑的户数所在的字段，默认 households 或 户数（如果有）")
    parser.add_argument("--crs", default="", metavar="坐标系", help="文件没有写明时必填，例如 EPSG:4547、GCJ-02")
    parser.add_argument("--layer", default="", metavar="图层", help="文件有多个图层时指明")
    parser.add_argument("--encoding", default="", metavar="编码", help="属性文字的编码，自动判断不对时指明：UTF-8、GBK、Big5")
    parser.epilog = "新的图层整个替换旧的。街巷是线，建筑、绿地是面，水系都可以。只取名称和种类，建筑还取户数，其他字段不导入。先看一看文件：jingwei import look 文件。"
    parser.set_defaults(run=run)


def _layer(word: str) -> str:
    return _CHINESE.get(word, word)


def run(options: argparse.Namespace) -> int:
    django_ready()
    from jingwei.accounts.queries import operator
    from jingwei.grids.commands.import_files import layer_of_file

    progress = Progress()
    with reasons_kept(options, table=False):
        told = layer_of_file(
            operator(), options.file, options.as_, name=options.name, kind=options.kind, households=options.households,
            crs=options.crs, sublayer=options.layer, encoding=options.encoding, dry_run=options.dry_run, progress=progress)
    progress.end()
    title = LAYERS[options.as_]
    status = tell(options, told, **{"可采用" if options.dry_run else title: told.counts.added + told.counts.unchanged})
    if told.households is not None:
        print(f"户数取自字段“{told.households_field}”，共 {told.households} 户")
    if not options.dry_run:
        print(f"{title}图层已换成第 {told.number} 版" if told.replaced else "这个文件早已在用，没有变化")
    return status
