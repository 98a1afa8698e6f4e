"""`jingwei plan`: which divisions there are, which drafts wait; put one into force or give it up; four bounds."""

import argparse
from zoneinfo import ZoneInfo

from jingwei.cli import bounds
from jingwei.cli.ready import django_ready

_STATES = {"staging": "没有导完", "draft": "草案", "published": "已发布"}
_CHANGES = {"new": "新增", "drawn": "画界", "renamed": "改名", "moved": "移动", "retired": "撤销"}


def define(parser: argparse.ArgumentParser) -> None:
    acts = parser.add_subparsers(title="操作", metavar="操作", required=True)
    listing = acts.add_parser("list", help="列出各个方案", description="列出各个方案，新的在前", allow_abbrev=False)
    listing.add_argument("--system", default="base", metavar="体系", help="网格体系，默认基本体系 base")
    listing.set_defaults(run=show)
    for name, line, run in (("publish", "发布草案，立即生效", publish), ("drop", "放弃草案或没有导完的导入", drop)):
        act = acts.add_parser(name, help=line, description=line, allow_abbrev=False)
        act.add_argument("plan", type=int, metavar="编号", help="方案编号，见 jingwei plan list")
        act.set_defaults(run=run)
    line = "按底图写四至，人工填写的不改"
    bounds.define(acts.add_parser("bounds", help=line, description=line, allow_abbrev=False))


def show(options: argparse.Namespace) -> int:
    django_ready()
    from django.conf import settings

    from jingwei.accounts.queries import operator
    from jingwei.grids.queries import plans

    found = plans(operator(), system=options.system)
    for plan in found:
        state = f"第 {plan.number} 版" if plan.number else _STATES[plan.state]
        since = plan.valid_from.astimezone(ZoneInfo(settings.JINGWEI_ZONE)).strftime("%Y-%m-%d %H:%M") if plan.valid_from else "—"
        changes = "，".join(f"{_CHANGES[name]} {count}" for name, count in plan.changes.items()) or "没有变化"
        print(f"{plan.id:>6}  {state:<8}  {since:<16}  {plan.title}（{changes}）")
    if not found:
        print("还没有划分方案。用 jingwei import divisions 或 import areas 导入")
    return 0


def publish(options: argparse.Namespace) -> int:
    django_ready()
    from jingwei.accounts.queries import operator
    from jingwei.grids.commands import publish_plan

    print(f"已发布为第 {publish_plan(operator(), options.plan)} 版，立即生效")
    return 0


def drop(options: argparse.Namespace) -> int:
    django_ready()
    from jingwei.accounts.queries import operator
    from jingwei.grids.commands import drop_plan

    drop_plan(operator(), options.plan)
    print(f"已放弃方案 {options.plan}，它的编码可以再用")
    return 0
