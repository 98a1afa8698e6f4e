"""`jingwei import staff`: people and their posts, with one-time links for those who have no password yet."""

import argparse
import sys
from pathlib import Path

from jingwei.cli.errors import CliError
from jingwei.cli.imports.reporting import Turned, open_table, summary, table_options, write_rejects
from jingwei.cli.ready import django_ready
from jingwei.formats.table_writing import CsvWriter
from jingwei.kernel.errors import Refusal


def define(parser: argparse.ArgumentParser) -> None:
    table_options(parser)
    parser.add_argument("--links", metavar="文件", help="一次性设密码链接写到这个新文件（CSV）；不写则不发链接，以后用 user reset")
    parser.add_argument("--all-links", action="store_true", help="文件里早已有账号但还没有密码的人也发链接")
    parser.add_argument("--url", default="http://127.0.0.1:8000", metavar="网址", help="链接开头的服务地址")
    parser.epilog = "列：登录名、姓名，可选 单位编码、岗位、区域编码（* 为全部）、限于单位；一人多岗写多行"
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    django_ready()
    from jingwei.accounts import queries as accounts
    from jingwei.accounts.commands.import_staff import import_staff
    from jingwei.grids.queries import path_of_code

    if options.links and Path(options.links).exists():
        raise Refusal(CliError.FILE_EXISTS, path=options.links)
    outcome = import_staff(accounts.operator(), open_table(options), path_of_code, dry_run=options.dry_run,
                           links_for_all=options.all_links)
    turned = [Turned(each.row, each.reason.code, each.text()) for each in outcome.rejected]
    write_rejects(options, turned)
    summary(options, 新增=outcome.created, 更新=outcome.updated, 不变=outcome.unchanged, 退回=len(turned))
    if outcome.invited and options.links:
        with CsvWriter(options.links, ("登录名", "链接", "有效至")) as out:
            for each in outcome.invited:
                out.write({"登录名": each.login, "链接": each.link(options.url),
                           "有效至": each.expires_at.isoformat(timespec="minutes")})
        print(f"{len(outcome.invited)} 个一次性链接写到 {options.links}：发给本人后请删除", file=sys.stderr)
    elif outcome.invited:
        print(f"{len(outcome.invited)} 人还没有密码：用 --links 文件 --all-links 再导一次，或用 jingwei user reset",
              file=sys.stderr)
    return 1 if turned and not (outcome.created or outcome.updated or outcome.unchanged) else 0
