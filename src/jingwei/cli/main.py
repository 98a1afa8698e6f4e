"""`jingwei`: reads the command line, finds the command, says every refusal in words.

Exit status: 0 done, 1 refused or not sound, 2 not used as meant (wrong options, no data folder), 130 interrupted.
Nothing of Django is imported here, and only the module of the command that was asked for.
"""

import argparse
import os
import sys
from importlib import import_module
from typing import NoReturn

from jingwei import __version__
from jingwei.cli.words import speak_chinese

COMMANDS: dict[str, tuple[str, str]] = {
    "init": ("init", "建立数据目录；已建立的补齐缺项、升级数据库"),
    "serve": ("serve", "启动服务（网页、接口和后台任务）"),
    "worker": ("worker", "只运行后台任务"),
    "doctor": ("doctor", "自检，逐项说明怎么办"),
    "backup": ("backup", "备份到一个文件（服务可以照常运行）"),
    "restore": ("restore", "从备份文件恢复到一个空的数据目录"),
    "user": ("user", "建立、关闭账号，重发一次性链接"),
    "import": ("imports.command", "导入区划、区域、底图、单位、人员、配置、排班、放假、分类、规则、部件、案件"),
    "plan": ("plan", "列出、发布、放弃划分方案，写四至"),
    "system": ("system", "网格体系：列出、按模板设立、对照规则检查"),
    "grids": ("grids", "核查划分：覆盖、归属、编码、大小、人员"),
    "print": ("print_papers", "打印网格图、公示牌、联系卡、网格档案（PDF）"),
    "partition": ("partition", "由道路、建筑和社区边界提出单元网格和责任网格"),
    "parts": ("parts", "部件：新旧分类转换"),
    "demo": ("demo_command", "生成并启动虚构的演示区"),
    "export": ("export", "导出案件的每个环节、部件"),
    "locate": ("locate", "位置属于哪个区域"),
    "clock": ("clock", "计算时限的到期时间并说明来由"),
    "flow": ("flow", "检查流程文件，写出现行的流程"),
    "cases": ("cases", "结案抽查：列出、复算"),
    "search": ("search", "重建案件查找用的索引"),
    "suggest": ("suggest", "由已结案件学习分类、立案条件、责任单位的建议"),
    "notices": ("notices", "通知：各个连接、试发、没有发出的"),
    "journal": ("journal", "核对日志：有没有被改动、删除、插入、调换"),
    "keys": ("keys", "导出、放回密钥"),
    "docs": ("docs", "重新生成由代码得出的文档（开发用）"),
}


class _Parser(argparse.ArgumentParser):
    """Wrong usage: what is wrong, and where help is. Exit status 2."""

    def error(self, message: str) -> NoReturn:
        self.print_usage(sys.stderr)
        self.exit(2, f"{self.prog}：{message}。查看说明：{self.prog} --help\n")


def main(arguments: list[str] | None = None) -> int:
    """Run one command and return the exit status."""
    for stream in (sys.stdout, sys.stderr):
        # A terminal in another encoding shows a question mark; it does not end the program.
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]
    os.umask(0o077)
    words, home = _without_home(sys.argv[1:] if arguments is None else arguments)
    options = _parser(words).parse_args(words)
    if home:
        os.environ["JINGWEI_HOME"] = os.path.abspath(home)
    try:
        status = int(options.run(options) or 0)
        sys.stdout.flush()
    except KeyboardInterrupt:
        print("已中断。", file=sys.stderr)
        return 130
    except BrokenPipeError:
        # The reader (`… | head`) has seen enough. Nothing may be written at exit either.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:  # noqa: BLE001
        from jingwei.cli.refusing import say

        return say(error)
    return status


def _parser(words: list[str]) -> argparse.ArgumentParser:
    speak_chinese()
    parser = _Parser(prog="jingwei", description="经纬：网格化管理", allow_abbrev=False)
    parser.add_argument("--home", metavar="目录", help="数据目录；默认取 JINGWEI_HOME，再默认当前目录下的 jingwei-home")
    parser.add_argument("--version", action="version", version=f"jingwei {__version__}", help="显示版本")
    commands = parser.add_subparsers(title="命令", metavar="命令", required=True, parser_class=_Parser)
    chosen = next((word for word in words if not word.startswith("-")), "")
    for name, (module, line) in COMMANDS.items():
        command = commands.add_parser(name, help=line, description=line, allow_abbrev=False)
        if name == chosen:
            command.formatter_class = argparse.RawDescriptionHelpFormatter
            import_module(f"jingwei.cli.{module}").define(command)
    return parser


def _without_home(words: list[str]) -> tuple[list[str], str]:
    """The words without --home and its value, which may stand before or after the command; the value."""
    left: list[str] = []
    home = ""
    rest = iter(words)
    for word in rest:
        if word == "--":
            return [*left, word, *rest], home
        if word == "--home":
            home = next(rest, "")
            if not home:
                return [*left, word], ""
        elif word.startswith("--home="):
            home = word.removeprefix("--home=")
        else:
            left.append(word)
    return left, home


if __name__ == "__main__":
    sys.exit(main())
