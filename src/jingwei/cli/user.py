"""`jingwei user`: people at the server's keyboard: added, closed, given a new one-time link or second factor."""

import argparse
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from jingwei.cli.errors import CliError
from jingwei.cli.ready import django_ready
from jingwei.config.home import Home
from jingwei.kernel.errors import Refusal


def define(parser: argparse.ArgumentParser) -> None:
    acts = parser.add_subparsers(title="动作", metavar="动作", required=True)
    add = acts.add_parser("add", help="建立账号，给出设密码的一次性链接", description="建立账号，给出设密码的一次性链接",
                          allow_abbrev=False)
    add.add_argument("login", metavar="登录名")
    add.add_argument("name", metavar="姓名")
    add.add_argument("--unit", default="", metavar="编码", help="所在单位")
    add.add_argument("--role", action="append", default=[], metavar="岗位", help="岗位的名称或代码，可以多次；与 --area 同用")
    add.add_argument("--area", default="*", metavar="编码", help="岗位管到哪个区域，默认 * 全部")
    add.add_argument("--unit-scope", default="", metavar="编码", help="岗位只限这个单位承办的")
    add.set_defaults(run=run_add)
    for name, line, run in (("disable", "关闭账号：会话、令牌、岗位即刻失效，不能恢复", run_disable),
                            ("reset", "旧密码、两步验证即刻失效，给出新的一次性链接", run_reset),
                            ("reset-factor", "手机和恢复码都丢了：重置两步验证，下次登录重新设置", run_reset_factor)):
        act = acts.add_parser(name, help=line, description=line, allow_abbrev=False)
        act.add_argument("login", metavar="登录名")
        act.set_defaults(run=run)
    acts.choices["disable"].add_argument("--yes", action="store_true",
                                         help="即使是最后一位系统、安全或审计管理员也关闭")
    for act in (add, acts.choices["reset"]):
        act.add_argument("--url", default="http://127.0.0.1:8000", metavar="网址", help="链接开头的服务地址")


def run_add(options: argparse.Namespace) -> int:
    home = django_ready()
    from django.db import transaction

    from jingwei.accounts.commands import grants, users
    from jingwei.accounts.queries import Role, operator

    actor = operator()
    with transaction.atomic():  # an account without the posts that were asked for would be half a job
        user_id = users.create(actor, options.login, options.name, unit_code=options.unit)
        for role in options.role:
            grants.give(actor, user_id, role, options.area, unit_code=options.unit_scope)
    posts = "、".join(meant.zh if (meant := Role.meant(role)) else role for role in options.role)
    print(f"已建立账号 {options.login}" + (f"，岗位 {posts}" if posts else "，还没有岗位"))
    _tell_link(home, users.reset(actor, user_id), options.url)
    return 0


def run_disable(options: argparse.Namespace) -> int:
    home = django_ready()
    from jingwei.accounts.commands import users
    from jingwei.accounts.errors import AccountError
    from jingwei.accounts.queries import administrators, operator
    from jingwei.config.checks import way_back

    actor, user_id = operator(), _id_of(options.login)
    before = administrators(actor)
    try:
        users.dismiss(actor, user_id, even_the_last=options.yes)
    except Refusal as refusal:
        if refusal.reason is not AccountError.LAST_ADMINISTRATOR:
            raise
        raise Refusal(CliError.LAST_ADMINISTRATOR, login=options.login, **refusal.details) from refusal
    print(f"账号 {options.login} 已关闭")
    for was, post in zip(before, administrators(actor), strict=True):
        if was != post and not post.ready:
            print(f"！ 现在没有能登录的{post.role.zh}。{way_back(home, post)}")
    return 0


def run_reset(options: argparse.Namespace) -> int:
    home = django_ready()
    from jingwei.accounts.commands import users
    from jingwei.accounts.queries import operator

    _tell_link(home, users.reset(operator(), _id_of(options.login)), options.url)
    return 0


def run_reset_factor(options: argparse.Namespace) -> int:
    django_ready()
    from jingwei.accounts.commands import second_factor
    from jingwei.accounts.queries import operator

    second_factor.reset(operator(), _id_of(options.login))
    print(f"账号 {options.login} 的两步验证已重置，会话和令牌已失效；下次登录时重新设置")
    return 0


def _id_of(login: str) -> UUID:
    from jingwei.accounts.queries import ids_of_logins

    login = login.strip().lower()
    found = ids_of_logins([login]).get(login)
    if found is None and ids_of_logins([login], dismissed=True):
        raise Refusal(CliError.LOGIN_CLOSED, login=login)
    if found is None:
        raise Refusal(CliError.NO_SUCH_LOGIN, login=login)
    return found


def _tell_link(home: Home, invited: Any, url: str) -> None:
    until = invited.expires_at.astimezone(ZoneInfo(str(home.options.get("zone", "Asia/Shanghai"))))
    print(f"设密码的一次性链接（{until:%m-%d %H:%M} 前有效，只显示这一次）：\n  {invited.link(url)}")
