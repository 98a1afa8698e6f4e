"""`jingwei import parts`: parts of the city from a map layer or a table with coordinates."""

import argparse

from jingwei.cli.imports.reporting import Progress, reasons_kept, tell
from jingwei.cli.ready import django_ready


def define(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="文件", help="GeoJSON、GeoPackage、Shapefile（.shp 或 .zip），或 CSV、XLSX；可以是 .gz")
    parser.add_argument("--scheme", default="", metavar="方案", help="分类按哪个方案编码；默认是设置里可选的那一个")
    parser.add_argument("--crs", default="", metavar="坐标系", help="文件没有写明时必填，例如 EPSG:4547、GCJ-02；表默认为 WGS-84 经纬度")
    parser.add_argument("--layer", default="", metavar="图层", help="文件有多个图层时指明")
    parser.add_argument("--sheet", default="", metavar="工作表", help="XLSX 里的哪一张表")
    parser.epilog = ("列名用国家标准的名称或缩写（管理部件标识码 GLBJBSM、管理部件名称 GLBJMC、权属单位代码 QSDWDM 等）。"
                     "没有标识码的行要有部件分类代码，编号由系统给出；表还要有经度、纬度。已有标识码的部件按文件更新。")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    django_ready()
    from jingwei.accounts.queries import operator
    from jingwei.formats.layer_or_table import is_layer
    from jingwei.registry.commands.import_files import parts_of_file

    progress = Progress()
    with reasons_kept(options, table=not is_layer(options.file)):
        told = parts_of_file(operator(), options.file, scheme=options.scheme, crs=options.crs, layer=options.layer,
                             sheet=options.sheet, dry_run=options.dry_run, progress=progress)
    progress.end()
    return tell(options, told)
