"""Dispatch rules at the desk: the dispatcher is told why this unit and who helps; the administrator sees what points nowhere."""

import csv
import io
import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import House
from tests.browser.test_every_page import faults

People = Callable[..., Page]
SCHEME = "gbt47678.5-2026"
HEADERS = "类别,分类代码,区域编码,责任单位编码,权属单位,时间,协办单位编码,时限建议,自动派遣,备注\n"


def test_the_dispatcher_is_told_why_this_unit_and_the_units_of_the_rule_help(person: People, house: House, tmp_path: Path) -> None:
    """CAS-32, product C2 and C3: the right unit at the first try."""
    desk = person("dispatcher4", "/desk/today")
    waiting = desk.request.get(f"{house.base}/api/cases?state=filed&limit=200").json()["rows"]
    told = {row["id"]: desk.request.get(f"{house.base}/api/cases/{row['id']}/responsible").json() for row in waiting}
    case = next(row for row in waiting if told[row["id"]]["reason"] == "rule" and told[row["id"]]["unit_code"] != "CGJ-ZF")
    before = told[case["id"]]
    scheme, _, code = case["class_code"].split("/")
    table = tmp_path / "rules.csv"
    table.write_text(f"{HEADERS}事项,{code},{case['area']},{before['unit_code']},,01-01~12-31,CGJ-ZF,4工作时,,值守期间\n", "utf-8")
    assert "新增 1" in house.run("import", "rules", table, "--scheme", scheme)

    desk.goto(f"{house.base}/desk/cases/{case['id']}")
    desk.get_by_role("button", name="派遣", exact=True).first.click()
    dialog = desk.get_by_role("dialog")
    expect(dialog).to_contain_text(f"按规则应由{before['unit_name']}承办：{case['area_name']}，")
    expect(dialog).to_contain_text("还请执法中队协办")
    expect(dialog).to_contain_text("4 工作时")
    dialog.get_by_text(f"为什么是{before['unit_name']}").click()
    expect(dialog.get_by_role("listitem").first).to_contain_text(before["unit_name"])
    assert faults(desk) == []
    _picture(desk, "why")
    dialog.get_by_role("button", name=re.compile("^派遣给")).click()
    expect(dialog).to_be_hidden()
    expect(desk.get_by_role("region", name="协办单位")).to_contain_text("按责任规则协同办理")
    _picture(desk, "dispatched")


def test_the_administrator_sees_rules_that_point_nowhere_and_takes_the_table_out(person: People, house: House, tmp_path: Path) -> None:
    """Bad input: a rule that points nowhere."""
    classes, rules = tmp_path / "own.csv", tmp_path / "own-rules.csv"
    own = ("import", "catalogue", classes, "--classes", "--scheme", "park-2026", "--title", "示例园区分类")
    classes.write_text("类别,编码,名称\n事项,01,园区秩序\n事项,0101,占道\n事项,0102,噪声\n", "utf-8")
    house.run(*own)
    rules.write_text(f"{HEADERS}事项,0101,,CGJ-ZF,,工作日 08:00-18:00,,2工作时,是,\n"
                     "事项,0102,,CGJ-HW,示例物业公司,18:00-08:00,CGJ-ZF,,,\n", "utf-8")
    assert "新增 2" in house.run("import", "rules", rules, "--scheme", "park-2026")
    classes.write_text("类别,编码,名称\n事项,01,园区秩序\n事项,0101,占道\n", "utf-8")
    house.run(*own)

    desk = person("areaadmin", "/desk/settings/responsible")
    expect(desk.get_by_role("status").filter(has_text="有 1 条规则指向停用")).to_be_visible()
    _picture(desk, "table")
    desk.get_by_text("只看有问题的").click()
    only = desk.get_by_role("region", name="现行规则").locator("tbody tr")
    expect(only).to_have_count(1)
    expect(only).to_contain_text("分类已停用")
    expect(only).to_contain_text("权属单位是示例物业公司")
    assert faults(desk) == []
    _picture(desk, "faulty")
    desk.get_by_text("只看有问题的").click()
    desk.get_by_placeholder("代码开头").fill("0101")
    expect(desk.get_by_role("region", name="现行规则").locator("tbody tr").filter(has_text="自动派遣")).to_contain_text("建议 2 工作时")

    with desk.expect_download(predicate=lambda file: "park-2026" in file.suggested_filename) as taken:
        desk.get_by_role("button", name="下载现行规则表").click()
    lines = list(csv.DictReader(io.StringIO(Path(taken.value.path()).read_text("utf-8-sig"))))
    assert [(line["分类代码"], line["时间"], line["自动派遣"]) for line in lines] == [("0101", "工作日 08:00-18:00", "是"), ("0102", "18:00-08:00", "")]


@pytest.mark.parametrize("size", [(360, 740)])
def test_on_a_narrow_screen_the_rules_can_be_asked_and_read(person: People, size: tuple[int, int]) -> None:
    desk = person("areaadmin", "/desk/settings/responsible", size=size)
    expect(desk.get_by_label("什么时候")).to_be_visible()
    assert faults(desk) == []
    _picture(desk, "narrow")


def _picture(page: Page, name: str) -> None:
    if folder := os.environ.get("JINGWEI_LOOK"):
        page.screenshot(path=f"{folder}/rules-{name}.png")
