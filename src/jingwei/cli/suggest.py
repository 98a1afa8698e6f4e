"""`jingwei suggest`: learn class, filing condition and unit from closed cases, and see how the proposals do."""

import argparse
from datetime import date
from typing import Any

from jingwei.cli.errors import CliError
from jingwei.cli.ready import django_ready
from jingwei.formats.atomic import atomic_file
from jingwei.kernel.errors import Refusal

_KINDS = {"class": "分类", "condition": "立案条件", "unit": "责任单位"}
_ADVICE = {
    "": "现在不需要重新学习。",
    "none": "还没有学习过，所以不提建议，其他照常。已结案件足够后运行 jingwei suggest train。",
    "old": "上次学习已超过半年，请运行 jingwei suggest train。",
    "drifted": "最近采纳的比学习时检验的明显少（情况变了），请运行 jingwei suggest train。",
}
_SHOWN = 30


def define(parser: argparse.ArgumentParser) -> None:
    acts = parser.add_subparsers(title="动作", metavar="动作", required=True)
    train = acts.add_parser("train", help="由本地已结案件学习，用以后月份的案件检验，然后启用", description="由本地已结案件学习，用以后月份的案件检验，然后启用",
                            allow_abbrev=False)
    train.add_argument("--until", metavar="日期", help="检验时只学这一天之前上报的案件；默认留最近五分之一用于检验")
    train.add_argument("--judge-only", action="store_true", help="只检验，不启用")
    train.set_defaults(run=run_train)
    status = acts.add_parser("status", help="现用的建议：检验结果、逐月采纳情况、要不要重新学习",
                             description="现用的建议：检验结果、逐月采纳情况、要不要重新学习", allow_abbrev=False)
    status.set_defaults(run=run_status)


def run_train(options: argparse.Namespace) -> int:
    until = _day(options.until) if options.until else None
    django_ready()
    from django.conf import settings

    from jingwei.accounts.queries import operator
    from jingwei.cases.commands import learn_suggestions
    from jingwei.cases.queries import SUGGESTION_REPORT

    print("正在学习，案件多时要几分钟……")
    lesson = learn_suggestions(operator(), until=until, keep=not options.judge_only)
    told = "\n".join(_told(lesson))
    print(told)
    if lesson.name:
        path = settings.HOME.suggestions / SUGGESTION_REPORT
        with atomic_file(path) as stream:
            stream.write((told + "\n").encode())
        print(f"已启用（{lesson.name}），正在运行的服务下一次就用它。报告：{path}")
    else:
        print("只做了检验，没有启用。")
    return 0


def run_status(options: argparse.Namespace) -> int:
    django_ready()
    from jingwei.accounts.queries import operator
    from jingwei.cases.queries import suggestion_state

    state = suggestion_state(operator())
    if state.model:
        print(f"现用 {state.model}，{state.learned_at[:10]} 由 {state.cases:,} 件已结案件学成")
        for kind, judged in state.judged.items():
            print(f"  {_KINDS[kind]}：检验 {judged['cases']:,} 件，首选对 {judged['first']:.1%}，前三有对的 {judged['three']:.1%}；"
                  f"{_bound(state.bounds[kind])}")
        for month in state.months:
            print(f"  {month.month} {_KINDS[month.kind]}：{month.choices:,} 次选择，{month.taken:.1%} 与首选相同"
                  f"（学得的把握 {month.promised:.1%}），{month.three:.1%} 在前三之中")
    print(_ADVICE[state.advice])
    return 0


def _told(lesson: Any) -> list[str]:
    lines = [f"已结案件 {lesson.cases:,} 件。检验：学 {lesson.until} 之前的 {lesson.learned_from:,} 件，用之后的案件对照。"]
    for kind, judged in (("class", lesson.classes), ("condition", lesson.conditions), ("unit", lesson.units)):
        if judged is not None:
            lines.append(f"{_KINDS[kind]}：检验 {judged.cases:,} 件，首选对 {judged.first:.1%}，前三有对的 {judged.three:.1%}，"
                         f"把握与实际平均相差 {judged.gap:.3f}；{_bound(lesson.bounds[kind])}")
    lines.append(f"对照：每件都报最常见的分类，只对 {lesson.classes.commonest:.1%}；20 件以上的分类平均 F1 {lesson.classes.even:.3f}")
    lines += [f"  {row.found:>6,} / {row.cases:<6,} {lesson.label_names.get(row.label, row.label)}（{row.label}）"
              for row in lesson.classes.labels[:_SHOWN]]
    if len(lesson.classes.labels) > _SHOWN:
        lines.append(f"  另有 {len(lesson.classes.labels) - _SHOWN} 个较少的分类")
    return lines


def _bound(bound: float) -> str:
    return f"把握 {bound:.0%} 以上预先填好" if bound <= 1 else "还不够准，只列出不预填"


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text.strip())
    except ValueError as error:
        raise Refusal(CliError.VALUE, name="--until", value=text, why="应为 2026-09-01 这样的日期") from error
