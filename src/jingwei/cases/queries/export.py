"""Every step of every visible case as a row: its time, its limit, its lateness."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from jingwei.accounts import queries as accounts
from jingwei.accounts.errors import no_right
from jingwei.accounts.queries import Right, narrow
from jingwei.cases import timing, workflow
from jingwei.cases.models import Case, Step
from jingwei.catalogue import queries as catalogue
from jingwei.grids import queries as grids
from jingwei.journal.queries import generations
from jingwei.kernel import clock
from jingwei.kernel.actor import Actor

COLUMNS = (
    "案件编号", "案件标识", "来源", "来源编号", "网格编码", "网格名称", "分类编码", "分类名称", "经度", "纬度", "位置", "步骤",
    "环节", "环节名称", "责任单位", "开始时间", "时限", "时限单位", "截止时间", "结束时间", "结束操作", "是否超期", "超期分钟",
)
_CHUNK = 500


def export_steps(actor: Actor, *, since: datetime | None = None, until: datetime | None = None
                 ) -> Iterator[dict[str, Any]]:
    """Rows keyed by COLUMNS, by the ids of the cases: the oldest first, but for imported ones.

    The present stay of an open case is its last row, without an end.
    """
    if not actor.holds(Right.CASE_EXPORT.value):
        raise no_right(actor, Right.CASE_EXPORT)
    known = generations()
    write = _Rows(catalogue.book(known), accounts.unit_book(known), ZoneInfo(timing.zone()), clock.now())
    rows = narrow(Case.objects.all(), actor, Right.CASE_EXPORT, area="area_path", unit="unit_path")
    if since:
        rows = rows.filter(reported_at__gte=since)
    if until:
        rows = rows.filter(reported_at__lt=until)
    last = None
    while True:
        page = rows if last is None else rows.filter(id__gt=last)
        chunk = list(page.order_by("id")[:_CHUNK])
        if not chunk:
            return
        last = chunk[-1].id
        stays: dict[Any, list[Step]] = {}
        for step in Step.objects.filter(case_id__in=[case.id for case in chunk]).order_by("case_id", "number"):
            stays.setdefault(step.case_id, []).append(step)
        names = grids.names_of({case.area_then_id for case in chunk})
        for case in chunk:
            yield from write.of_case(case, stays.get(case.id, []), names)


class _Rows:
    def __init__(self, book: Any, units: dict[Any, Any], zone: ZoneInfo, now: datetime) -> None:
        self.book, self.units, self.zone, self.now = book, units, zone, now

    def of_case(self, case: Case, stays: list[Step], names: dict[int, tuple[str, str]]) -> Iterator[dict[str, Any]]:
        found = self.book.classes.get(case.class_entry_id)
        area_code, area_name = names.get(case.area_then_id, ("", ""))
        head = {
            "案件编号": case.number, "案件标识": case.id, "来源": case.channel, "来源编号": case.source_id or "",
            "网格编码": area_code, "网格名称": area_name, "分类编码": found.full_code if found else "",
            "分类名称": found.name if found else "", "经度": case.lon, "纬度": case.lat, "位置": case.place}
        for step in stays[:case.step - 1]:  # a step taken since the case was read belongs to the next export
            yield head | self._stay(step.number, step.state, step.unit_id, step.began_at, step.limit_value,
                                    step.limit_unit, step.due_at, step.ended_at, step.action)
        ended = workflow.STATES[case.state][1] == "ended"
        yield head | self._stay(case.step, case.state, case.unit_id, case.state_at, case.limit_value, case.limit_unit,
                                case.due_at, case.ended_at if ended else None, "")

    def _stay(self, number: int, state: str, unit_id: int | None, began: datetime, value: Any, unit: str,
              due: datetime | None, ended: datetime | None, action: str) -> dict[str, Any]:
        until = ended or self.now
        late = due is not None and until > due
        name = workflow.ACTIONS.get(action, ({"import": "导入", "merge": "并案", "change_kind": "改事件类别"}.get(action, action),))[0]
        return {
            "步骤": number, "环节": state, "环节名称": workflow.STATES[state][0],
            "责任单位": self.units[unit_id].name if unit_id in self.units else "", "开始时间": self._local(began),
            "时限": value if value is not None else "", "时限单位": unit, "截止时间": self._local(due),
            "结束时间": self._local(ended), "结束操作": name,
            "是否超期": "" if due is None else ("是" if late else "否"),
            "超期分钟": int((until - due).total_seconds() // 60) if late and due else ""}

    def _local(self, at: datetime | None) -> str:
        return at.astimezone(self.zone).isoformat(timespec="seconds") if at else ""
