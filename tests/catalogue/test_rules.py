"""Who answers for a class at a place: the narrowest area wins, then the minor class before the major."""

import pytest

from jingwei.accounts.errors import AccountError
from jingwei.catalogue import commands
from jingwei.catalogue.book import Responsibility, upwards
from jingwei.catalogue.errors import CatalogueError
from jingwei.catalogue.models import ResponsibilityRule
from tests.catalogue.conftest import book, person, refusal, rows, verbs

pytestmark = pytest.mark.django_db

NEW = "gbt47678.5-2026"
HEADERS = "类别 | 分类代码 | 区域编码 | 责任单位编码"


@pytest.fixture
def scheme(operator):
    commands.install_scheme(operator, NEW)
    return NEW


def answers(code: str, area_path: str) -> Responsibility:
    found = book()
    return found.responsibility(found.by_code[f"{NEW}/{code}"].id, area_path)


def test_the_way_up_from_a_place():
    assert list(upwards("1/22/333/")) == ["1/22/333/", "1/22/", "1/", ""]
    assert list(upwards("")) == [""]


def test_the_narrowest_area_wins_then_the_minor_class(operator, scheme, ground, units):
    commands.import_rules(operator, scheme, rows(
        HEADERS, "事项 |  |  | SZ", "事项 | 06 |  | HW", "事项 | 06010 |  | SZ",
        f"事项 | 06 | {ground.town_code} | HW", f"事项 | 06012 | {ground.county_code} |  "))
    sz, hw = units["SZ"], units["HW"]
    elsewhere = "999999/"
    expected = {
        ("matter/09006", elsewhere): (sz, "rule", "", ""),                       # the whole kind
        ("matter/06013", elsewhere): (hw, "rule", "", "06"),                     # the major class
        ("matter/06010", elsewhere): (sz, "rule", "", "06010"),                  # the minor class
        ("matter/06010", ground.county): (sz, "rule", "", "06010"),
        ("matter/06010", ground.town): (hw, "rule", ground.town, "06"),          # the town before the class
        ("matter/06010", f"{ground.town}7/8/"): (hw, "rule", ground.town, "06"),  # below the town
        ("matter/06012", ground.county): (None, "nobody", ground.county, "06012"),
        ("component/01001", elsewhere): (None, "no_rule", "", ""),
    }
    for (code, path), wanted in expected.items():
        assert answers(code, path)[:4] == wanted, (code, path)
    assert book().responsible(-1, "") is None
    assert book().responsibility(-1, "").reason == "no_class"


def test_an_empty_code_speaks_for_the_whole_kind_and_nothing_is_guessed_for_the_other(operator, scheme, units):
    commands.import_rules(operator, scheme, rows(HEADERS, "部件 |  |  | SZ"))
    assert answers("component/01001", "1/").unit_id == units["SZ"]
    assert answers("matter/01001", "1/").reason == "no_rule"


def test_a_repeat_changes_nothing_and_a_change_is_one_entry(operator, scheme, units):
    table = rows(HEADERS, "事项 | 06 |  | HW", "事项 | 07 |  | HW")
    commands.import_rules(operator, scheme, table)
    assert commands.import_rules(operator, scheme, table).changed == 0
    outcome = commands.import_rules(operator, scheme, rows(HEADERS, "事项 | 06 |  | SZ"))
    assert (outcome.created, outcome.updated, outcome.retired) == (0, 1, 0)
    assert answers("matter/06010", "").unit_id == units["SZ"]
    assert answers("matter/07001", "").unit_id == units["HW"], "rules that the table lacks stay"
    assert verbs(f"scheme:{NEW}") == ["scheme.installed", "responsibility.imported", "responsibility.imported"]


def test_replacing_deletes_what_the_table_lacks_within_reach(operator, scheme, ground, units):
    commands.import_rules(operator, scheme, rows(
        HEADERS, "事项 | 06 |  | HW", f"事项 | 06 | {ground.town_code} | HW", f"事项 | 07 | {ground.town_code} | HW"))
    town = person("catalogue.manage", area_path=ground.town)
    table = rows(HEADERS, f"事项 | 07 | {ground.town_code} | SZ")
    outcome = commands.import_rules(town, scheme, table, replace=True)
    assert (outcome.updated, outcome.retired) == (1, 1)
    assert ResponsibilityRule.objects.filter(area=None).count() == 1


def test_it_rejects_rows_one_by_one(operator, scheme, ground, units):
    outcome = commands.import_rules(operator, scheme, rows(
        HEADERS, "物 | 06 |  | HW", "事项 | 6 |  | HW", "事项 | 99 |  | HW", "事项 | 06 | 123 | HW",
        "事项 | 06 |  | NO", "事项 | 06 |  | OLD", "事项 | 06 |  | HW", "事项 | 06 |  | SZ"))
    assert [(remark.row, remark.reason.code) for remark in outcome.rejected] == [
        (2, "catalogue.row_kind"), (3, "catalogue.row_class"), (4, "catalogue.row_class"), (5, "catalogue.row_area"),
        (6, "catalogue.row_unit"), (7, "catalogue.row_unit"), (9, "catalogue.row_repeated")]
    assert outcome.created == 1


def test_a_town_manages_its_own_rules_alone(operator, scheme, ground, units):
    town = person("catalogue.manage", area_path=ground.town)
    outcome = commands.import_rules(town, scheme, rows(
        HEADERS, f"事项 | 06 | {ground.town_code} | HW", f"事项 | 07 | {ground.county_code} | HW", "事项 | 08 |  | HW"))
    assert outcome.created == 1
    assert [(remark.row, remark.reason.code) for remark in outcome.rejected] == [
        (3, "catalogue.row_area"), (4, "catalogue.row_area")]


def test_a_dry_run_writes_nothing(operator, scheme, units):
    assert commands.import_rules(operator, scheme, rows(HEADERS, "事项 | 06 |  | HW"), dry_run=True).created == 1
    assert ResponsibilityRule.objects.count() == 0
    assert len(verbs(f"scheme:{NEW}")) == 1


def test_it_refuses_without_scheme_or_right(operator, scheme):
    table = rows(HEADERS, "事项 | 06 |  | ")
    assert refusal(lambda: commands.import_rules(operator, "none", table)) is CatalogueError.SCHEME_UNKNOWN
    assert refusal(lambda: commands.import_rules(person("catalogue.read"), NEW, table)) is AccountError.NO_RIGHT
    lacking = rows("类别 | 分类代码", "事项 | 06")
    assert refusal(lambda: commands.import_rules(operator, NEW, lacking)) is CatalogueError.COLUMN_MISSING


def test_rules_follow_an_area_that_moved(operator, scheme, ground, units):
    """Rules hold the area, not its path: after a plan moves it, the book has the new path."""
    from django.apps import apps

    commands.import_rules(operator, scheme, rows(HEADERS, f"事项 | 06 | {ground.town_code} | HW"))
    assert answers("matter/06010", ground.town).reason == "rule"
    apps.get_model("grids", "Area").objects.filter(path=ground.town).update(path="77/88/")
    from jingwei.journal import commands as journal

    journal.bump("grids")
    assert answers("matter/06010", "77/88/").unit_id == units["HW"]
    assert answers("matter/06010", ground.town).reason == "no_rule"
