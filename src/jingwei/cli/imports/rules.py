"""`jingwei import rules`: which unit answers for which class, where."""

import argparse

from jingwei.cli.imports.catalogue import tell_catalogue
from jingwei.cli.imports.reporting import table_options
from jingwei.cli.ready import django_ready


def define(parser: argparse.ArgumentParser) -> None:
    table_options(parser)
    parser.add_argument("--scheme", required=True, metavar="方案", help="分类方案的编码，例如 gbt47678.5-2026")
    parser.add_argument("--replace", action="store_true", help="表里没有的规则一并删去")
    parser.epilog = ("列：类别（部件、事项）、分类代码（大类、小类，空为整个类别）、责任单位编码（空为无人负责），可选 区域编码（空为全部）、"
                     "权属单位、时间（例如 11-15~03-15 工作日 18:00-08:00）、协办单位编码（用、分开）、时限建议（例如 4工作时）、自动派遣（是、否）、备注")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    django_ready()
    from jingwei.accounts.queries import operator
    from jingwei.catalogue.commands.import_files import rules_of_file

    return tell_catalogue(options, rules_of_file(
        operator(), options.file, options.scheme, replace=options.replace, sheet=options.sheet,
        dry_run=options.dry_run))
