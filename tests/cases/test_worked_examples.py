"""The users' own worked examples (requirements, AT-02, AT-08 … AT-11), each with the numbers as they stand there."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from jingwei.accounts import queries as accounts
from jingwei.accounts.commands import grants
from jingwei.accounts.errors import AccountError
from jingwei.cases import case_table, commands, queries
from jingwei.cases.clock import Convention, Limit, Unit
from jingwei.cases.errors import CaseError
from jingwei.cases.models import Case, Copy
from jingwei.cases.task_errors import TaskError
from jingwei.catalogue.commands import set_setting
from jingwei.grids import commands as grids
from jingwei.grids.models import Area
from jingwei.journal import commands as journal
from jingwei.journal import queries as journaled
from jingwei.journal import readers
from jingwei.kernel import clock
from jingwei.kernel.paths import within
from tests.cases.conftest import GARBAGE, IN_FIRST, MONDAY_NINE, Centre, Row, expect_refusal

pytestmark = pytest.mark.django_db
LOCAL = ZoneInfo("Asia/Shanghai")


def tree() -> list[tuple[str, str, str, str]]:
    """AT-02: a town; 12 villages and 1 community; 115 groups, nine in each of eleven and eight in each of two."""
    town = "990101101000"
    rows = [("990000000000", "示例省", "", "省"), ("990100000000", "示例市", "990000000000", "市"),
            ("990101000000", "示例区", "990100000000", "县"), (town, "示例镇", "990101000000", "镇")]
    second = [(f"990101101{200 + n}", f"第{n}村", town, "村") for n in range(1, 13)]
    second.append(("990101101001", "镇中社区", town, "社区"))
    rows += second
    for number, (code, *_) in enumerate(second):
        rows += [(f"{code}{group:03}", f"第{group}组", code, "组") for group in range(1, 10 if number < 11 else 9)]
    return rows


def table(rows: list[tuple[str, str, str, str]]) -> bytes:
    return "\n".join(["编码,名称,上级编码,类型", *map(",".join, rows)]).encode()


def test_at_02_three_levels_of_1_13_and_115_with_one_parent_each(db: None) -> None:
    """13 = 12 villages + 1 community; every level-3 grid has exactly one level-2 parent."""
    rows = tree()
    outcome = grids.import_divisions(accounts.operator(), table(rows))
    assert outcome.counts()["new"] == 3 + 1 + 13 + 115
    town = Area.objects.get(code="990101101000")
    second = list(Area.objects.filter(parent=town))
    assert Counter(area.kind for area in second) == {"village": 12, "community": 1}
    third = list(Area.objects.filter(parent__in=second))
    assert len(third) == 115
    for area in third:
        assert [above.code for above in second if within(area.path, above.path)] == [area.code[:12]]
    assert len({area.level for area in second}) == len({area.level for area in third}) == 1
    assert grids.import_divisions(accounts.operator(), table(rows)).counts()["unchanged"] == 132


@pytest.mark.parametrize("wrong", [
    ("990101101201001", "第1组", "990101101202", "组"),  # stands under another village already
    ("990101101299001", "第1组", "990101101299", "组"),  # under a village that there is not
    ("990101101201077", "第77组", "", "组"),             # under nothing
])
def test_at_02_a_grid_without_its_one_parent_is_turned_down(db: None, wrong: tuple[str, str, str, str]) -> None:
    outcome = grids.import_divisions(accounts.operator(), table([*tree(), wrong]))
    refused = [each.row for each in outcome.findings if each.grade == "refused"]
    assert 134 in refused
    found = Area.objects.filter(code=wrong[0]).values_list("parent__code", flat=True)
    assert list(found) in ([], ["990101101201"])


def test_at_08_a_case_that_was_sent_back_leaves_each_copy_when_it_happens(centre: Centre) -> None:
    """Six steps leave exactly four copies; a second dispatch and feedback are news above, too. A setting says which."""
    case_id = centre.handled()
    commands.send_back(centre.act("handler"), case_id, reason="不属我所职责")
    commands.dispatch(centre.act("dispatcher"), case_id, unit_code="YL")
    commands.feed_back(centre.act("otherhandler"), case_id, text="已清理")
    commands.confirm(centre.act("dispatcher"), case_id)
    commands.check(centre.act("supervisor"), case_id, passed=True)
    set_setting(accounts.operator(), "copied_steps", "report,dispatch,feed_back")
    commands.close(centre.act("leader1"), case_id)
    while journal.number_entries():
        pass
    while readers.step():
        pass
    copied = list(Copy.objects.filter(case_id=case_id).order_by("entry_position").values_list("action", flat=True))
    # What is owed is what the setting says when the reader comes to the entry.
    assert copied == ["report", "dispatch", "dispatch", "feed_back"]
    entries = journaled.history(f"case:{case_id}")
    assert [entry.verb for entry in entries].count("case.returned") == 1


def test_at_09_who_handled_may_not_check_or_close_even_after_changing_posts(centre: Centre) -> None:
    """The rights forbid the two posts at once; whoever changes from one to the other is still kept apart by the engine."""
    boss, person = accounts.operator(), centre.ids["handler"]
    case_id = centre.handled()
    commands.feed_back(centre.act("handler"), case_id, text="已清理")
    commands.confirm(centre.act("dispatcher"), case_id)
    for role in ("supervisor", "shift_leader", "dispatcher", "evaluator"):
        with expect_refusal(AccountError.ROLE_CLASH):
            grants.give(boss, person, role, "990101")
    for held in accounts.person(boss, person).roles:
        grants.withdraw(boss, held.id)
    grants.give(boss, person, "supervisor", "990101")
    grants.give(boss, person, "shift_leader", "990101")
    accounts.forget()
    with expect_refusal(TaskError.SECOND_PERSON):
        commands.check(centre.act("handler"), case_id, passed=True)
    commands.check(centre.act("supervisor"), case_id, passed=True)
    with expect_refusal(CaseError.APART):
        commands.close(centre.act("handler"), case_id)
    assert commands.close(centre.act("leader1"), case_id).state == "closed"


TEN = datetime(2024, 9, 27, 10, 0, tzinfo=LOCAL)


@pytest.mark.parametrize(("start", "days", "due"), [
    (TEN, 1, "2024-09-29"),                                  # Sun 29 Sep is worked
    (TEN, 3, "2024-10-08"),                                  # Mon 30 Sep, then 1–7 Oct off
    (TEN, 5, "2024-10-10"),
    (TEN, 7, "2024-10-12"),                                  # Sat 12 Oct is worked
    (datetime(2024, 6, 7, 10, 0, tzinfo=LOCAL), 1, "2024-06-11"),  # Mon 10 June is the Dragon Boat Festival
])
def test_at_10_working_days_by_the_calendar_that_comes_along(centre: Centre, start: datetime, days: int, due: str) -> None:
    """Filed Fri 2024-09-27: +1 = 29 Sep, +3 = 8 Oct, +5 = 10 Oct, by the catalogue's calendar, in both conventions."""
    limit = Limit(Decimal(days), Unit.WORK_DAY)
    for convention, hour in ((Convention.TIME_PRESERVING, "10:00"), (Convention.END_OF_DAY, "18:00")):
        told = queries.explain_limit(start, limit, convention=convention)
        assert told.at is not None
        assert told.at.astimezone(LOCAL).strftime("%Y-%m-%d %H:%M") == f"{due} {hour}"
        assert not told.warnings, "the year's list of holidays is known"


def sent(number: int, *, handled: bool) -> Row:
    """A case that was dispatched on a day of 2026, and handled a day later or not at all."""
    at = datetime(2026, 3, 2, 1, 0, tzinfo=UTC) + timedelta(minutes=number)

    def told(days: int) -> str:
        return (at + timedelta(days=days)).strftime("%Y-%m-%d %H:%M:%S")

    return Row(number, {
        "id": f"A{number}", "text": "样例", "lon": str(IN_FIRST[0]), "lat": str(IN_FIRST[1]), "place": "", "class": GARBAGE,
        "unit": "HW", "state": "closed" if handled else "handling", "reported_at": told(0), "filed_at": told(0), "due_at": "",
        "handled_at": told(1) if handled else "", "closed_at": told(2) if handled else ""})


def shares(rows: Any) -> tuple[int, int]:
    """How many cases were dispatched to a unit and how many of them it has handled, counted from exported steps."""
    dispatched, handled = set(), set()
    for row in rows:
        if row["环节"] == "handling":
            dispatched.add(row["案件标识"])
            if row["结束时间"]:
                handled.add(row["案件标识"])
    return len(dispatched), len(handled)


def test_at_11_the_handling_rate_can_be_counted_from_the_exported_steps(centre: Centre) -> None:
    """28,000 dispatched, 25,412 handled = 90.757…%, 2,588 not: here a hundredth, 280 and 254 (90.71 %); "over 90 %"."""
    said = case_table.Mapping.parse({
        "source": "year", "zone": "UTC", "time_formats": ["%Y-%m-%d %H:%M:%S"],
        "columns": {name: name for name in case_table.COLUMNS}})
    rows = [sent(number, handled=number < 254) for number in range(280)]
    outcome = commands.import_cases(accounts.operator(), rows, said, reject=lambda row, why: pytest.fail(f"{row}: {why}"))
    assert outcome.taken == 280
    commands.refuse(centre.act("acceptor"), centre.report(), reason="不属受理范围")  # never dispatched, not in the rate

    dispatched, handled = shares(queries.export_steps(centre.act("boss")))
    assert (dispatched, handled, dispatched - handled) == (280, 254, 26)
    assert f"{Decimal(handled) / dispatched:.2%}" == "90.71%"
    assert f"{Decimal(25_412) / 28_000:.3%}" == "90.757%"
    assert (28_000 - 25_412, f"{Decimal(25_412) / 28_000:.2%}") == (2_588, "90.76%")
    assert min(Fraction(handled, dispatched), Fraction(25_412, 28_000)) > Fraction(9, 10)

    # The unit handles one more: the rate follows.
    still = Case.objects.filter(state="handling").order_by("number").first()
    assert still is not None
    commands.feed_back(centre.act("handler"), still.id, text="已清理")
    assert shares(queries.export_steps(centre.act("boss"))) == (280, 255)


def test_at_11_what_is_handled_late_is_handled_all_the_same(centre: Centre) -> None:
    case_id = centre.handled()
    with clock.held_at(MONDAY_NINE + timedelta(days=3)):
        commands.feed_back(centre.act("handler"), case_id, text="已清理")
        rows = list(queries.export_steps(centre.act("boss")))
    assert shares(rows) == (1, 1)
    assert [row["是否超期"] for row in rows if row["环节"] == "handling"] == ["是"]
