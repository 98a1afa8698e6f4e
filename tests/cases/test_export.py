"""The export: every step of every visible case with its time, its limit and its lateness."""

import csv
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from jingwei.accounts import queries as accounts
from jingwei.accounts.errors import AccountError
from jingwei.cases import commands
from jingwei.cases.models import Case, Step
from jingwei.cases.queries import EXPORT_COLUMNS, export_steps
from jingwei.cases.queries.export import _Rows
from jingwei.catalogue import queries as catalogue
from jingwei.formats.table_writing import CsvWriter
from jingwei.journal.queries import generations
from jingwei.kernel import clock
from tests.cases.conftest import IN_VILLAGE, MONDAY_NINE, expect_refusal

pytestmark = pytest.mark.django_db
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)


def lines(actor=None, **bounds):
    return list(export_steps(actor or accounts.operator(), **bounds))


def shown(row):
    """State, began and ended as local wall clock, limit, late, minutes late, what ended it."""
    return (row["环节"], row["开始时间"][11:16], row["结束时间"][11:16], f"{row['时限']} {row['时限单位']}".strip(), row["是否超期"],
            row["超期分钟"], row["结束操作"])


@pytest.fixture
def late_case(centre):
    """Reported Monday 9:00 (15 minutes to accept), filed 10:00, dispatched 10:10 (4 working hours: due 16:10), fed back
    Tuesday 9:10, confirmed 9:30, checked 10:15, closed 10:20."""
    case_id = centre.report(place="=HYPERLINK(\"http://x\")")
    deeds = (
        (HOUR, lambda: commands.file(centre.act("acceptor"), case_id)),
        (70 * MINUTE, lambda: commands.dispatch(centre.act("dispatcher"), case_id)),
        (24 * HOUR + 10 * MINUTE, lambda: commands.feed_back(centre.act("handler"), case_id, text="已清理")),
        (24 * HOUR + 30 * MINUTE, lambda: commands.confirm(centre.act("dispatcher"), case_id)),
        (25 * HOUR + 15 * MINUTE, lambda: commands.check(centre.act("supervisor"), case_id, passed=True)),
        (25 * HOUR + 20 * MINUTE, lambda: commands.close(centre.act("leader1"), case_id)))
    for after, deed in deeds:
        with clock.held_at(MONDAY_NINE + after):
            deed()
    return case_id


def test_each_step_tells_its_times_its_limit_and_how_late_it_was(late_case):
    """Handling: 4 working hours from Monday 10:10 end at 16:10 (lunch 12–14); fed back on Tuesday 9:10, 1,020 minutes late."""
    assert [shown(row) for row in lines()] == [
        ("reported", "09:00", "10:00", "15.00 work_minute", "是", 45, "立案"),
        ("filed", "10:00", "10:10", "15.00 work_minute", "否", "", "派遣"),
        ("handling", "10:10", "09:10", "4.00 work_hour", "是", 1020, "反馈结果"),
        ("fed_back", "09:10", "09:30", "15.00 work_minute", "是", 5, "批转核查"),
        ("checking", "09:30", "10:15", "30.00 work_minute", "是", 15, "核查通过"),
        ("checked", "10:15", "10:20", "", "", "", "结案"),
        ("closed", "10:20", "10:20", "", "", "", "")]


def test_the_columns_name_the_case_its_place_class_and_unit(late_case):
    rows = lines()
    assert all(set(row) == set(EXPORT_COLUMNS) for row in rows)
    case = Case.objects.get(id=late_case)
    for number, row in enumerate(rows, 1):
        assert (row["案件编号"], row["案件标识"], row["步骤"]) == (case.number, late_case, number)
        assert (row["网格编码"], row["分类编码"]) == ("990101001001001", "gbt47678.5-2026/matter/06010")
        assert row["开始时间"].endswith("+08:00")
    assert [row["责任单位"] for row in rows] == ["", "", "环卫所", "环卫所", "环卫所", "环卫所", "环卫所"]


def test_an_open_case_is_late_by_now_and_a_suspended_one_never(centre):
    open_id, still_id = centre.handled(), centre.handled()
    commands.suspend(centre.act("dispatcher"), still_id, reason="等待配件")
    with clock.held_at(MONDAY_NINE + 7 * HOUR):  # due at 15:00, now 16:00
        last = {row["案件标识"]: row for row in lines()}
    assert shown(last[open_id]) == ("handling", "09:00", "", "4.00 work_hour", "是", 60, "")
    assert shown(last[still_id]) == ("suspended", "09:00", "", "", "", "", "")


def test_one_minute_before_the_limit_is_in_time_and_so_is_the_limit_itself(centre):
    """T2: a boundary of its own kind: at the due instant it is not late yet."""
    case_id = centre.handled()
    due = Case.objects.get(id=case_id).due_at
    for after, late in ((-MINUTE, "否"), (timedelta(0), "否"), (MINUTE, "是")):
        with clock.held_at(due + after):
            assert lines()[-1]["是否超期"] == late


def test_a_case_that_came_back_has_a_row_for_every_stay(centre):
    case_id = centre.handled()
    commands.send_back(centre.act("handler"), case_id, reason="不属我所职责")
    commands.dispatch(centre.act("dispatcher"), case_id, unit_code="YL")
    assert [(row["步骤"], row["环节"], row["责任单位"]) for row in lines()] == [
        (1, "reported", ""), (2, "filed", ""), (3, "handling", "环卫所"), (4, "filed", ""), (5, "handling", "园林所")]


def test_bounds_are_by_the_instant_of_the_report(centre):
    ids = []
    for hour in range(3):
        with clock.held_at(MONDAY_NINE + hour * HOUR):
            ids.append(centre.report())
    found = [row["案件标识"] for row in lines(since=MONDAY_NINE + HOUR, until=MONDAY_NINE + 2 * HOUR)]
    assert found == [ids[1]]


def test_each_exports_only_what_they_may_and_most_may_not(centre):
    centre.handled()
    village = centre.report("villager", at=IN_VILLAGE)
    assert {row["案件标识"] for row in lines(centre.act("town"))} == {village}
    assert len({row["案件标识"] for row in lines(centre.act("boss"))}) == 2
    for login in ("handler", "supervisor", "acceptor", "sysadmin"):
        with expect_refusal(AccountError.NO_RIGHT):
            lines(centre.act(login))


def test_what_people_wrote_is_no_formula_in_a_spreadsheet(late_case, tmp_path: Path):
    path = tmp_path / "out.csv"
    with CsvWriter(path, EXPORT_COLUMNS) as table:
        for row in lines():
            table.write(row)
    with path.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert len(rows) == 7
    for row in rows:
        assert not row["位置"].startswith(("=", "+", "-", "@", "\t", "\r"))
        assert "HYPERLINK" in row["位置"]
        assert float(row["经度"]) == 102.0005, "a number stays a number"


def test_a_step_taken_while_the_export_reads_does_not_double_a_row(centre):
    """The case is read first, its stays a moment later."""
    case_id = centre.handled()
    read = Case.objects.get(id=case_id)
    commands.feed_back(centre.act("handler"), case_id, text="已清理")
    known = generations()
    write = _Rows(catalogue.book(known), accounts.unit_book(known), ZoneInfo("Asia/Shanghai"), clock.now())
    rows = list(write.of_case(read, list(Step.objects.filter(case_id=case_id).order_by("number")), {}))
    assert [(row["步骤"], row["环节"]) for row in rows] == [(1, "reported"), (2, "filed"), (3, "handling")]
