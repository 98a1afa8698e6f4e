"""`jingwei import units`: organisations as a tree."""

import argparse

from jingwei.cli.imports.reporting import table_options, tell
from jingwei.cli.ready import django_ready


def define(parser: argparse.ArgumentParser) -> None:
    table_options(parser)
    parser.epilog = "列：单位编码、单位名称，可选 上级编码、类别"
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    django_ready()
    from jingwei.accounts.commands.import_files import units_of_file
    from jingwei.accounts.queries import operator

    return tell(options, units_of_file(operator(), options.file, sheet=options.sheet, dry_run=options.dry_run))
