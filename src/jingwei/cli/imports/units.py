"""`jingwei import units`: organisations as a tree."""

import argparse

from jingwei.cli.imports.reporting import Turned, open_table, summary, table_options, write_rejects
from jingwei.cli.ready import django_ready


def define(parser: argparse.ArgumentParser) -> None:
    table_options(parser)
    parser.epilog = "列：单位编码、单位名称，可选 上级编码、类别"
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    django_ready()
    from jingwei.accounts.commands.import_units import import_units
    from jingwei.accounts.queries import operator

    outcome = import_units(operator(), open_table(options), dry_run=options.dry_run)
    turned = [Turned(each.row, each.reason.code, each.text()) for each in outcome.rejected]
    write_rejects(options, turned)
    summary(options, 新增=outcome.created, 更新=outcome.updated, 不变=outcome.unchanged, 退回=len(turned))
    return 1 if turned and not (outcome.created or outcome.updated or outcome.unchanged) else 0
