"""`jingwei export cases`: every step of every case as a table: its time, its limit, its lateness. `export parts`."""

import argparse
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from jingwei.cli.clock import instant
from jingwei.cli.errors import CliError
from jingwei.cli.imports.reporting import Progress
from jingwei.cli.ready import django_ready
from jingwei.formats.table_writing import CsvWriter
from jingwei.kernel.errors import Refusal


def define(parser: argparse.ArgumentParser) -> None:
    acts = parser.add_subparsers(title="内容", metavar="内容", required=True)
    act = acts.add_parser("cases", help="案件的每个环节：时间、时限、是否超期", allow_abbrev=False,
                          description="导出案件，每个环节一行：时间、时限、是否超期")
    act.add_argument("--out", required=True, metavar="文件", help="写到哪个 CSV；已有的文件不会覆盖")
    act.add_argument("--since", metavar="时刻", help="只要这个时刻及以后上报的")
    act.add_argument("--until", metavar="时刻", help="只要这个时刻以前上报的")
    act.set_defaults(run=run_cases)
    act = acts.add_parser("parts", help="部件：国家标准的十八列，另有分类、精度和经纬度", allow_abbrev=False,
                          description="导出部件。格式看文件名：.csv、.xlsx 或 .gpkg（图层，CGCS2000）")
    act.add_argument("--out", required=True, metavar="文件", help="写到哪个文件；已有的文件不会覆盖")
    act.add_argument("--area", default="", metavar="区域编码", help="只要这个区域及其下级里的")
    act.add_argument("--class", dest="classes", action="append", default=[], metavar="分类", help="方案/component/代码，可以写多次")
    act.add_argument("--gone", action="store_true", help="废弃、移除的也要")
    act.add_argument("--abbreviated", action="store_true", help="列名用标准的缩写（GLBJBSM 等）")
    act.set_defaults(run=run_parts)


def run_cases(options: argparse.Namespace) -> int:
    home = django_ready()
    from jingwei.accounts.queries import operator
    from jingwei.cases.queries.export import COLUMNS, export_steps

    zone = ZoneInfo(str(home.options.get("zone", "Asia/Shanghai")))
    since, until = _bound("--since", options.since, zone), _bound("--until", options.until, zone)
    target = Path(options.out)
    if target.exists():
        raise Refusal(CliError.FILE_EXISTS, path=target)
    progress = Progress()
    with CsvWriter(target, COLUMNS) as table:
        for row in export_steps(operator(), since=since, until=until):
            table.write(row)
            progress(table.count)
    progress.end()
    print(f"已导出 {table.count} 行到 {target}")
    return 0


def run_parts(options: argparse.Namespace) -> int:
    django_ready()
    from jingwei.accounts.queries import operator
    from jingwei.registry.queries import PartFilter, write_parts

    target = Path(options.out)
    if target.exists():
        raise Refusal(CliError.FILE_EXISTS, path=target)
    wanted = PartFilter(classes=options.classes, area=options.area, gone=options.gone)
    count = write_parts(operator(), wanted, target, target.suffix.lower().lstrip("."), abbreviated=options.abbreviated)
    print(f"已导出 {count} 个部件到 {target}")
    return 0


def _bound(name: str, text: str | None, zone: ZoneInfo) -> datetime | None:
    return instant(name, text, zone) if text else None
