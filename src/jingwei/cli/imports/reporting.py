"""How an import is told at a terminal: progress while it runs, what was odd, the list of rejects, the sums."""

import argparse
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from jingwei.formats.atomic import atomic_file
from jingwei.formats.imports import Said, Told, rejected
from jingwei.formats.rows import Table
from jingwei.formats.tables import read_table
from jingwei.kernel.errors import Refusal

_TOLD = 8  # kinds of remarks named one by one


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


def write_rejects(options: argparse.Namespace, count: int, listed: str) -> None:
    """The list of rejects beside the file. One of an earlier run is replaced, or removed where now every row was taken."""
    path = rejects_path(options)
    if not listed:
        path.unlink(missing_ok=True)
        return
    with atomic_file(path) as stream:
        stream.write(listed.encode())
    print(f"退回 {count} 行，行号与原因见 {path}", file=sys.stderr)


@contextmanager
def reasons_kept(options: argparse.Namespace, *, table: bool = True, required: Sequence[str] = ()) -> Iterator[None]:
    """Where not one row was taken the command refuses as a whole: the reasons it hands over are written all the same."""
    try:
        yield
    except Refusal as refusal:
        again = partial(open_table, options, required=required) if table else None
        rejects, listed = rejected(refusal.details.get("findings") or (), again)
        write_rejects(options, len(rejects), listed)
        raise


def tell(options: argparse.Namespace, told: Told, **counts: int) -> int:
    """The outcome of an import; `counts` in place of the usual sums. Returns the exit status."""
    tell_remarks(told.findings)
    write_rejects(options, len(told.rejects), told.rejects_csv)
    sums = counts or {"新增": told.counts.added, "更新": told.counts.changed, "不变": told.counts.unchanged}
    summary(options, **sums, 退回=told.counts.rejected)
    return 1 if told.nothing_taken else 0


def tell_remarks(remarks: Iterable[Said]) -> None:
    """What was odd about rows that were taken: each kind with its number and its first row."""
    first: dict[str, Said] = {}
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
