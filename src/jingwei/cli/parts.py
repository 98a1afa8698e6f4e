"""`jingwei parts convert`: parts of an older classification become parts of the one that followed."""

import argparse

from jingwei.cli.imports.reporting import Progress
from jingwei.cli.ready import django_ready


def define(parser: argparse.ArgumentParser) -> None:
    acts = parser.add_subparsers(title="做什么", metavar="做什么", required=True)
    act = acts.add_parser("convert", help="把旧方案分类的部件转到新方案，换新标识码", allow_abbrev=False,
                          description="只转一对一的分类；旧标识码仍能查到部件。不能一对一的列出来，由人逐个定")
    act.add_argument("--from", dest="before", default="gbt30428.2-2013", metavar="方案", help="旧方案，默认 gbt30428.2-2013")
    act.add_argument("--to", dest="after", default="gbt47678.5-2026", metavar="方案", help="新方案，默认 gbt47678.5-2026")
    act.add_argument("--dry-run", action="store_true", help="只看会怎样，不写入")
    act.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    django_ready()
    from jingwei.accounts.queries import operator
    from jingwei.registry.commands import change_scheme

    progress = Progress()
    outcome = change_scheme(operator(), options.before, options.after, dry_run=options.dry_run, progress=progress)
    progress.end()
    for remark in outcome.rejected:
        print(f"！ {remark.text()}")
    print(f"{'试运行，没有写入：可转' if options.dry_run else '已转'} {outcome.changed} 个部件，{len(outcome.rejected)} 类留下")
    return 0
