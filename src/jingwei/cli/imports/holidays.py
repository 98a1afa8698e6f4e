"""`jingwei import holidays`: the official lists of days off and make-up working days, a year a file."""

import argparse
import sys
from pathlib import Path

from jingwei.cli.imports.reporting import reasons_kept, write_rejects
from jingwei.cli.ready import django_ready
from jingwei.kernel.errors import Refusal


def define(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", nargs="+", metavar="文件", help="holiday-cn 的年度 JSON，或列为 date,kind,name,year_file,source 的表")
    parser.add_argument("--area", default="", metavar="编码", help="只对这个区域有效，默认全部")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    django_ready()
    from jingwei.accounts.queries import operator
    from jingwei.catalogue.commands.import_files import HOLIDAY_COLUMNS, holidays_of_files

    files = options.file
    try:
        told = holidays_of_files(operator(), [Path(name).read_bytes() for name in files], area_code=options.area,
                                 dry_run=options.dry_run)
    except Refusal as refusal:
        place = refusal.details.get("source")
        if place is None:
            raise
        options.file = files[place]  # the list of rejects belongs to the one file that could not be read
        if len(files) > 1:
            print(f"{options.file}：", file=sys.stderr)
        with reasons_kept(options, table=not options.file.lower().endswith(".json"), required=HOLIDAY_COLUMNS):
            raise
    for options.file in files:
        write_rejects(options, 0, "")
    for each in told.findings:
        print(f"！ {each.text}")
    if not told.renewed:
        print(f"没有变化，仍为工作日历 {told.version}")
    elif options.dry_run:
        print(f"试运行，没有写入：导入后成为新的版本（现为工作日历 {told.version}）")
    else:
        print(f"已导入：现为工作日历 {told.version}")
    return 0
