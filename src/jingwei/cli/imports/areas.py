"""`jingwei import areas`: polygons of a map layer; the levels above them from its fields."""

import argparse
from collections.abc import Sequence
from typing import Any, NamedTuple

from jingwei.cli.errors import CliError
from jingwei.cli.imports.divisions import tell, tell_reading
from jingwei.cli.imports.reporting import Progress, reasons_kept
from jingwei.cli.ready import django_ready
from jingwei.kernel.errors import Refusal

# Word → level in the base system. The word is also the kind of the area.
LEVELS = {
    "province": 1, "city": 2, "county": 3, "street": 4, "town": 4, "township": 4, "joint": 4,
    "community": 5, "village": 5, "quasi_village": 5, "responsibility": 6, "unit": 7,
}
_CHINESE = {
    "省": "province", "市": "city", "县": "county", "区": "county", "区县": "county", "街道": "street", "镇": "town",
    "乡": "township", "社区": "community", "村": "village", "责任网格": "responsibility", "单元网格": "unit",
}
_EPILOG = """\
例：jingwei import areas 村界.geojson --level village --code VILLCODE --name VILLNAME \\
      --level town --code TOWNCODE --name TOWNNAME --level county --code COUNTYCODE --name COUNTYNAME
第一个 --level 是图层本身的级别，其余由字段生成。没有上级字段时，用 --parent、--under 或 --by-place；都不写则直接在根下。"""


class Level(NamedTuple):
    """One group of --level, --code and --name."""

    word: str
    code: str = ""
    name: str = ""


class _Group(argparse.Action):
    """`--level` opens a group, `--code` and `--name` belong to the one that was opened last."""

    def __call__(self, parser: argparse.ArgumentParser, namespace: argparse.Namespace,
                 values: str | Sequence[Any] | None, option_string: str | None = None) -> None:
        groups: list[Level] = getattr(namespace, "levels", None) or []
        value = str(values)
        if self.dest == "level":
            word = _CHINESE.get(value, value)
            if word not in LEVELS and not (value.isascii() and value.isdigit() and 0 < int(value) <= 20):
                parser.error(f"--level 不认识“{value}”，可写 {' '.join(LEVELS)}，其他体系写级数 1、2、3……")
            groups = [*groups, Level(word)]
        elif not groups:
            parser.error(f"{option_string} 前面要先写 --level")
        else:
            groups = [*groups[:-1], groups[-1]._replace(**{self.dest: value})]
        namespace.levels = groups


def define(parser: argparse.ArgumentParser) -> None:
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("file", metavar="文件", help="GeoJSON、GeoPackage、Shapefile（.shp 或 .zip），可以是 .gz")
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
    parser.add_argument("--system", default="base", metavar="体系", help="网格体系，默认基本体系 base")
    parser.add_argument("--title", default="", metavar="名称", help="方案名称")
    parser.epilog = _EPILOG
    parser.set_defaults(run=run, levels=None)


def run(options: argparse.Namespace) -> int:
    levels = _levels(options)
    django_ready()
    from jingwei.accounts.queries import operator
    from jingwei.grids.commands import check_areas, import_areas

    fields = _fields(levels, options)
    if options.dry_run:
        reading = check_areas(options.file, fields, system=options.system, crs=options.crs, layer=options.layer,
                              by_place=options.by_place)
        return tell_reading(options, len(reading.rows), reading.findings, table=False)
    progress = Progress()
    with reasons_kept(options, table=False):
        outcome = import_areas(
            operator(), options.file, fields, title=options.title, system=options.system, crs=options.crs,
            layer=options.layer, by_place=options.by_place, publish=True, progress=progress)
    progress.end()
    return tell(options, outcome, table=False)


def _levels(options: argparse.Namespace) -> list[Level]:
    """The layer's own level first, then those above it, the nearest first."""
    levels: list[Level] = options.levels or []
    if not levels:
        raise Refusal(CliError.VALUE, name="--level", value="", why="要写明图层是哪一级，例如 --level community")
    for each in levels:
        if not each.code:
            raise Refusal(CliError.VALUE, name="--code", value="", why=f"--level {each.word} 后面要有 --code 字段")
    if not levels[0].name:
        raise Refusal(CliError.VALUE, name="--name", value="", why=f"--level {levels[0].word} 后面要有 --name 字段")
    own, *above = levels
    above.sort(key=lambda each: -_depth(each.word))
    if any(_depth(each.word) >= _depth(own.word) for each in above):
        raise Refusal(CliError.VALUE, name="--level", value=own.word, why="第一个 --level 是图层本身，其余须在它之上")
    if above and (options.parent or options.under or options.by_place):
        raise Refusal(CliError.VALUE, name="--parent、--under、--by-place", value="", why="已由字段给出上级，不能再写")
    return [own, *above]


def _depth(word: str) -> int:
    return LEVELS[word] if word in LEVELS else int(word)


def _fields(levels: list[Level], options: argparse.Namespace) -> Any:
    from jingwei.grids.commands import Above, Fields, Kind

    def kind(word: str) -> Kind:
        return Kind(word) if word in LEVELS else Kind.GRID

    own, *above = levels
    return Fields(
        own.code, own.name, _depth(own.word), kind(own.word), parent=options.parent, under=options.under,
        note=options.note,
        above=tuple(Above(each.code, each.name or each.code, _depth(each.word), kind(each.word)) for each in above))
