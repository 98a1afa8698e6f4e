"""`jingwei import cases`: another system's table of cases, read by a mapping file."""

import argparse
import tomllib
from pathlib import Path
from typing import Any

from jingwei.cli.errors import CliError
from jingwei.cli.imports.reporting import Progress, open_table, rejects_path, summary, table_options
from jingwei.cli.ready import django_ready
from jingwei.formats.table_writing import RejectsWriter
from jingwei.kernel.errors import Refusal


def define(parser: argparse.ArgumentParser) -> None:
    table_options(parser)
    parser.add_argument("--mapping", required=True, metavar="文件", help="映射文件（TOML）：来源、时区、时间写法、各列的名称")
    parser.epilog = "同一来源、同一编号的案件只导一次：可以重复执行。"
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    raw = _mapping(Path(options.mapping))
    django_ready()
    from jingwei.accounts.queries import operator
    from jingwei.cases.case_table import Mapping
    from jingwei.cases.commands import import_cases

    mapping = Mapping.parse(raw)
    table = open_table(options, required=[name for name in mapping.columns.values() if name])
    progress = Progress()
    rejects_path(options).unlink(missing_ok=True)
    with RejectsWriter(rejects_path(options), table.columns) as rejects:
        outcome = import_cases(operator(), table, mapping, reject=rejects.write, progress=progress,
                               dry_run=options.dry_run)
    progress.end()
    for lon, lat, times in outcome.repeated_points:
        print(f"！ {times} 件都在 {lon}, {lat}：多半是来源的默认点，不是真实位置")
    summary(options, 新增=outcome.taken, 早已在库=outcome.there_already, 退回=outcome.rejected)
    if outcome.rejected:
        print(f"退回的行与原因见 {rejects_path(options)}")
    return 1 if outcome.rejected and not (outcome.taken or outcome.there_already) else 0


def _mapping(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise Refusal(CliError.VALUE, name="--mapping", value=path, why=f"不是有效的 TOML：{error}") from error
