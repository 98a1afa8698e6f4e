"""`jingwei import rota`: who is on shift on which grid, on which day, from when to when."""

import argparse

from jingwei.cli.imports.reporting import table_options, tell
from jingwei.cli.ready import django_ready


def define(parser: argparse.ArgumentParser) -> None:
    table_options(parser)
    parser.add_argument("--system", default="base", metavar="体系", help="网格体系，默认基本体系 base")
    parser.epilog = "列：网格编码、登录名、日期、上班、下班（06:30；下班不晚于上班的到第二天）"
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    django_ready()
    from jingwei.accounts.queries import operator
    from jingwei.grids.commands.import_files import rota_of_file

    told = rota_of_file(operator(), options.file, system=options.system, sheet=options.sheet, dry_run=options.dry_run)
    return tell(options, told, 新排班=told.counts.added, 不变=told.counts.unchanged)
