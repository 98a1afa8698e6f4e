"""`jingwei cases`: samples of closed cases, drawn again from what was published."""

import argparse
from pathlib import Path
from zoneinfo import ZoneInfo

from jingwei.cli.ready import django_ready
from jingwei.formats.atomic import atomic_file


def define(parser: argparse.ArgumentParser) -> None:
    acts = parser.add_subparsers(title="做什么", metavar="做什么", required=True)
    line = "结案抽查：列出，复算，写出名单"
    act = acts.add_parser("sample", help=line, description=line, allow_abbrev=False)
    which = act.add_mutually_exclusive_group()
    which.add_argument("--check", metavar="编号", help="复算这次抽查：名单、种子、抽取是否与日志里的公告一致；不一致时以 1 结束")
    which.add_argument("--list", metavar="编号", help="写出这次抽查的名单（案件编号、单位、分类，以制表符分隔），与公告的摘要逐字节一致")
    act.add_argument("--to", metavar="文件", help="名单写到哪个文件；默认 编号.txt")
    act.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    if options.check:
        return _check(options.check)
    return _write(options.list, options.to) if options.list else _listed()


def _listed() -> int:
    django_ready()
    from django.conf import settings

    from jingwei.accounts.queries import operator
    from jingwei.cases.queries import list_case_samples

    found = list_case_samples(operator())
    for one in found:
        at = one.announced_at.astimezone(ZoneInfo(settings.JINGWEI_ZONE)).strftime("%Y-%m-%d %H:%M")
        share = f"，合格率 {one.share} %" if one.share else ""
        print(f"{one.number}  {one.state_name:<8}  {at} 公告  {one.area_name}  {one.title}（名单 {one.population:,} 件，复核 {one.done}/{one.size or one.asked}{share}）")
    if not found:
        print("还没有结案抽查。在工作台“抽查”页公告一次。")
    return 0


def _check(number: str) -> int:
    django_ready()
    from jingwei.accounts.queries import operator
    from jingwei.cases.queries import check_sample, sample_by_number

    found = check_sample(operator(), sample_by_number(operator(), number))
    for proof in found.proofs:
        print(f"{'一致' if proof.holds else '不一致'}  {proof.name}：{proof.words}")
    if found.state == "announced":
        print("这次抽查还没有抽取，只核对了名单。")
    print(f"{found.number}：{'复算与公告一致' if found.sound else '复算与公告不一致'}。日志本身有没有被改动：jingwei journal verify")
    return 0 if found.sound else 1


def _write(number: str, to: str | None) -> int:
    django_ready()
    from jingwei.accounts.queries import operator
    from jingwei.cases.queries import sample_by_number, sample_frame

    data = sample_frame(operator(), sample_by_number(operator(), number))
    path = Path(to or f"{number}.txt")
    with atomic_file(path) as stream:
        stream.write(data)
    print(f"已写入 {path}（{len(data):,} 字节）。摘要：sha256sum {path}")
    return 0
