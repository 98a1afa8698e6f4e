"""Schemes installed, updated, taken from a table, retired (C2, AT-07)."""

import pytest

from jingwei.accounts.errors import AccountError
from jingwei.catalogue import commands, queries, shipped
from jingwei.catalogue.errors import CatalogueError
from jingwei.catalogue.models import ClassEntry, Scheme
from tests.catalogue.conftest import book, person, refusal, rows, verbs

pytestmark = pytest.mark.django_db

OLD, NEW = "gbt30428.2-2013", "gbt47678.5-2026"
HEADERS = "类别 | 代码 | 名称"


def test_it_installs_both_national_schemes_beside_each_other(operator):
    assert commands.install_scheme(operator, NEW).created == 153 + 5 + 250 + 10
    assert commands.install_scheme(operator, OLD).created == len(shipped.classes(OLD))
    told = {row.code: (row.components, row.matters) for row in queries.schemes(operator)}
    assert told[NEW] == (153, 250)
    found = book()
    assert found.by_code[f"{NEW}/matter/06010"].name == "暴露垃圾"
    assert found.by_code[f"{NEW}/matter/06010"].major_name == "市容环境类"
    assert found.find(OLD, "matter", "0406").full_code == f"{OLD}/matter/0406"
    assert found.find(NEW, "component", "01001").name == "供水井盖"
    assert found.find(NEW, "matter", "01001").name == "供水井盖异常", "the same code, another kind"
    assert f"{NEW}/matter/06" not in found.by_code, "a major class is no class of a case"
    assert found.by_code[f"{NEW}/matter/06010"].confidence == "med-high"


def test_a_repeat_changes_nothing_and_leaves_no_entry(operator):
    commands.install_scheme(operator, NEW)
    again = commands.install_scheme(operator, NEW)
    assert (again.changed, again.unchanged) == (0, 418)
    assert verbs(f"scheme:{NEW}") == ["scheme.installed"]


def test_a_dry_run_writes_nothing(operator):
    assert commands.install_scheme(operator, NEW, dry_run=True).created == 418
    assert Scheme.objects.count() == 0
    assert verbs(f"scheme:{NEW}") == []


def test_an_update_mends_names_and_retires_what_left_the_list(operator):
    commands.install_scheme(operator, NEW)
    ClassEntry.objects.filter(kind="matter", code="06010").update(name_zh="旧名")
    major = ClassEntry.objects.get(kind="matter", code="06")
    gone = ClassEntry.objects.create(scheme=major.scheme, kind="matter", code="06077", parent=major, name_zh="已删")
    own = ClassEntry.objects.create(
        scheme=major.scheme, kind="matter", code="06999", parent=major, name_zh="本地", local=True)
    again = commands.install_scheme(operator, NEW)
    assert (again.created, again.updated, again.retired) == (0, 1, 1)
    assert ClassEntry.objects.get(kind="matter", code="06010").name_zh == "暴露垃圾"
    gone.refresh_from_db()
    own.refresh_from_db()
    assert (gone.active, own.active) == (False, True)
    assert not book().classes[gone.pk].active


def test_a_retired_scheme_s_classes_are_not_for_new_cases(operator):
    commands.install_scheme(operator, OLD)
    assert book().by_code[f"{OLD}/matter/0406"].active
    commands.retire_scheme(operator, OLD)
    assert not book().by_code[f"{OLD}/matter/0406"].active
    commands.retire_scheme(operator, OLD)
    commands.retire_scheme(operator, OLD, active=True)
    assert book().by_code[f"{OLD}/matter/0406"].active
    assert verbs(f"scheme:{OLD}") == ["scheme.installed", "scheme.retired", "scheme.restored"]


def test_it_takes_a_city_s_own_scheme_from_a_table(operator):
    """AT-07: exactly 5 classes, 84 part types, 32 event types loaded."""
    lines = [f"部件 | {major:02d} | 大类{major}" for major in range(1, 6)]
    lines += [f"部件 | {number % 5 + 1:02d}{number // 5 + 1:02d} | 部件{number}" for number in range(84)]
    lines += ["事件 | 01 | 事件大类"] + [f"事件 | 01{number:02d} | 事件{number}" for number in range(1, 33)]
    outcome = commands.import_scheme(operator, commands.OwnScheme("district-2005", "区部件和事件"), rows(HEADERS, *lines))
    assert (outcome.created, outcome.rejected) == (5 + 84 + 1 + 32, [])
    (scheme,) = queries.schemes(operator)
    assert (scheme.components, scheme.matters) == (84, 32)
    majors = {row.code[:2] for row in book().classes.values() if row.kind == "component"}
    assert len(majors) == 5


def test_it_rejects_rows_one_by_one_and_takes_the_rest(operator):
    table = rows(HEADERS, "部件 | 01 | 公用设施", "部件 | 0101 | 井盖", "物件 | 0102 | 灯", "部件 | ０１０３ | 灯",
                 "部件 | 01033 | 灯", "部件 | 0104 | ", "部件 | 0101 | 又一个", "部件 | 0201 | 桥", "部件 | 00 | 零")
    outcome = commands.import_scheme(operator, commands.OwnScheme("city-1", "市方案"), table)
    assert outcome.created == 2
    assert [(remark.row, remark.reason.code) for remark in outcome.rejected] == [
        (4, "catalogue.row_kind"), (5, "catalogue.row_code"), (6, "catalogue.row_code"), (7, "catalogue.row_name"),
        (8, "catalogue.row_repeated"), (9, "catalogue.row_no_major"), (10, "catalogue.row_code")]
    assert all(remark.text() and remark.text("en") for remark in outcome.rejected)


def test_it_refuses_what_makes_no_scheme(operator):
    table = rows(HEADERS, "部件 | 01 | 公用设施")
    own = commands.OwnScheme
    assert refusal(lambda: commands.install_scheme(operator, "no-such")) is CatalogueError.SCHEME_UNKNOWN
    assert refusal(lambda: commands.retire_scheme(operator, "no-such")) is CatalogueError.SCHEME_UNKNOWN
    for code, title, digits in (("", "x", 2), ("A B", "x", 2), ("ok", " ", 2), ("ok", "x", 0), ("c/d", "x", 2)):
        act = own(code, title, digits)
        assert refusal(lambda act=act: commands.import_scheme(operator, act, table)) is CatalogueError.SCHEME_CODE_WRONG
    assert refusal(lambda: commands.import_scheme(operator, own(NEW, "x"), table)) is CatalogueError.SCHEME_SHIPPED
    assert refusal(lambda: commands.import_scheme(operator, own("ok", "x"), [])) is CatalogueError.NOTHING_READ
    lacking = rows("类别 | 代码", "部件 | 01")
    assert refusal(lambda: commands.import_scheme(operator, own("ok", "x"), lacking)) is CatalogueError.COLUMN_MISSING
    commands.import_scheme(operator, own("ok", "x"), table)
    longer = own("ok", "x", 3)
    assert refusal(lambda: commands.import_scheme(operator, longer, table)) is CatalogueError.DIGITS_DIFFER


def test_it_needs_the_right_everywhere(ground):
    for actor, reason in ((person("catalogue.read"), AccountError.NO_RIGHT),
                          (person("catalogue.manage", area_path=ground.county), AccountError.RIGHT_ELSEWHERE)):
        assert refusal(lambda actor=actor: commands.install_scheme(actor, NEW)) is reason
        assert refusal(lambda actor=actor: commands.retire_scheme(actor, NEW)) is reason
    assert commands.install_scheme(person("catalogue.manage"), NEW).created


def test_the_crosswalk_follows_a_class_into_the_scheme_that_came_after():
    found = queries.crossing(OLD, "matter", "0110")
    assert (found.scheme, found.kind, found.code) == (NEW, "matter", "06010")
    assert queries.crossing(OLD, "matter", "0407").code == ""
    assert queries.crossing(NEW, "matter", "06010") is None
