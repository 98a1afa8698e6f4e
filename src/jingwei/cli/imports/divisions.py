"""`jingwei import divisions`: a table of divisions, or of any tree of areas, one row an area."""

import argparse
from typing import Any

from jingwei.cli.imports.reporting import (
    Progress,
    Turned,
    reasons_kept,
    summary,
    tell_remarks,
    write_rejects,
)
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
    from jingwei.grids.commands import check_divisions, import_divisions

    if options.dry_run:
        reading = check_divisions(options.file, system=options.system, top_level=options.top_level)
        return tell_reading(options, len(reading.rows), reading.findings)
    progress = Progress()
    with reasons_kept(options):
        outcome = import_divisions(operator(), options.file, title=options.title, system=options.system,
                                   top_level=options.top_level, progress=progress)
    progress.end()
    return tell(options, outcome)


def tell(options: argparse.Namespace, outcome: Any, *, table: bool = True) -> int:
    """What an import of areas did."""
    told = outcome.counts()
    tell_findings(options, outcome.findings, table=table)
    summary(options, 新增=told["new"], 改名=told["renamed"], 移动=told["moved"], 改界=told["redrawn"],
            不变=told["unchanged"], 退回=told["refused"])
    if outcome.plan_id is None:
        print("文件里的内容早已全部在库，没有变化")
    elif outcome.published is None:
        print(f"留作草案，方案编号 {outcome.plan_id}，发布后生效")
    else:
        print(f"已发布为第 {outcome.published} 版")
    return 0


def tell_reading(options: argparse.Namespace, fit: int, findings: list[Any], *, table: bool = True) -> int:
    """What a dry run found: how many rows could be taken, and why the others could not."""
    refused = tell_findings(options, findings, table=table)
    summary(options, 可采用=fit, 退回=refused)
    return 0 if fit else 1


def tell_findings(options: argparse.Namespace, findings: list[Any], *, table: bool) -> int:
    """Refused rows into their file, the rest in a few lines. Returns how many were refused."""
    turned = [Turned(each.row, each.reason.code, each.text()) for each in findings if each.grade == "refused"]
    tell_remarks(Turned(each.row, each.reason.code, each.text()) for each in findings if each.grade != "refused")
    write_rejects(options, turned, table=table)
    return len(turned)
