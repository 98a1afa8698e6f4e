"""A city's filing standard in the catalogue: imported, repeated, changed (C2)."""

from decimal import Decimal

import pytest

from jingwei.accounts.errors import AccountError
from jingwei.catalogue import commands
from jingwei.catalogue.errors import CatalogueError
from jingwei.catalogue.models import ClassEntry, Condition
from jingwei.catalogue.standard_sheet import REQUIRED
from jingwei.formats.tables import read_table
from tests.catalogue.conftest import book, person, refusal, rows, verbs

pytestmark = pytest.mark.django_db

OLD = "gbt30428.2-2013"
HEADERS = "类别 | 大类代码 | 大类名称 | 小类代码 | 小类名称 | 立案条件 | 处置时限 | 结案条件"
FIRST = (
    "事件 | 01 | 市容环境 | 10 | 暴露垃圾 | 公共场所有暴露垃圾 | 4小时 | 清除",
    "事件 | 01 | 市容环境 | 12 | 道路不洁 | 路面有明显污物 | 2小时 | 清扫",
    "事件 | 01 | 市容环境 | 12 | 道路不洁 | 路面有油污 | 1天 | 清洗",
)


@pytest.fixture
def scheme(operator):
    commands.install_scheme(operator, OLD)
    return OLD


def conditions(code: str) -> list[tuple]:
    found = book()
    row = found.by_code[f"{OLD}/{code}"]
    return [(each.text, each.limit_value, each.limit_unit, each.closing) for each in found.conditions_of(row.id)]


def test_it_makes_the_sheet_the_standard_in_force(operator, scheme):
    outcome = commands.import_standard(operator, scheme, rows(HEADERS, *FIRST))
    assert (outcome.created, outcome.rejected) == (3, [])
    assert conditions("matter/0110") == [("公共场所有暴露垃圾", Decimal(4), "work_hour", "清除")]
    assert conditions("matter/0112") == [
        ("路面有明显污物", Decimal(2), "work_hour", "清扫"), ("路面有油污", Decimal(1), "work_day", "清洗")]
    assert verbs(f"scheme:{scheme}") == ["scheme.installed", "standard.imported"]


def test_a_repeat_changes_nothing(operator, scheme):
    commands.import_standard(operator, scheme, rows(HEADERS, *FIRST))
    again = commands.import_standard(operator, scheme, rows(HEADERS, *FIRST))
    assert (again.changed, again.unchanged) == (0, 3)
    assert Condition.objects.count() == 3
    assert verbs(f"scheme:{scheme}")[2:] == []


def test_a_dry_run_says_the_same_and_writes_nothing(operator, scheme):
    tried = commands.import_standard(operator, scheme, rows(HEADERS, *FIRST), dry_run=True)
    done = commands.import_standard(operator, scheme, rows(HEADERS, *FIRST))
    assert tried.counts() == done.counts()
    assert len(verbs(f"scheme:{scheme}")) == 2


def test_a_changed_row_is_followed_by_a_new_one_so_that_old_cases_keep_theirs(operator, scheme):
    commands.import_standard(operator, scheme, rows(HEADERS, *FIRST))
    old = Condition.objects.get(text="公共场所有暴露垃圾")
    changed = FIRST[0].replace("4小时", "2工作时")
    outcome = commands.import_standard(operator, scheme, rows(HEADERS, changed, *FIRST[1:]))
    assert (outcome.created, outcome.updated, outcome.unchanged, outcome.retired) == (0, 1, 2, 0)
    assert conditions("matter/0110") == [("公共场所有暴露垃圾", Decimal(2), "work_hour", "清除")]
    kept = book().conditions[old.pk]
    assert (kept.limit_value, kept.active) == (Decimal(4), False)


def test_rows_that_the_sheet_no_longer_has_are_retired_for_its_kinds_alone(operator, scheme):
    part = "部件 | 01 | 公用设施 | 01 | 上水井盖 | 缺失 | 2紧急工作时 | 恢复"
    commands.import_standard(operator, scheme, rows(HEADERS, part, *FIRST))
    outcome = commands.import_standard(operator, scheme, rows(HEADERS, *FIRST[:2]))
    assert (outcome.retired, outcome.unchanged) == (1, 2)
    assert len(conditions("matter/0112")) == 1
    assert len(conditions("component/0101")) == 1, "the sheet held no components"


def test_a_new_order_of_the_sheet_is_taken_over(operator, scheme):
    commands.import_standard(operator, scheme, rows(HEADERS, *FIRST))
    outcome = commands.import_standard(operator, scheme, rows(HEADERS, FIRST[0], FIRST[2], FIRST[1]))
    assert outcome.changed == 0
    assert [each[0] for each in conditions("matter/0112")] == ["路面有油污", "路面有明显污物"]


def test_classes_that_the_scheme_lacks_become_the_city_s_own(operator, scheme):
    line = "事件 | 01 | 市容环境 | 99 | 违规小产权房 | 正在建设 | 2紧急工作日 | 初审处置"
    other = "事件 | 21 | 扩展事件 | 01 | 桥下空间 | 占用 | 1天 | 清理"
    commands.import_standard(operator, scheme, rows(HEADERS, line, other))
    own = ClassEntry.objects.get(scheme__code=OLD, kind="matter", code="0199")
    assert (own.local, own.confidence, own.parent.name_zh) == (True, "local", "市容环境")
    assert book().by_code[f"{OLD}/matter/2101"].major_name == "扩展事件"
    commands.install_scheme(operator, OLD)
    assert book().by_code[f"{OLD}/matter/0199"].active, "an update of the scheme leaves them"


def test_a_planting_season_has_no_clock_but_keeps_its_words(operator, scheme):
    line = "部件 | 04 | 园林绿化设施 | 02 | 行道树 | 缺失 | 种植季节15工作日 | 补植"
    commands.import_standard(operator, scheme, rows(HEADERS, line))
    (found,) = book().conditions_of(book().by_code[f"{OLD}/component/0402"].id)
    assert (found.limit_value, found.limit_unit, found.season, found.limit_text) == (None, None, True, "种植季节15工作日")


def test_doubts_are_told_row_by_row(operator, scheme):
    table = rows(
        HEADERS, FIRST[0], "事件 | 01 | 市容环境 | 12 | 路面不洁 | 污物 | 尽快 | 清扫",
        "事件 | 00 | 市容环境 | 80 | 线体垂落 | 影响市容 | 1天 | 整改", "事件 | 01 | 市容环境 | 13 | 道路破损 |  | 5天 | 修复")
    outcome = commands.import_standard(operator, scheme, table)
    assert [(remark.row, remark.reason.code, remark.kept) for remark in outcome.remarks] == [
        (3, "catalogue.row_limit_in_doubt", True), (3, "catalogue.row_named_otherwise", True),
        (4, "catalogue.row_odd", False), (5, "catalogue.row_odd", False)]
    assert all(remark.text() and remark.text("en") for remark in outcome.remarks)
    assert conditions("matter/0112") == [("污物", None, None, "清扫")]
    assert book().by_code[f"{OLD}/matter/0112"].name == "道路不洁", "the scheme's name stays"


def test_bare_limits_are_read_as_the_setting_says(operator, scheme):
    commands.set_setting(operator, "limit_reading", "continuous")
    commands.import_standard(operator, scheme, rows(HEADERS, FIRST[0]))
    assert conditions("matter/0110")[0][1:3] == (Decimal(4), "urgent_hour")
    commands.set_setting(operator, "limit_reading", "strict")
    outcome = commands.import_standard(operator, scheme, rows(HEADERS, FIRST[0]))
    assert [remark.reason.code for remark in outcome.remarks] == ["catalogue.row_limit_in_doubt"]
    assert conditions("matter/0110")[0][1:3] == (None, None)


def test_it_refuses_without_scheme_rows_or_right(operator, scheme, ground):
    table = rows(HEADERS, *FIRST)
    for act, code in (
        (lambda: commands.import_standard(operator, "none", table), CatalogueError.SCHEME_UNKNOWN),
        (lambda: commands.import_standard(operator, OLD, []), CatalogueError.NOTHING_READ),
        (lambda: commands.import_standard(person("catalogue.read"), OLD, table), AccountError.NO_RIGHT),
        (lambda: commands.import_standard(person("catalogue.manage", area_path=ground.town), OLD, table),
         AccountError.RIGHT_ELSEWHERE),
    ):
        assert refusal(act) is code
    assert Condition.objects.count() == 0


def test_it_takes_the_standard_of_a_real_city(operator, scheme, test_data):
    """522 rows: three repeat others, two have no class, one limit is in doubt; 56 classes are its own."""
    table = read_table(test_data / "standards_yuncheng" / "standards_flat.csv", required=REQUIRED)
    outcome = commands.import_standard(operator, scheme, table)
    assert (outcome.created, len(outcome.rejected)) == (517, 5)
    assert Condition.objects.filter(limit_value=None).count() == 1
    found = book()
    assert sum(len(found.conditions_of(pk)) for pk in found.classes) == 517
    own = ClassEntry.objects.filter(scheme__code=OLD, local=True, parent__isnull=False)
    assert (own.filter(kind="component").count(), own.filter(kind="matter").count()) == (26, 30)
    assert all(entry.code[2:] >= "78" for entry in own), "local codes count down from 99: the scheme has all others"
    again = read_table(test_data / "standards_yuncheng" / "standards_flat.csv", required=REQUIRED)
    assert commands.import_standard(operator, scheme, again).changed == 0
