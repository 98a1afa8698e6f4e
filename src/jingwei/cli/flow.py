"""`jingwei flow`: check a flow's document, or write out one in force."""

import argparse
import json
import sys
from pathlib import Path

from jingwei.cli.errors import CliError
from jingwei.cli.ready import django_ready
from jingwei.kernel.errors import Refusal

LARGEST = 1_000_000


def define(parser: argparse.ArgumentParser) -> None:
    acts = parser.add_subparsers(dest="act", required=True, metavar="做什么", title="做什么")
    check = acts.add_parser("check", help="检查流程文件：到得了、出得来、职责分得开")
    check.add_argument("file", metavar="文件", help="流程文件（JSON）")
    check.set_defaults(run=run_check)
    show = acts.add_parser("show", help="写出流程（JSON），可以改过再用")
    show.add_argument("code", metavar="流程", help="例如 city、township")
    show.add_argument("--area", default="", metavar="编码", help="在哪个区域现行的；默认全部区域")
    show.add_argument("--version", type=int, metavar="版本", help="哪一版；默认现行的")
    show.set_defaults(run=run_show)


def run_check(options: argparse.Namespace) -> int:
    django_ready()
    from jingwei.cases.queries import flow_findings

    found = flow_findings(_read(options.file))
    for each in found:
        print(f"{'✗' if each.grade == 'fault' else '！'} {each.zh}")
    faults = sum(each.grade == "fault" for each in found)
    print(f"有 {faults} 个问题要改正，不能发布" if faults else "可以发布" if not found else f"可以发布，有 {len(found)} 处请留意")
    return 1 if faults else 0


def run_show(options: argparse.Namespace) -> int:
    django_ready()
    from jingwei.cases.queries import flow_document

    document = flow_document(options.code, area_code=options.area, version=options.version)
    json.dump(document, sys.stdout, ensure_ascii=False, indent=1)
    print()
    return 0


def _read(name: str) -> object:
    try:
        content = Path(name).read_bytes()
        if len(content) > LARGEST:
            raise Refusal(CliError.VALUE, name="文件", value=name, why="超过 1 MB，不是流程文件")
        return json.loads(content)
    except (ValueError, RecursionError) as error:
        raise Refusal(CliError.VALUE, name="文件", value=name, why="不是有效的 JSON") from error
