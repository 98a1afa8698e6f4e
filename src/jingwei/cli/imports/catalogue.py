"""`jingwei import catalogue`: a national scheme that came along, a scheme of one's own, or a city's filing standard."""

import argparse
import shlex
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from jingwei.cli.errors import CliError
from jingwei.cli.imports.reporting import reasons_kept, tell
from jingwei.cli.ready import django_ready
from jingwei.kernel.errors import Refusal

_OPTIONS = {"kind": "--kind component（部件）或 --kind matter（事件）", "fill_down": "--fill-down"}


def define(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", nargs="?", metavar="文件", help="CSV 或 XLSX；用 --install 时不写")
    parser.add_argument("--sheet", metavar="工作表", help="XLSX 里的哪一张表")
    parser.add_argument("--scheme", metavar="方案", help="分类方案的编码，例如 gbt47678.5-2026")
    parser.add_argument("--kind", choices=("component", "matter"), help="整张表只有部件（component）或事件（matter）")
    parser.add_argument("--fill-down", action="store_true", help="分类列的空格沿用上一行（合并单元格另存为 CSV 后会这样）")
    parser.add_argument("--install", metavar="方案", help="装入随程序提供的国家标准分类")
    parser.add_argument("--classes", action="store_true", help="文件是一个自有方案的分类表，不是立案标准")
    parser.add_argument("--title", default="", metavar="名称", help="自有方案的名称")
    parser.add_argument("--digits", type=int, default=2, metavar="位", help="自有方案小类编码的位数，默认 2")
    parser.epilog = "不加 --install、--classes 时，文件是本市的立案、处置、结案标准。"
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    if not options.install and not (options.file and options.scheme):
        raise Refusal(CliError.VALUE, name="参数", value="", why="要有文件和 --scheme，或者 --install 方案")
    django_ready()
    from jingwei.accounts.queries import operator
    from jingwei.catalogue.commands import import_files

    actor, dry = operator(), options.dry_run
    if options.install:
        options.file = options.install
        return tell_catalogue(options, import_files.shipped_scheme(actor, options.install, dry_run=dry))
    required = () if options.classes else import_files.REQUIRED
    with reasons_kept(options, required=required), _options_named(options):
        if options.classes:
            told = import_files.classes_of_file(actor, options.file, options.scheme, title=options.title,
                                                digits=options.digits, sheet=options.sheet, dry_run=dry)
        else:
            told = import_files.standard_of_file(actor, options.file, options.scheme, kind=options.kind,
                                                 fill_down=options.fill_down, sheet=options.sheet, dry_run=dry)
    return tell_catalogue(options, told)


@contextmanager
def _options_named(options: argparse.Namespace) -> Iterator[None]:
    """A standard that lacks an option: which, as it is written here, with a line to copy."""
    try:
        yield
    except Refusal as refusal:
        lacks = refusal.details.get("lacks")
        if not lacks:
            raise
        kind = f" --kind {options.kind or 'component'}" if options.kind or "kind" in lacks else ""
        sheet = f" --sheet {shlex.quote(options.sheet)}" if options.sheet else ""
        filled = " --fill-down" if options.fill_down or "fill_down" in lacks else ""
        raise Refusal(
            CliError.STANDARD_LACKS, said=refusal.text("zh"), options=" 和 ".join(_OPTIONS[name] for name in lacks),
            example=f"jingwei import catalogue {shlex.quote(options.file)} --scheme {options.scheme}{sheet}{kind}{filled}",
            findings=refusal.details["findings"]) from refusal


def tell_catalogue(options: argparse.Namespace, told: Any) -> int:
    """The outcome of any import of the catalogue; returns the exit status."""
    return tell(options, told, 新增=told.counts.added, 更新=told.counts.changed, 停用=told.retired,
                不变=told.counts.unchanged)
