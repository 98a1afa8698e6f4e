"""`jingwei system`: which grid systems lie over the ground; set one up; what in one is not as its rules ask."""

import argparse

from jingwei.cli.ready import django_ready


def define(parser: argparse.ArgumentParser) -> None:
    acts = parser.add_subparsers(title="操作", metavar="操作", required=True)
    listing = acts.add_parser("list", help="列出已设立的网格体系和随带的模板", description="列出已设立的网格体系和随带的模板",
                              allow_abbrev=False)
    listing.set_defaults(run=show)
    setup = acts.add_parser("setup", help="按模板设立一个网格体系", description="按模板设立一个网格体系：级别、规则都可以以后再改",
                            allow_abbrev=False)
    setup.add_argument("template", metavar="模板", help="模板编号，见 jingwei system list")
    setup.add_argument("--code", default="", metavar="编号", help="体系编号，默认与模板相同")
    setup.add_argument("--name", default="", metavar="名称", help="体系名称，默认与模板相同")
    setup.set_defaults(run=set_up)
    checking = acts.add_parser("check", help="列出与体系规则不符之处", description="列出与体系规则不符之处；有不符的，退出状态为 1",
                               allow_abbrev=False)
    checking.add_argument("system", metavar="编号", help="体系编号")
    checking.set_defaults(run=check)
    parser.epilog = "网格用 jingwei import divisions（不画边界的）或 import areas 加 --system 导入；人员用 import staffing --system"


def show(options: argparse.Namespace) -> int:
    django_ready()
    from jingwei.accounts.queries import operator
    from jingwei.grids.queries import systems, templates

    for line in systems(operator()):
        levels = "、".join(f"{level.name} {level.areas}" for level in line.levels if level.areas) or "还没有网格"
        print(f"{line.code:<18} {line.name}（{levels}；规则 {len(line.rules)} 条）")
    print("随带的模板：")
    for template in templates():
        standing = "（已设立）" if template.set_up else ""
        print(f"{template.code:<18} {template.name}{standing}：{'、'.join(template.levels)}")
    return 0


def set_up(options: argparse.Namespace) -> int:
    django_ready()
    from jingwei.accounts.queries import operator
    from jingwei.grids.commands import set_up_from

    code = set_up_from(operator(), options.template, code=options.code, name=options.name)
    print(f"已设立网格体系 {code}。接着导入它的网格：jingwei import divisions 文件 --system {code}")
    return 0


def check(options: argparse.Namespace) -> int:
    django_ready()
    from jingwei.accounts.queries import operator
    from jingwei.grids.queries import system_faults

    found = system_faults(operator(), options.system)
    for fault in found.items:
        where = f"{fault.code} {fault.name}：" if fault.code else ""
        print(f"{where}{fault.user_name}{fault.text}")
    if found.count > len(found.items):
        print(f"……共 {found.count} 处")
    print(f"查看了 {found.checked} 个网格，" + (f"{found.count} 处与规则不符" if found.count else "都合规则"))
    return 1 if found.count else 0
