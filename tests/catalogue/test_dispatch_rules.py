"""Dispatch rules: class × area × owner of the part × time; the closest decides and says why; none points nowhere (CAS-32, C2)."""

from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext

from jingwei.catalogue import commands, queries
from jingwei.catalogue.models import ResponsibilityRule, RuleHelper
from jingwei.journal import queries as journal
from jingwei.kernel.errors import KernelError
from tests.catalogue.conftest import book, person, refusal, rows, verbs

pytestmark = pytest.mark.django_db

NEW = "gbt47678.5-2026"
HEADERS = "类别 | 分类代码 | 区域编码 | 责任单位编码 | 权属单位 | 时间 | 协办单位编码 | 时限建议 | 自动派遣 | 备注"
DAY, NIGHT, SATURDAY = "2026-11-23 10:00", "2026-11-23 22:00", "2026-11-28 10:00"


@pytest.fixture
def scheme(operator):
    commands.install_scheme(operator, NEW)
    return NEW


@pytest.fixture
def more(units):
    """Two units more."""
    unit = apps.get_model("accounts", "Unit")
    made = {code: unit.objects.create(code=code, name=f"示例单位{code}", path=f"{code}/", active=True).pk for code in ("YE", "GD")}
    return {**units, **made}


def rule(operator, scheme, *lines: str, **options):
    return commands.import_rules(operator, scheme, rows(HEADERS, *lines), **options)


def asked(code: str, area_path: str, at: str, *owners: str):
    found = book()
    local = datetime.fromisoformat(at).replace(tzinfo=ZoneInfo("Asia/Shanghai"))
    moment = queries.moment_at(local, journal.generations(), area_path)
    return found.responsibility(found.by_code[f"{NEW}/{code}"].id, area_path, moment, owners)


def test_the_owner_goes_first_then_area_class_and_time(operator, scheme, ground, more):
    town = ground.town_code
    outcome = rule(
        operator, scheme,
        "部件 | | | SZ | | | | | |", "部件 | 01 | | HW | | | | | |", f"部件 | | {town} | HW | | | | | |",
        f"部件 | | {town} | YE | | 18:00-08:00 | | | |", f"部件 | 01001 | {town} | SZ | | | | | |",
        "部件 | | | GD | 示例供电公司 | | | | |", "部件 | | | YE | 示例供电公司 | 休息日 | | | |")
    assert (outcome.created, outcome.rejected) == (7, [])
    expected = [
        (("component/02001", ground.county, DAY), "SZ"),                     # the whole kind, everywhere
        (("component/01002", ground.county, DAY), "HW"),                     # the major class
        (("component/02001", ground.town, DAY), "HW"),                       # the narrower area
        (("component/02001", ground.town, NIGHT), "YE"),                     # the same, at night
        (("component/01001", ground.town, NIGHT), "SZ"),                     # the class before the time
        (("component/01001", ground.town, NIGHT, "示例供电公司"), "GD"),       # the owner before all
        (("component/01001", ground.town, SATURDAY, "示例供电公司"), "YE"),    # and of its rules the closer time
        (("component/01001", ground.town, DAY, "别的公司"), "SZ"),
    ]
    names = {pk: code for code, pk in more.items()}
    assert [(ask, names.get(asked(*ask).unit_id or 0)) for ask, _ in expected] == expected


def test_a_rule_that_holds_only_sometimes_does_not_answer_outside_and_is_not_taken_for_none(operator, scheme, more):
    rule(operator, scheme, "事项 | 06 | | HW | | 18:00-08:00 | | | |", "部件 | | | GD | 示例供电公司 | | | | |")
    assert asked("matter/06010", "", DAY).reason == "no_rule"
    assert asked("matter/06010", "", NIGHT).unit_id == more["HW"]
    found = book()
    garbage, cover, vendor = (found.by_code[f"{NEW}/{code}"].id for code in ("matter/06010", "component/01001", "matter/09001"))
    assert [found.may_answer(one, "") for one in (garbage, cover, vendor)] == [True, True, False]
    assert found.responsible(garbage, "") is None


def test_it_says_why_this_unit_and_what_would_decide_without_the_rule(operator, scheme, ground, more):
    rule(operator, scheme, "部件 | | | SZ | | | | | |", f"部件 | 01 | {ground.town_code} | HW | | | | | |",
         "部件 | 01001 | | GD | 示例供电公司 | 工作日 | SZ、YE | 4工作时 | 是 | 见协议")
    at = datetime.fromisoformat(f"{DAY}+08:00")
    told = queries.answerable(operator, f"{NEW}/component/01001", ground.town_code, "示例供电公司", at)
    assert (told.reason, told.unit_code, told.owner, told.when, told.automatic, told.note) == (
        "rule", "GD", "示例供电公司", "工作日", True, "见协议")
    assert (told.prefix, told.area_code, told.hint_value, told.hint_unit) == ("01001", "", "4", "work_hour")
    assert [one.code for one in told.helpers] == ["SZ", "YE"]
    assert [(one.unit_code, one.area_name, one.prefix) for one in told.behind] == [("HW", "示例镇", "01"), ("SZ", "", "")]
    assert [one.unit_code for one in told.behind if one.prefix_name] == ["HW"]
    plain = queries.answerable(operator, f"{NEW}/component/01001", ground.town_code)
    assert (plain.unit_code, len(plain.behind)) == ("HW", 1)
    none = queries.answerable(operator, f"{NEW}/matter/06010", "")
    assert (none.reason, none.unit_code, none.unit_active, none.behind) == ("no_rule", "", True, [])


@pytest.mark.parametrize("year", ["0001", "9999"])
def test_an_instant_that_no_calendar_knows_is_refused(operator, scheme, units, year):
    at = datetime.fromisoformat(f"{year}-12-31T23:59:00+00:00")
    assert refusal(lambda: queries.answerable(operator, f"{NEW}/matter/06010", "", at=at)) is KernelError.BAD_REQUEST


def test_rows_that_point_nowhere_or_cannot_be_read_are_refused_one_by_one(operator, scheme, more):
    """Bad input: a rule that points nowhere."""
    outcome = rule(
        operator, scheme,
        "事项 | 06 | | HW | | 夜间 | | | |", "事项 | 06 | | HW | | | NO | | |", "事项 | 06 | | HW | | | OLD | | |",
        "事项 | 06 | | HW | | | HW | | |", "事项 | 06 | | | | | SZ | | |", "事项 | 06 | | HW | | | | 很快 | |",
        "事项 | 06 | | HW | | | | | 也许 |", "事项 | 06 | | | | | | | 是 |", "事项 | 06 | | HW | | 18:00-08:00 | | | |",
        "事项 | 06 | | SZ | | 20:00-22:00 | | | |", "事项 | 06 | | SZ | | 08:00-18:00 | | | 否 |")
    assert [(remark.row, remark.reason.code) for remark in outcome.rejected] == [
        (2, "catalogue.row_times"), (3, "catalogue.row_unit"), (4, "catalogue.row_unit"), (5, "catalogue.row_helpers"),
        (6, "catalogue.row_helpers"), (7, "catalogue.row_hint"), (8, "catalogue.row_automatic"), (9, "catalogue.row_automatic"),
        (11, "catalogue.row_times_meet")]
    assert outcome.created == 2
    later = rule(operator, scheme, "事项 | 06 | | SZ | | 07:00-09:00 | | | |")
    assert [remark.reason.code for remark in later.rejected] == ["catalogue.row_times_meet"], "nor may it meet one that stands"
    assert rule(operator, scheme, "事项 | 06 | | SZ | | 07:00-09:00 | | | |", replace=True).created == 1


def test_a_column_that_the_table_lacks_changes_nothing(operator, scheme, more):
    rule(operator, scheme, "事项 | 06 | | HW | | | SZ | 4工作时 | 是 | 原备注")
    outcome = commands.import_rules(operator, scheme, rows("类别 | 分类代码 | 责任单位编码 | 备注", "事项 | 06 | YE | 原备注"))
    assert outcome.updated == 1
    stands = ResponsibilityRule.objects.get()
    assert (stands.unit_id, stands.hint_value, stands.hint_unit, stands.automatic) == (more["YE"], Decimal(4), "work_hour", True)
    assert [one.unit_id for one in stands.helpers.all()] == [more["SZ"]]
    assert rule(operator, scheme, "事项 | 06 | | YE | | | SZ | 4工作时 | 是 | 原备注").changed == 0
    assert rule(operator, scheme, "事项 | 06 | | YE | | | SZ、HW | 4工作时 | 是 | 原备注").updated == 1
    assert rule(operator, scheme, "事项 | 06 | | YE | | | | | | 原备注").updated == 1
    stands.refresh_from_db()
    assert (stands.hint_value, stands.automatic, stands.helpers.count()) == (None, False, 0)
    assert rule(operator, scheme, "事项 | 06 | | YE | | | | | 是 |").updated == 1
    commands.import_rules(operator, scheme, rows("类别 | 分类代码 | 责任单位编码", "事项 | 06 | "))
    stands.refresh_from_db()
    assert (stands.unit_id, stands.automatic) == (None, False), "what nobody answers for cannot go by itself"
    assert verbs(f"scheme:{NEW}").count("responsibility.imported") == 6


def test_rules_that_point_nowhere_are_found_later_and_can_be_listed_alone(operator, scheme, ground, more):
    rule(operator, scheme, "事项 | 06 | | HW | | | | | |", f"事项 | 07 | {ground.town_code} | SZ | | | | | |",
         "事项 | 08 | | SZ | | | YE | | |", "事项 | 09006 | | SZ | | | | | |", "事项 | 10 | | | | | | | |")
    assert queries.faulty_rules() == []
    apps.get_model("accounts", "Unit").objects.filter(code__in=("HW", "YE")).update(active=False)
    apps.get_model("grids", "Area").objects.filter(code=ground.town_code).update(status="void", valid_to=datetime(
        2026, 11, 1, tzinfo=ZoneInfo("UTC")))
    apps.get_model("catalogue", "ClassEntry").objects.filter(code="09006", kind="matter").update(active=False)
    from jingwei.journal import commands as written

    for name in ("accounts", "grids", "catalogue"):
        written.bump(name)
    assert [(row.prefix, row.faults) for row in queries.faulty_rules()] == [
        ("06", ["unit"]), ("07", ["area"]), ("08", ["helper"]), ("09006", ["class"])]
    assert [row.prefix for row in queries.rules(operator, faulty=True)] == ["06", "07", "08", "09006"]
    assert [row.prefix for row in queries.rules(person("catalogue.read", area_path=ground.town), faulty=True)] == ["06", "07", "08", "09006"]
    assert len(queries.rules(operator)) == 5


def test_the_table_of_what_stands_can_be_read_in_again_unchanged(operator, scheme, ground, more):
    rule(operator, scheme, "部件 | 01 | | HW | | | | | |",
         f"事项 | 06 | {ground.town_code} | HW | 示例供电公司 | 11-15~03-15 周六、周日 18:00-08:00 | SZ、YE | 1.5紧急工作时 | 是 | 见协议",
         "事项 | 07 | | | | | | | |")
    told = [" | ".join((row.kind, row.prefix, row.area_code, row.unit_code, row.owner, row.when,
                        "、".join(one.code for one in row.helpers), row.hint, "是" if row.automatic else "", row.note))
            for row in queries.rules(operator)]
    outcome = rule(operator, scheme, *told, replace=True)
    assert (outcome.unchanged, outcome.changed, outcome.rejected) == (3, 0, [])


def test_a_list_of_rules_costs_the_same_however_many_there_are(operator, scheme, more):
    def statements() -> int:
        queries.rules(operator)
        with CaptureQueriesContext(connection, ) as made:
            queries.rules(operator)
        return len(made)

    rule(operator, scheme, "事项 | 06 | | HW | | | SZ | | |")
    few = statements()
    rule(operator, scheme, *(f"事项 | {code} | | HW | | | SZ、YE | | |" for code in ("07", "08", "09", "10", "06010", "06012")))
    assert statements() == few


def test_the_heir_of_a_unit_takes_over_its_help_and_none_helps_itself(operator, scheme, more):
    rule(operator, scheme, "事项 | 06 | | HW | | | SZ | | |", "事项 | 07 | | SZ | | | HW | | |", "事项 | 08 | | YE | | | SZ、HW | | |",
         "事项 | 09 | | YE | | | SZ | | |")
    assert queries.rules_of_unit(more["SZ"]) == 4
    commands.inherit_rules(operator, more["SZ"], more["HW"])
    assert queries.rules_of_unit(more["SZ"]) == 0
    assert sorted(RuleHelper.objects.values_list("rule__prefix", "unit__code")) == [("08", "HW"), ("09", "HW")]
    assert sorted(ResponsibilityRule.objects.values_list("prefix", "unit__code")) == [
        ("06", "HW"), ("07", "HW"), ("08", "YE"), ("09", "YE")]
