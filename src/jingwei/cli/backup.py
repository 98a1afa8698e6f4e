"""`jingwei backup F`: the database, the files and a signed checkpoint in one file, while the service goes on."""

import argparse
import sys
from pathlib import Path

from jingwei.cli.errors import CliError
from jingwei.cli.ready import django_ready
from jingwei.config.backup.making import back_up, note_last
from jingwei.kernel.errors import Refusal


def define(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="文件", help="写到哪里；已有的文件不会覆盖")
    parser.epilog = "备份里不含密钥：请用 jingwei keys export 单独保存，不要与备份放在一处。"
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    home = django_ready()
    target = Path(options.file).absolute()
    if target.exists():
        raise Refusal(CliError.FILE_EXISTS, path=target)
    made = back_up(home, target)
    note_last(home, made.manifest, target)
    if made.unsigned:
        print(f"！ {made.unsigned.text()} 备份照常进行；请随后运行 jingwei journal verify", file=sys.stderr)
    print(f"已备份到 {target}（{made.size / 1e6:.1f} MB）")
    print(f"日志位置 {made.manifest.position}，文件 {made.manifest.files} 个，时间 {made.manifest.created_at}")
    print("备份里不含密钥：没有密钥，个人信息不能恢复。请用 jingwei keys export 单独保存")
    return 0
