"""`jingwei import staffing`: who stands on which grid, as main, deputy or member."""

import argparse

from jingwei.cli.imports.reporting import table_options, tell
from jingwei.cli.ready import django_ready


def define(parser: argparse.ArgumentParser) -> None:
    table_options(parser)
    parser.add_argument("--system", default="base", metavar="体系", help="网格体系，默认基本体系 base")
    parser.epilog = "列：网格编码、登录名、岗位（主责/A、副/B、成员）、开始，可选 结束、职责（用、隔开）"
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    django_ready()
    from jingwei.accounts.queries import operator
    from jingwei.grids.commands.import_files import staffing_of_file

    told = staffing_of_file(operator(), options.file, system=options.system, sheet=options.sheet,
                            dry_run=options.dry_run)
    return tell(options, told, 新上岗=told.counts.added, 不变=told.counts.unchanged)
