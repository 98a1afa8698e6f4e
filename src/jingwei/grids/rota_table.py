"""A table of shifts into drafts: which columns, which days, which times. Pure."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from jingwei.formats.rows import Row
from jingwei.grids import shifts
from jingwei.grids.errors import GridError
from jingwei.grids.findings import Found, Remark, found
from jingwei.grids.rotas import day_of
from jingwei.kernel.errors import Refusal

_COLUMNS = {
    "area": ("网格编码", "区域编码", "编码", "area_code", "code"),
    "login": ("登录名", "账号", "login"),
    "day": ("日期", "值班日期", "day", "date"),
    "start": ("上班", "开始时间", "开始", "start"),
    "end": ("下班", "结束时间", "结束", "end"),
}


class Draft(NamedTuple):
    row: int
    area_code: str
    login: str
    day: date
    start: int
    minutes: int


def read(table: Iterable[Row]) -> tuple[list[Draft], list[Found]]:
    """Drafts in the order of the file; an end that is not later than its start lies on the next day."""
    drafts: list[Draft] = []
    findings: list[Found] = []
    columns: dict[str, str] | None = None
    for row in table:
        if columns is None:
            columns = _columns(row.values)
        cell = {wanted: row.values[name].strip() for wanted, name in columns.items()}
        day, start, end = day_of(cell["day"]), shifts.minute_of(cell["start"]), shifts.minute_of(cell["end"])
        if day is None or start is None or end is None or start == shifts.DAY or not (cell["area"] and cell["login"]):
            findings.append(found(row.number, Remark.BAD_SHIFT, what=_wrong(cell, day, start, end)))
            continue
        drafts.append(Draft(row.number, cell["area"], cell["login"].lower(), day, start, shifts.length(start, end)))
    return drafts, findings


def _columns(record: dict[str, str]) -> dict[str, str]:
    columns = {wanted: name for wanted, names in _COLUMNS.items() for name in names[::-1] if name in record}
    missing = [names[0] for wanted, names in _COLUMNS.items() if wanted not in columns]
    if missing:
        raise Refusal(GridError.COLUMNS_MISSING, missing="、".join(missing), seen="、".join(record))
    return columns


def _wrong(cell: dict[str, str], day: date | None, start: int | None, end: int | None) -> str:
    if not cell["area"] or not cell["login"]:
        return "网格编码或登录名为空"
    if day is None:
        return f"日期“{cell['day'][:20]}”"
    return f"上班时刻“{cell['start'][:20]}”" if start is None or start == shifts.DAY else f"下班时刻“{cell['end'][:20]}”"
