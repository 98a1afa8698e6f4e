"""Many reports at once from a table: every row by the rules of every report, and each row once (INT-01, INT-10, INT-15)."""

import io
import time
from typing import Any

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from jingwei.accounts import queries as accounts
from jingwei.accounts.commands import users
from jingwei.cases import commands, jobs, queries
from jingwei.cases.batch_errors import BatchError
from jingwei.cases.commands.batches import filing
from jingwei.cases.errors import CaseError
from jingwei.cases.models import Batch, BatchPart, BatchRow, Case
from jingwei.files.keys import ensure_key
from jingwei.formats.errors import FormatError
from jingwei.journal.models import Entry, Job, SubjectKey
from jingwei.journal.queries import history
from jingwei.kernel.errors import KernelError
from jingwei.kernel.ids import new_id
from jingwei.worklist.models import Item
from tests.cases.conftest import GARBAGE, IN_FIRST, MONDAY_NINE, Centre, expect_refusal

pytestmark = pytest.mark.django_db
HEAD = "情况说明,位置描述,经度,纬度,网格编码,分类,来源,联系人,联系电话,发现时间"
GOOD = f"路灯不亮,枫林路 12 号,{IN_FIRST[0]},{IN_FIRST[1]},,暴露垃圾,,李示例,13912345678,2026-11-23 08:30"


@pytest.fixture(autouse=True)
def at_once(centre: Centre, monkeypatch: pytest.MonkeyPatch) -> None:
    ensure_key()
    monkeypatch.setattr(filing, "PAUSE", 0)


def table(*rows: str, head: str = HEAD) -> bytes:
    return "\n".join((head, *rows)).encode()


def plain(text: str, lon: float = IN_FIRST[0], lat: float = IN_FIRST[1]) -> str:
    return f"{text},,{lon},{lat},,,,,,"


def many(count: int, *, first: int = 0) -> bytes:
    return table(*(plain(f"第 {number} 处积水") for number in range(first, first + count)))


def begun(centre: Centre, data: bytes, login: str = "acceptor", **more: Any) -> Batch:
    return Batch.objects.get(id=commands.begin_batch(centre.act(login), new_id(), data, name="热线.csv", **more))


def filed(centre: Centre, data: bytes, login: str = "acceptor", **more: Any) -> Batch:
    batch = begun(centre, data, login, **more)
    assert commands.run_batch(batch.id)
    batch.refresh_from_db()
    return batch


def reasons(centre: Centre, data: bytes, **more: Any) -> dict[int, str]:
    return {each.row: each.code for each in commands.check_batch(centre.act("acceptor"), data, **more).rejects}


def test_looking_at_a_table_writes_nothing(centre: Centre) -> None:
    before = Entry.objects.count()
    told = commands.check_batch(centre.act("acceptor"), table(GOOD, plain("井盖松动")))
    assert (told.counts.added, told.counts.rejected) == (2, 0)
    assert (told.sample[0].row, told.sample[0].area_name, told.sample[0].class_name, told.sample[0].channel_name) == (2, "柳溪一号单元", "暴露垃圾", "热线")
    assert told.areas == (("柳溪一号单元", 2),)
    assert (Case.objects.count(), BatchRow.objects.count(), Entry.objects.count()) == (0, 0, before)


def test_a_row_becomes_a_case_as_if_it_had_been_reported_by_hand(centre: Centre) -> None:
    batch = filed(centre, table(GOOD))
    case = Case.objects.get()
    assert (batch.state, batch.filed, batch.refused, batch.cursor) == ("done", 1, 0, 1)
    assert (case.channel, case.state, case.text, case.reported_by) == ("hotline", "reported", "路灯不亮", centre.ids["acceptor"])
    assert case.number.startswith("990101-2026-")
    assert queries.detail(centre.act("acceptor"), case.id).case["class_name"] == "暴露垃圾"
    assert case.due_at is not None
    assert Item.objects.get(subject=f"case:{case.id}").due_at == case.due_at
    told = commands.reveal(centre.act("acceptor"), case.id, reason="回访")
    assert (told["contact"]["name"], told["contact"]["phone"]) == ("李示例", "13912345678")
    entry, *_ = history(f"case:{case.id}")
    assert (entry.verb, entry.actor) == ("case.reported", centre.ids["acceptor"])
    assert "2026-11-23T00:30:00" in entry.data
    assert [each.verb for each in history(f"batch:{batch.id}")] == ["batch.begun", "batch.done"]


BAD_ROWS = {
    "没有说明": (f",,{IN_FIRST[0]},{IN_FIRST[1]},,,,,,", CaseError.MISSING),
    "看不见的说明": (f"\u200b,,{IN_FIRST[0]},{IN_FIRST[1]},,,,,,", CaseError.MISSING),
    "没有位置": ("路灯不亮,,,,,,,,,", BatchError.NO_POINT),
    "只有经度": ("路灯不亮,,102.0005,,,,,,,", CaseError.BAD_PLACE),
    "经度不是数": ("路灯不亮,,一百零二,40,,,,,,", CaseError.BAD_PLACE),
    "无穷大": ("路灯不亮,,inf,40,,,,,,", CaseError.BAD_PLACE),
    "在海上": (plain("路灯不亮", 122.9, 30.0), CaseError.NO_AREA),
    "在邻区": (plain("路灯不亮", 103.0005, 40.0005), CaseError.OUTSIDE),
    "没有的网格": ("路灯不亮,,,,990101009009009,,,,,", BatchError.UNKNOWN_GRID),
    "没有边界的网格": ("路灯不亮,,,,990101001001,,,,,", BatchError.UNKNOWN_GRID),
    "没有的分类": (f"路灯不亮,,{IN_FIRST[0]},{IN_FIRST[1]},,宇宙飞船,,,,", BatchError.UNKNOWN_CLASS),
    "没有的来源": (f"路灯不亮,,{IN_FIRST[0]},{IN_FIRST[1]},,,心灵感应,,,", CaseError.UNKNOWN_CHANNEL),
    "冒充历史": (f"路灯不亮,,{IN_FIRST[0]},{IN_FIRST[1]},,,历史导入,,,", CaseError.UNKNOWN_CHANNEL),
    "说明太长": (plain("长" * 4001), CaseError.TOO_LONG),
    "看不见的控制符": (plain("路灯\x07不亮"), CaseError.BAD_TEXT),
    "电话太长": (f"路灯不亮,,{IN_FIRST[0]},{IN_FIRST[1]},,,,,{'1' * 41},", CaseError.TOO_LONG),
    "明天发现": (f"路灯不亮,,{IN_FIRST[0]},{IN_FIRST[1]},,,,,,2026-11-24 09:00", CaseError.BAD_TIME),
    "时间读不懂": (f"路灯不亮,,{IN_FIRST[0]},{IN_FIRST[1]},,,,,,下午三点", FormatError.TIME_NOT_UNDERSTOOD),
}


@pytest.mark.parametrize("name", BAD_ROWS)
def test_a_wrong_row_is_named_and_holds_up_no_other(centre: Centre, name: str) -> None:
    row, why = BAD_ROWS[name]
    assert reasons(centre, table(GOOD, row, plain("井盖松动"))) == {3: why.code}


def test_all_that_is_wrong_with_a_row_is_told_at_once_and_can_be_downloaded(centre: Centre) -> None:
    told = commands.check_batch(centre.act("acceptor"), table("," * 9, "路灯不亮,,,,,,心灵感应,,,昨天"))
    assert [(each.row, each.code.split("；")) for each in told.rejects] == [
        (3, ["batch.no_point", "case.unknown_channel", FormatError.TIME_NOT_UNDERSTOOD.code])]
    assert told.rejects_csv.splitlines()[0].startswith("\ufeff原文件行号,退回原因代码,退回原因,情况说明")
    assert "心灵感应" in told.rejects_csv


def test_the_list_of_wrong_rows_once_corrected_is_a_table_again(centre: Centre) -> None:
    told = commands.check_batch(centre.act("acceptor"), table("路灯不亮,,,,,,,,,", GOOD))
    mended = told.rejects_csv.replace("路灯不亮,,,", f"路灯不亮,,{IN_FIRST[0]},{IN_FIRST[1]}").encode()
    assert filed(centre, mended).filed == 1


def test_two_rows_that_tell_the_very_same_are_one(centre: Centre) -> None:
    assert reasons(centre, table(GOOD, plain("井盖松动"), GOOD)) == {4: "batch.same_row"}


def test_a_grid_may_stand_for_the_place(centre: Centre) -> None:
    batch = filed(centre, table("路灯不亮,,,,990101001001002,,,,,"))
    assert batch.filed == 1
    assert Case.objects.get().area_then.code == "990101001001002"


def test_columns_may_be_called_as_hotlines_call_them_and_others_are_named(centre: Centre) -> None:
    data = f"工单号,诉求内容,事发地址,经度,纬度,来电人,来电号码\n7,路灯不亮,枫林路,{IN_FIRST[0]},{IN_FIRST[1]},李示例,13912345678".encode()
    told = commands.check_batch(centre.act("acceptor"), data)
    assert told.counts.added == 1
    assert [(each.code, each.row) for each in told.findings] == [("batch.unused_columns", 0)]
    assert "工单号" in told.findings[0].text


def test_a_class_may_be_its_code_and_each_row_may_name_its_channel(centre: Centre) -> None:
    filed(centre, table(f"路灯不亮,,{IN_FIRST[0]},{IN_FIRST[1]},,{GARBAGE},来信,,,"))
    case = queries.detail(centre.act("acceptor"), Case.objects.get().id).case
    assert (case["class_name"], case["channel"]) == ("暴露垃圾", "letter")


def test_a_table_without_the_column_of_what_happened_is_refused(centre: Centre) -> None:
    with expect_refusal(FormatError.COLUMNS_MISSING) as refused:
        commands.check_batch(centre.act("acceptor"), b"a,b\n1,2\n")
    assert "情况说明" in refused.value.text()
    with expect_refusal(FormatError.FILE_EMPTY):
        commands.check_batch(centre.act("acceptor"), b"")
    with expect_refusal(CaseError.UNKNOWN_CHANNEL):
        commands.check_batch(centre.act("acceptor"), table(GOOD), channel="import")


def test_a_table_of_which_no_row_is_right_begins_nothing(centre: Centre) -> None:
    with expect_refusal(BatchError.NOTHING_TO_FILE):
        commands.begin_batch(centre.act("acceptor"), new_id(), table("路灯不亮,,,,,,,,,"))
    assert (Batch.objects.count(), Job.objects.filter(task__endswith="file_rows").count()) == (0, 0)


def test_more_rows_than_fit_are_refused_whole(centre: Centre, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("jingwei.cases.commands.batches.examine.MOST_ROWS", 3)
    with expect_refusal(BatchError.TOO_MANY_ROWS):
        commands.check_batch(centre.act("acceptor"), many(4))


def test_the_same_deed_sent_again_is_one_table(centre: Centre) -> None:
    batch_id, data = new_id(), many(3)
    for _ in range(2):
        assert commands.begin_batch(centre.act("acceptor"), batch_id, data) == batch_id
    with expect_refusal(BatchError.OTHER_FILE):
        commands.begin_batch(centre.act("acceptor"), batch_id, many(4))
    assert Batch.objects.count() == Job.objects.filter(task__endswith="file_rows").count() == 1


def test_one_table_at_a_time(centre: Centre) -> None:
    begun(centre, many(3))
    with expect_refusal(BatchError.RUNNING):
        commands.begin_batch(centre.act("acceptor"), new_id(), many(3, first=9))
    assert begun(centre, many(3, first=20), "leader1").rows == 3


def test_the_same_file_sent_again_files_nothing_twice(centre: Centre) -> None:
    filed(centre, many(3))
    with expect_refusal(BatchError.NOTHING_TO_FILE):
        commands.begin_batch(centre.act("acceptor"), new_id(), many(3), anew=True)
    assert Case.objects.count() == 3


def test_the_same_file_begun_by_two_at_once_files_each_row_once(centre: Centre) -> None:
    first, second = begun(centre, many(3)), begun(centre, many(3), "leader1")
    assert commands.run_batch(first.id)
    assert commands.run_batch(second.id)
    second.refresh_from_db()
    assert (second.filed, second.refused, Case.objects.count()) == (0, 3, 3)
    assert {row.code for row in queries.batch(centre.act("leader1"), second.id).refused_rows} == {"batch.there_already"}


def test_a_corrected_file_files_only_what_is_new_unless_that_is_wanted(centre: Centre) -> None:
    """The usual way: the wrong rows are corrected in the whole table, and the whole of it is sent again."""
    filed(centre, table(GOOD, "井盖松动,,,,,,,,,"))
    again = table(GOOD, plain("井盖松动"))
    told = commands.check_batch(centre.act("acceptor"), again)
    assert (told.counts.added, told.counts.unchanged, told.same_before) == (1, 1, 1)
    assert "1 行与 30 天内" in told.findings[0].text
    assert commands.check_batch(centre.act("acceptor"), again, anew=True).counts.added == 2
    filed(centre, again)
    assert sorted(Case.objects.values_list("text", flat=True)) == ["井盖松动", "路灯不亮"]


class Killed(BaseException):
    """What no handler catches."""


def test_a_killed_filing_goes_on_where_it_was(centre: Centre, monkeypatch: pytest.MonkeyPatch) -> None:
    """Killed within a transaction: what it held is gone, what was committed is not filed again."""
    batch, real, count = begun(centre, many(9)), filing.report, 0
    monkeypatch.setattr(filing, "SECONDS", -1)  # every row a transaction of its own

    def dying(*given: Any) -> Any:
        nonlocal count
        count += 1
        taken = real(*given)
        if count == 5:
            raise Killed
        return taken

    monkeypatch.setattr(filing, "report", dying)
    with pytest.raises(Killed):
        commands.run_batch(batch.id)
    batch.refresh_from_db()
    assert (batch.cursor, Case.objects.count(), batch.state) == (4, 4, "running")
    assert commands.run_batch(batch.id)
    batch.refresh_from_db()
    assert (batch.filed, Case.objects.count(), batch.state) == (9, 9, "done")
    assert sorted(Case.objects.values_list("text", flat=True)) == sorted(f"第 {number} 处积水" for number in range(9))


def test_a_worker_that_was_overtaken_commits_nothing(centre: Centre, monkeypatch: pytest.MonkeyPatch) -> None:
    batch, real = begun(centre, many(3)), filing.report
    monkeypatch.setattr(filing, "SECONDS", -1)

    def slow(*given: Any) -> Any:
        taken = real(*given)
        Batch.objects.filter(id=batch.id).update(cursor=2)
        return taken

    monkeypatch.setattr(filing, "report", slow)
    with pytest.raises(filing._Overtaken):
        filing._together(batch, centre.act("acceptor"), _waiting(batch), 0)
    assert Case.objects.count() == 0


def _waiting(batch: Batch) -> Any:
    from jingwei.journal.queries import unseal

    return unseal(f"batch:{batch.id}", bytes(BatchPart.objects.get(batch=batch).sealed))["rows"]


def test_time_is_shared_with_other_jobs(centre: Centre, monkeypatch: pytest.MonkeyPatch) -> None:
    """After some seconds the rest goes to the end of the queue."""
    monkeypatch.setattr(filing, "SECONDS", -1)
    batch = begun(centre, many(3))
    assert not commands.run_batch(batch.id, seconds=-1)
    batch.refresh_from_db()
    assert (batch.cursor, batch.state) == (1, "running")
    monkeypatch.setattr(jobs, "run_batch", lambda batch_id, seconds: False)
    assert jobs.file_rows.func(str(batch.id)) is False
    assert Job.objects.filter(task__endswith="file_rows").count() == 2


def test_a_stopped_table_keeps_what_is_filed_and_goes_on_when_sent_again(centre: Centre, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(filing, "SECONDS", -1)
    batch = begun(centre, many(3))
    commands.run_batch(batch.id, seconds=-1)
    with expect_refusal(KernelError.NOT_FOUND):
        commands.stop_batch(centre.act("leader1"), batch.id)
    commands.stop_batch(centre.act("acceptor"), batch.id)
    with expect_refusal(BatchError.NOT_RUNNING):
        commands.stop_batch(centre.act("acceptor"), batch.id)
    assert commands.run_batch(batch.id)
    assert Case.objects.count() == 1
    again = filed(centre, many(3))
    assert (again.there, again.filed, Case.objects.count()) == (1, 2, 3)
    assert [each.verb for each in history(f"batch:{batch.id}")] == ["batch.begun", "batch.stopped"]


def test_rows_wait_sealed_and_are_gone_afterwards(centre: Centre) -> None:
    batch = begun(centre, table(GOOD))
    assert b"13912345678" not in bytes(BatchPart.objects.get().sealed)
    assert commands.run_batch(batch.id)
    assert not BatchPart.objects.exists()
    assert not SubjectKey.objects.filter(subject=f"batch:{batch.id}").exists()
    assert "13912345678" not in str(list(BatchRow.objects.values())) + str(list(Entry.objects.values("data")))


def test_a_row_that_may_no_longer_be_filed_is_told_with_the_reason(centre: Centre) -> None:
    """The person's post ends between the look and the filing."""
    batch = begun(centre, many(2))
    from jingwei.accounts.models import RoleGrant

    RoleGrant.objects.filter(user_id=centre.ids["acceptor"]).update(until=MONDAY_NINE)
    assert commands.run_batch(batch.id)
    batch.refresh_from_db()
    assert (batch.state, batch.filed, batch.refused) == ("done", 0, 2)
    assert set(BatchRow.objects.values_list("code", "key")) == {(CaseError.OUTSIDE.code, None)}


def test_nothing_more_is_filed_for_somebody_who_was_dismissed(centre: Centre) -> None:
    batch = begun(centre, many(2))
    users.dismiss(accounts.operator(), centre.ids["acceptor"])
    assert commands.run_batch(batch.id)
    batch.refresh_from_db()
    assert (batch.state, batch.cursor, Case.objects.count()) == ("stopped", 0, 0)
    assert "停用" in batch.why


def test_the_outcome_names_the_case_of_every_row(centre: Centre) -> None:
    batch = filed(centre, table(GOOD, plain("井盖松动")))
    lines = queries.batch_outcome(centre.act("acceptor"), batch.id).splitlines()
    numbers = dict(Case.objects.values_list("text", "number"))
    assert lines == ["\ufeff原文件行号,案件编号,结果,原因", f"2,{numbers['路灯不亮']},已登记,", f"3,{numbers['井盖松动']},已登记,"]


def test_only_the_sender_sees_how_far_a_table_is(centre: Centre) -> None:
    batch = filed(centre, many(2))
    assert [each.id for each in queries.batches(centre.act("acceptor"))] == [batch.id]
    assert queries.batches(centre.act("leader1")) == []
    for read in (queries.batch, queries.batch_outcome):
        with expect_refusal(KernelError.NOT_FOUND):
            read(centre.act("leader1"), batch.id)


def test_the_empty_workbook_filled_in_is_a_table(centre: Centre) -> None:
    book = openpyxl.load_workbook(io.BytesIO(queries.batch_template(centre.act("acceptor"))))
    sheet = book.active
    assert sheet is not None
    assert [cell.value for cell in sheet[3]][:3] == ["情况说明", "位置描述", "经度"]
    sheet.append(["路灯不亮", "枫林路", *IN_FIRST, None, "暴露垃圾", "热线", "李示例", 13912345678, None])
    held = io.BytesIO()
    book.save(held)
    assert filed(centre, held.getvalue()).filed == 1
    assert commands.reveal(centre.act("acceptor"), Case.objects.get().id, reason="回访")["contact"]["phone"] == "13912345678"


def test_what_is_pasted_from_a_spreadsheet_is_a_table(centre: Centre) -> None:
    pasted = f"情况说明\t经度\t纬度\r\n\"路灯不亮\r\n一到晚上就黑\"\t{IN_FIRST[0]}\t{IN_FIRST[1]}\r\n".encode()
    assert filed(centre, pasted).filed == 1
    assert Case.objects.get().text == "路灯不亮\n一到晚上就黑"


def test_looking_takes_few_statements_however_long_the_table(centre: Centre) -> None:
    counts = []
    for rows in (3, 300):
        commands.check_batch(centre.act("acceptor"), many(rows))
        actor = centre.act("acceptor")
        with CaptureQueriesContext(connection) as caught:
            commands.check_batch(actor, many(rows))
        counts.append(len(caught))
    assert counts[0] == counts[1] <= 6


def test_a_running_table_is_asked_in_two_statements(centre: Centre) -> None:
    batch = begun(centre, many(2))
    actor = centre.act("acceptor")
    with CaptureQueriesContext(connection) as caught:
        queries.batch(actor, batch.id)
    assert len(caught) <= 2




ROWS = 300  # the same with 10,000: under a minute and a half to look and file on either database, measured apart


def test_a_long_table_with_bad_rows_among_it_is_filed_in_short_transactions(centre: Centre, monkeypatch: pytest.MonkeyPatch) -> None:
    """The bad input of the day: thousands of rows pasted, every seventh wrong. None holds up the others, and no transaction lasts a second."""
    lasted, real = [], filing._together

    def timed(*given: Any) -> int:
        began = time.monotonic()
        taken = real(*given)
        lasted.append(time.monotonic() - began)
        return taken

    monkeypatch.setattr(filing, "_together", timed)
    wrong = [row for row, _ in BAD_ROWS.values()]
    rows = [wrong[number % len(wrong)] if number % 7 == 3 else plain(f"第 {number} 处积水", IN_FIRST[0] + number % 90 * 1e-6)
            for number in range(ROWS)]
    bad = len([number for number in range(ROWS) if number % 7 == 3])
    told = commands.check_batch(centre.act("acceptor"), table(*rows))
    assert (told.counts.added, told.counts.rejected) == (ROWS - bad, bad)
    assert len(told.rejects_csv.splitlines()) == bad + 1
    batch = filed(centre, table(*rows))
    assert (batch.filed, batch.refused, batch.bad, Case.objects.count()) == (ROWS - bad, 0, bad, ROWS - bad)
    assert len(set(Case.objects.values_list("number", flat=True))) == ROWS - bad
    assert Item.objects.count() == ROWS - bad
    assert max(lasted) < 1
    assert len(lasted) > 1
