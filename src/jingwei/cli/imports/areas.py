"""`jingwei import areas`: polygons of a map layer; the levels above them from its fields."""

import argparse
from collections.abc import Sequence
from typing import Any

from jingwei.cli.imports.divisions import tell_areas
from jingwei.cli.imports.reporting import Progress, reasons_kept
from jingwei.cli.ready import django_ready
from jingwei.grids.layer_levels import LEVELS, Level, fields_of, word_of

_EPILOG = """\
例：jingwei import areas 村界.geojson --level village --code VILLCODE --name VILLNAME \\
      --level town --code TOWNCODE --name TOWNNAME --level county --code COUNTYCODE --name COUNTYNAME
第一个 --level 是图层本身的级别，其余由字段生成。没有上级字段时，用 --parent、--under 或 --by-place；都不写则直接在根下。"""


class _Group(argparse.Action):
    """`--level` opens a group, `--code` and `--name` belong to the one that was opened last."""

    def __call__(self, parser: argparse.ArgumentParser, namespace: argparse.Namespace,
                 values: str | Sequence[Any] | None, option_string: str | None = None) -> None:
        groups: list[Level] = getattr(namespace, "levels", None) or []
        value = str(values)
        if self.dest == "level":
            word = word_of(value)
            if word is None:
                parser.error(f"--level 不认识“{value}”，可写 {' '.join(LEVELS)}，其他体系写级数 1、2、3……")
            groups = [*groups, Level(word)]
        elif not groups:
            parser.error(f"{option_string} 前面要先写 --level")
        else:
            groups = [*groups[:-1], groups[-1]._replace(**{self.dest: value})]
        namespace.levels = groups


def define(parser: argparse.ArgumentParser) -> None:
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("file", metavar="文件", help="GeoJSON、GeoPackage、Shapefile（.shp 或 .zip）、DXF，可以是 .gz")
    for name, line in (("level", "级别：community town county …，其他网格体系写级数"), ("code", "这一级的编码字段"),
                       ("name", "这一级的名称字段")):
        parser.add_argument(f"--{name}", action=_Group, metavar="级别" if name == "level" else "字段", help=line)
    above = parser.add_mutually_exclusive_group()
    above.add_argument("--parent", default="", metavar="字段", help="上级编码所在的字段，上级须已在库")
    above.add_argument("--under", default="", metavar="编码", help="全部放在这个已在库的区域下")
    above.add_argument("--by-place", action="store_true", help="按位置找上级：与哪个上级重叠最多")
    parser.add_argument("--note", default="", metavar="字段", help="面积不合常规的理由所在的字段")
    parser.add_argument("--crs", default="", metavar="坐标系", help="文件没有写明时必填，例如 EPSG:4547、GCJ-02")
    parser.add_argument("--layer", default="", metavar="图层", help="文件有多个图层时指明")
    parser.add_argument("--encoding", default="", metavar="编码", help="属性文字的编码，自动判断不对时指明：UTF-8、GBK、Big5")
    parser.add_argument("--system", default="base", metavar="体系", help="网格体系，默认基本体系 base")
    parser.add_argument("--title", default="", metavar="名称", help="方案名称")
    parser.epilog = _EPILOG
    parser.set_defaults(run=run, levels=None)


def run(options: argparse.Namespace) -> int:
    fields = fields_of(options.levels or [], parent=options.parent, under=options.under, by_place=options.by_place,
                       note=options.note)
    django_ready()
    from jingwei.accounts.queries import operator
    from jingwei.grids.commands.import_files import areas_of_file

    progress = Progress()
    with reasons_kept(options, table=False):
        told = areas_of_file(
            operator(), options.file, fields, title=options.title, system=options.system, crs=options.crs,
            layer=options.layer, encoding=options.encoding, by_place=options.by_place, dry_run=options.dry_run, progress=progress)
    progress.end()
    return tell_areas(options, told)
