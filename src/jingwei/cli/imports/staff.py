"""`jingwei import staff`: people and their posts, with one-time links for those who have no password yet."""

import argparse
import sys
from pathlib import Path

from jingwei.cli.errors import CliError
from jingwei.cli.imports.reporting import table_options, tell
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
    from jingwei.accounts.commands.import_files import staff_of_file
    from jingwei.accounts.queries import operator

    if options.links and Path(options.links).exists():
        raise Refusal(CliError.FILE_EXISTS, path=options.links)
    told = staff_of_file(operator(), options.file, options.url, sheet=options.sheet, dry_run=options.dry_run,
                         links_for_all=options.all_links)
    status = tell(options, told)
    if told.links and options.links:
        with CsvWriter(options.links, ("登录名", "链接", "有效至")) as out:
            for each in told.links:
                out.write({"登录名": each.login, "链接": each.link,
                           "有效至": each.expires_at.isoformat(timespec="minutes")})
        print(f"{len(told.links)} 个一次性链接写到 {options.links}：发给本人后请删除", file=sys.stderr)
    elif told.links:
        print(f"{len(told.links)} 人还没有密码：用 --links 文件 --all-links 再导一次，或用 jingwei user reset",
              file=sys.stderr)
    return status
