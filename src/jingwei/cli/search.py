"""`jingwei search rebuild`: what cases are searched by, made from the cases again."""

import argparse

from jingwei.cli.imports.reporting import Progress
from jingwei.cli.ready import django_ready


def define(parser: argparse.ArgumentParser) -> None:
    acts = parser.add_subparsers(title="做什么", metavar="做什么", required=True)
    act = acts.add_parser("rebuild", help="补齐查找案件用的索引", allow_abbrev=False,
                          description="从案件重新写查找用的索引，服务可以照常运行；中断后再运行一次即可")
    act.add_argument("--anew", action="store_true", help="先清空再写；写完之前，查找只能找到已写入的案件")
    act.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    django_ready()
    from jingwei.accounts.queries import operator
    from jingwei.cases.commands import rebuild_search

    progress = Progress()
    written = rebuild_search(operator(), anew=options.anew, told=progress)
    progress.end()
    print(f"已写入 {written} 件案件" if written else "索引已经齐全，没有要写的")
    return 0
