"""`jingwei import THING FILE`: the list of things and what they have in common."""

import argparse
from importlib import import_module

THINGS = {
    "divisions": "行政区划表（12 位或分级编码），或任何一棵区域树的表",
    "areas": "地图图层（GeoJSON、GeoPackage、Shapefile）里的区域",
    "layer": "底图图层（街巷、建筑、水系、绿地）",
    "units": "单位表",
    "staff": "人员与岗位表",
    "staffing": "网格人员配置表（主责、副岗、成员）",
    "rota": "排班表（谁哪天几点到几点值守哪个网格）",
    "holidays": "放假安排（holiday-cn 年度文件，或本程序格式的表）",
    "catalogue": "分类方案，或本市的立案、处置、结案标准",
    "rules": "责任单位规则表",
    "parts": "部件（图层，或带经纬度的表）",
    "cases": "别的系统的案件表（要有一个映射文件）",
}


def define(parser: argparse.ArgumentParser) -> None:
    things = parser.add_subparsers(title="内容", metavar="内容", required=True)
    for name, line in THINGS.items():
        thing = things.add_parser(name, help=line, description=f"导入{line}", allow_abbrev=False)
        thing.add_argument("--dry-run", action="store_true", help="只检查，不写入")
        thing.add_argument("--rejects", metavar="文件", help="退回的行写到哪里，默认当前目录下的“原文件名.rejects.csv”")
        import_module(f"jingwei.cli.imports.{name}").define(thing)
    look = things.add_parser("look", help="导入前先看一看图层文件：图层、字段、文字编码、坐标系", allow_abbrev=False,
                             description="看一看地图图层文件里有什么，不写入")
    import_module("jingwei.cli.imports.look").define(look)
    parser.epilog = "中途被打断的导入，用同一文件再执行一次即可续完；已在的内容不会重复。"
