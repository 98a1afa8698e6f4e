"""`jingwei notices`: which ways out are connected, try one, what could not be sent and sending it again."""

import argparse

from jingwei.cli.ready import django_ready


def define(parser: argparse.ArgumentParser) -> None:
    acts = parser.add_subparsers(title="操作", metavar="操作", required=True)
    listing = acts.add_parser("list", help="列出各个连接和它们的状态", description="列出各个连接和它们的状态", allow_abbrev=False)
    listing.set_defaults(run=show)
    trial = acts.add_parser("test", help="用一个连接马上试发一条，不成时说明是哪里不对",
                            description="用一个连接马上试发一条；没有发出的，退出状态为 1", allow_abbrev=False)
    trial.add_argument("connector", metavar="连接", help="连接的名称或编号，见 jingwei notices list")
    trial.add_argument("--to", default="", metavar="收件人", help="邮箱或手机号；群机器人不用填")
    trial.set_defaults(run=test)
    held = acts.add_parser("parked", help="列出没有发出的通知；修好后重发",
                           description="列出一天没有发出、或被对方拒绝的通知；有的，退出状态为 1", allow_abbrev=False)
    held.add_argument("--retry", action="store_true", help="全部重发")
    held.set_defaults(run=parked)
    parser.epilog = "建立、修改连接在工作台的“设置 → 通知与连接”里，由系统管理员办"


def show(options: argparse.Namespace) -> int:
    django_ready()
    from jingwei.accounts.queries import operator
    from jingwei.notices.queries import office

    states = {"well": "正常", "failing": "上次没有发出", "resting": "暂停一会儿", "off": "停用"}
    for one in office(operator()).connectors:
        print(f"{one.id}  {one.name}（{one.kind_name}，{states[one.state]}；等待 {one.waiting} 条，搁置 {one.parked} 条）"
              + (f"：{one.error}" if one.error else ""))
    if not office(operator()).connectors:
        print("还没有连接。请系统管理员在“设置 → 通知与连接”里建立。")
    return 0


def test(options: argparse.Namespace) -> int:
    django_ready()
    from jingwei.accounts.queries import operator
    from jingwei.kernel.errors import KernelError, Refusal
    from jingwei.notices.commands import try_out
    from jingwei.notices.queries import office

    found = [one for one in office(operator()).connectors if options.connector in (one.name, str(one.id))]
    if len(found) != 1:
        raise Refusal(KernelError.NOT_FOUND)
    try_out(operator(), found[0].id, options.to)
    print(f"已由“{found[0].name}”发出一条，请到对方那里看看收到没有。")
    return 0


def parked(options: argparse.Namespace) -> int:
    django_ready()
    from jingwei.accounts.queries import operator
    from jingwei.notices.commands import retry
    from jingwei.notices.queries import parked as listed

    rows = listed(operator())
    for one in rows:
        print(f"{one.title}（{one.connector_name}，{one.receiver or '群'}，试了 {one.tries} 次）：{one.error}")
        if options.retry:
            retry(operator(), one.id)
    if options.retry and rows:
        print(f"{len(rows)} 条已放回，马上重发。")
        return 0
    print(f"没有发出的 {len(rows)} 条" if rows else "没有搁置的通知")
    return 1 if rows else 0
