"""`jingwei import catalogue`: a national scheme that came along, a scheme of one's own, or a city's filing standard."""

import argparse
from collections.abc import Sequence
from typing import Any

from jingwei.cli.errors import CliError
from jingwei.cli.imports.reporting import Turned, open_table, reasons_kept, summary, tell_remarks, write_rejects
from jingwei.cli.ready import django_ready
from jingwei.kernel.errors import Refusal


def define(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", nargs="?", metavar="文件", help="CSV 或 XLSX；用 --install 时不写")
    parser.add_argument("--sheet", metavar="工作表", help="XLSX 里的哪一张表")
    parser.add_argument("--scheme", metavar="方案", help="分类方案的编码，例如 gbt47678.5-2026")
    parser.add_argument("--kind", choices=("component", "matter"), help="整张表只有部件（component）或事件（matter）")
    parser.add_argument("--fill-down", action="store_true", help="分类列的空格沿用上一行（合并单元格另存为 CSV 后会这样）")
    parser.add_argument("--install", metavar="方案", help="装入随程序提供的国家标准分类")
    parser.add_argument("--classes", action="store_true", help="文件是一个自有方案的分类表，不是立案标准")
    parser.add_argument("--title", default="", metavar="名称", help="自有方案的名称")
    parser.add_argument("--digits", type=int, default=2, metavar="位", help="自有方案小类编码的位数，默认 2")
    parser.epilog = "不加 --install、--classes 时，文件是本市的立案、处置、结案标准。"
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    if not options.install and not (options.file and options.scheme):
        raise Refusal(CliError.VALUE, name="参数", value="", why="要有文件和 --scheme，或者 --install 方案")
    django_ready()
    from jingwei.accounts.queries import operator
    from jingwei.catalogue import commands

    if options.install:
        outcome = commands.install_scheme(operator(), options.install, dry_run=options.dry_run)
        options.file = options.install
        return tell(options, outcome, table=False)
    required = () if options.classes else commands.STANDARD_COLUMNS
    rows = open_table(options, required=required, fill_merged=True)
    with reasons_kept(options, required=required):
        if options.classes:
            own = commands.OwnScheme(options.scheme, options.title or options.scheme, minor_digits=options.digits)
            outcome = commands.import_scheme(operator(), own, rows, dry_run=options.dry_run)
        else:
            outcome = commands.import_standard(operator(), options.scheme, rows, kind=options.kind,
                                               fill_down=options.fill_down, dry_run=options.dry_run)
    return tell(options, outcome, required=required)


def tell(options: argparse.Namespace, outcome: Any, *, table: bool = True, required: Sequence[str] = ()) -> int:
    """The outcome of any command of the catalogue; returns the exit status."""
    turned = [Turned(each.row, each.reason.code, each.text()) for each in outcome.rejected]
    tell_remarks(Turned(each.row, each.reason.code, each.text()) for each in outcome.remarks if each.kept)
    write_rejects(options, turned, table=table, required=required)
    summary(options, 新增=outcome.created, 更新=outcome.updated, 停用=outcome.retired, 不变=outcome.unchanged,
            退回=len(turned))
    return 1 if turned and not (outcome.changed or outcome.unchanged) else 0
