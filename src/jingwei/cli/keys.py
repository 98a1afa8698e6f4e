"""`jingwei keys`: the keys out of a home and back into one. They are never in a backup of the data."""

import argparse
import getpass
import sys
from pathlib import Path

from jingwei.cli.errors import CliError
from jingwei.cli.ready import django_ready, start_django, the_home
from jingwei.kernel.errors import Refusal


def define(parser: argparse.ArgumentParser) -> None:
    acts = parser.add_subparsers(title="动作", metavar="动作", required=True)
    for name, line, run in (("export", "导出全部密钥到一个用口令加密的文件", run_export),
                            ("import", "把导出的密钥放回数据目录", run_import)):
        act = acts.add_parser(name, help=line, description=line, allow_abbrev=False)
        act.add_argument("file", metavar="文件")
        act.add_argument("--passphrase-file", metavar="文件", help="口令写在这个文件的第一行；不写则当场输入")
        act.set_defaults(run=run)


def run_export(options: argparse.Namespace) -> int:
    django_ready()
    from jingwei.accounts.queries import operator
    from jingwei.journal import commands as journal

    journal.export_keys(operator(), Path(options.file).absolute(), _passphrase(options, twice=True))
    print(f"密钥已导出到 {options.file}。谁有这个文件和口令，谁就能读备份里的个人信息：请与备份分开保存")
    return 0


def run_import(options: argparse.Namespace) -> int:
    home = the_home()
    start_django()
    from jingwei.journal.keys import import_keys

    placed = import_keys(Path(options.file), _passphrase(options), home.keys)
    print(f"已放回密钥 {'、'.join(placed)}" if placed else "密钥本来就齐全，没有改动")
    return 0


def _passphrase(options: argparse.Namespace, *, twice: bool = False) -> str:
    if options.passphrase_file:
        lines = Path(options.passphrase_file).read_text("utf-8").splitlines()
        return lines[0] if lines else ""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    given = getpass.getpass("口令：")
    if twice and getpass.getpass("再输一遍：") != given:
        raise Refusal(CliError.VALUE, name="口令", value="……", why="两遍不一样")
    return given
