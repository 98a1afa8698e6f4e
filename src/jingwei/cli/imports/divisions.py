"""`jingwei import divisions`: a table of divisions, or of any tree of areas, one row an area."""

import argparse
from typing import Any

from jingwei.cli.imports.reporting import Progress, reasons_kept, tell
from jingwei.cli.ready import django_ready


def define(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="文件", help="CSV（UTF-8、GB18030，可以是 .gz）或 XLSX")
    parser.add_argument("--title", default="", metavar="名称", help="方案名称，默认“区划导入”")
    parser.add_argument("--system", default="base", metavar="体系", help="网格体系，默认基本体系 base")
    parser.add_argument("--top-level", type=int, default=1, metavar="级", help="编码看不出级别时，最上一级算第几级，默认 1")
    parser.epilog = "列：code、name、parent_code（编码、名称、上级编码），可选 level、kind；或 code、name 加 areaCode 等分级编码"
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    django_ready()
    from jingwei.accounts.queries import operator
    from jingwei.grids.commands.import_files import divisions_of_file

    progress = Progress()
    with reasons_kept(options):
        told = divisions_of_file(operator(), options.file, title=options.title, system=options.system,
                                 top_level=options.top_level, dry_run=options.dry_run, progress=progress)
    progress.end()
    return tell_areas(options, told)


def tell_areas(options: argparse.Namespace, told: Any) -> int:
    """What an import of areas did, or would do."""
    status = tell(options, told, 新增=told.counts.added, 改名=told.renamed, 移动=told.moved, 改界=told.redrawn,
                  不变=told.counts.unchanged)
    if options.dry_run:
        return status
    if told.plan is None:
        print("文件里的内容早已全部在库，没有变化")
    else:
        print(f"已发布为第 {told.published} 版")
    return 0
