"""Tables of new reports that one sent: how far each is, and what became of its rows. One's own only: they hold what callers said."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from jingwei.accounts.queries import Right, require
from jingwei.cases import batch_table
from jingwei.cases.models import Batch, BatchRow
from jingwei.formats.table_writing import csv_text
from jingwei.formats.workbook_writing import workbook_bytes
from jingwei.kernel.actor import Actor
from jingwei.kernel.errors import KernelError, Refusal

SHOWN, REFUSED_SHOWN = 20, 200
_WIDTHS = {"情况说明": 40, "位置描述": 30, "联系电话": 16, "发现时间": 18, "网格编码": 18, "分类": 18}
_NOTES = (
    "一行一件，情况说明必填；位置填经度和纬度（WGS-84 或 CGCS2000，度），或只填网格编码。",
    "来源、分类填名称；发现时间写成 2026-09-30 16:00。其余可空。不要改列名。",
)


@dataclass(frozen=True, slots=True)
class BatchLine:
    """`done` of `rows`: how far it is. `filed`, `refused`: what became of those. `bad`, `there`: rows of the file that were left out."""

    id: UUID
    name: str
    at: datetime
    state: str
    rows: int
    done: int
    filed: int
    refused: int
    bad: int
    there: int
    why: str
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class RefusedRow:
    row: int
    code: str
    why: str


@dataclass(frozen=True, slots=True)
class BatchDetail:
    """`refused_rows`: the first of them; the table has all."""

    batch: BatchLine
    refused_rows: list[RefusedRow]


def batches(actor: Actor) -> list[BatchLine]:
    """The newest first. One statement."""
    require(actor, Right.CASE_REPORT)
    return [_line(batch) for batch in Batch.objects.filter(by=actor.user_id).order_by("-at", "-id")[:SHOWN]] if actor.user_id else []


def batch(actor: Actor, batch_id: UUID) -> BatchDetail:
    """Two statements: it is asked every few seconds while it goes on."""
    found = _own(actor, batch_id)
    rows = BatchRow.objects.filter(batch=found, case=None).order_by("number").values_list("number", "code", "why")[:REFUSED_SHOWN] if found.refused else ()
    return BatchDetail(_line(found), [RefusedRow(*row) for row in rows])


def batch_outcome(actor: Actor, batch_id: UUID) -> str:
    """Every row that was dealt with, as CSV: the number of its case, or why there is none."""
    found = _own(actor, batch_id)
    columns = ("原文件行号", "案件编号", "结果", "原因")
    rows: Any = BatchRow.objects.filter(batch=found).order_by("number").values_list("number", "case__number", "why")
    return csv_text(columns, (dict(zip(columns, (number, case or "", "已登记" if case else "没有登记", why), strict=True))
                              for number, case, why in rows.iterator(chunk_size=2000)))


def batch_template(actor: Actor) -> bytes:
    """An empty workbook with the columns."""
    require(actor, Right.CASE_REPORT)
    return workbook_bytes("批量登记", tuple(batch_table.COLUMNS), (), widths=_WIDTHS, lines=_NOTES)


def _own(actor: Actor, batch_id: UUID) -> Batch:
    found = Batch.objects.filter(id=batch_id, by=actor.user_id).first() if actor.user_id else None
    if found is None:
        raise Refusal(KernelError.NOT_FOUND)
    return found


def _line(row: Batch) -> BatchLine:
    return BatchLine(row.id, row.name, row.at, row.state, row.rows, row.cursor, row.filed, row.refused, row.bad, row.there, row.why, row.ended_at)
