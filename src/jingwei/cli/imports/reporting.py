"""What every import tells: progress while it runs, the rows not taken with number and reason, the sums."""

import argparse
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from jingwei.formats.rows import Table
from jingwei.formats.table_writing import REJECT_COLUMNS, CsvWriter
from jingwei.formats.tables import read_table
from jingwei.kernel.errors import Refusal

_TOLD = 8  # kinds of remarks named one by one


class Turned(NamedTuple):
    """A row that was not taken. `row` 0: the file as a whole."""

    row: int
    code: str
    text: str


def table_options(parser: argparse.ArgumentParser, *, what: str = "文件") -> None:
    parser.add_argument("file", metavar=what, help="CSV（UTF-8、GB18030，可以是 .gz）或 XLSX")
    parser.add_argument("--sheet", metavar="工作表", help="XLSX 里的哪一张表")


def open_table(options: argparse.Namespace, **more: Any) -> Table:
    return read_table(options.file, sheet=getattr(options, "sheet", None), **more)


class Progress:
    """A line on the terminal that is written over; in a log, one line every ten seconds."""

    def __init__(self) -> None:
        self._live = sys.stderr.isatty()
        self._next = time.monotonic() + (0.5 if self._live else 10)
        self._shown = False

    def __call__(self, done: int, total: int | None = None) -> None:
        now = time.monotonic()
        if now < self._next:
            return
        self._next = now + (0.2 if self._live else 10)
        of_all = f" / {total}" if total else ""
        print(f"\r已处理 {done}{of_all} 行" if self._live else f"已处理 {done}{of_all} 行",
              end="" if self._live else "\n", file=sys.stderr, flush=True)
        self._shown = True

    def end(self) -> None:
        if self._live and self._shown:
            print(file=sys.stderr)


def rejects_path(options: argparse.Namespace) -> Path:
    return Path(options.rejects or f"{Path(options.file).name}.rejects.csv")


def write_rejects(options: argparse.Namespace, turned: list[Turned], *, table: bool = True,
                  required: Sequence[str] = ()) -> None:
    """Number, code and reason before the original columns, so that the rows can be corrected and imported again.

    A file of an earlier run is replaced, or removed where now every row was taken. `required`: the columns by which
    the header was found below a title.
    """
    path = rejects_path(options)
    if not turned:
        path.unlink(missing_ok=True)
        return
    reasons: dict[int, list[Turned]] = {}
    for each in sorted(turned):
        reasons.setdefault(each.row, []).append(each)
    columns: tuple[str, ...] = ()
    rows: dict[int, dict[str, str]] = {}
    if table:
        again = open_table(options, required=required)
        columns = tuple(column for column in again.columns if column not in REJECT_COLUMNS)
        rows = {row.number: row.values for row in again if row.number in reasons}
    with CsvWriter(path, (*REJECT_COLUMNS, *columns)) as out:
        for number, why in reasons.items():
            told = (number or "", "；".join(each.code for each in why), "；".join(each.text for each in why))
            out.write({**rows.get(number, {}), **dict(zip(REJECT_COLUMNS, told, strict=True))})
    print(f"退回 {len(reasons)} 行，行号与原因见 {path}", file=sys.stderr)


@contextmanager
def reasons_kept(options: argparse.Namespace, *, table: bool = True, required: Sequence[str] = ()) -> Iterator[None]:
    """Where not one row was taken the command refuses as a whole: the reasons it hands over are written all the same."""
    try:
        yield
    except Refusal as refusal:
        found = refusal.details.get("findings") or ()
        turned = [Turned(each.row, each.reason.code, each.text()) for each in found]
        write_rejects(options, turned, table=table, required=required)
        raise


def tell_remarks(remarks: Iterable[Turned]) -> None:
    """What was odd about rows that were taken: each kind with its number and its first row."""
    first: dict[str, Turned] = {}
    times: Counter[str] = Counter()
    for each in remarks:
        first.setdefault(each.code, each)
        times[each.code] += 1
    for code, count in times.most_common(_TOLD):
        where = f"第 {first[code].row} 行" if first[code].row else "整个文件"
        print(f"！ {count} 处，{where}起：{first[code].text}")
    if len(times) > _TOLD:
        print(f"！ 另有 {len(times) - _TOLD} 种提示")


def summary(options: argparse.Namespace, **counts: int) -> None:
    """`summary(options, 新增=3, 不变=2)`."""
    said = "，".join(f"{name} {count}" for name, count in counts.items())
    print(f"试运行，没有写入：{said}" if options.dry_run else f"已导入：{said}")
