"""Several units on one case, at the desk: the dispatcher asks, the helping unit finishes, the leading unit feeds back."""

import os
import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.conftest import House
from tests.browser.test_every_page import faults

People = Callable[..., Page]


def test_a_unit_helps_and_only_then_the_leading_unit_feeds_back(person: People, house: House) -> None:
    """CAS-45, PB-24: lead and co-handlers on one case, one clock."""
    desk = person("dispatcher4", "/desk/cases?state=handling")
    cases = desk.request.get(f"{house.base}/api/cases?state=handling&limit=200").json()["rows"]
    case = next(row for row in cases if row["unit_name"] and row["unit_name"] != "执法中队")
    desk.goto(f"{house.base}/desk/cases/{case['id']}")
    desk.get_by_role("button", name="更多").click()
    desk.get_by_role("menuitem", name="请单位协办").click()
    dialog = desk.get_by_role("dialog")
    dialog.get_by_role("combobox", name="协办单位").click()
    desk.keyboard.insert_text("执法中队")
    desk.get_by_role("option").filter(has_text="执法中队").first.click()
    dialog.get_by_label("协办事项").fill("请到场维持秩序")
    assert faults(desk) == []
    _picture(desk, "ask")
    dialog.get_by_role("button", name=re.compile("协办$")).last.click()
    expect(dialog).to_be_hidden()
    panel = desk.get_by_role("region", name="协办单位")
    expect(panel).to_contain_text("请到场维持秩序")
    _picture(desk, "asked")
    assert faults(desk) == []

    helper = person("cgj-zf-1", "/desk/today")
    helper.get_by_role("link", name=re.compile("^协办待完成")).click()
    helper.get_by_role("link", name=case["text"][:12]).first.click()
    helper.wait_for_timeout(300)
    _picture(helper, "helper")
    task = helper.get_by_role("region", name="协办单位")
    task.get_by_role("button", name="签收").click()
    expect(task).to_contain_text("签收")
    task.get_by_role("button", name="完成协办").click()
    ending = helper.get_by_role("dialog")
    ending.get_by_label("完成情况").fill("已到场，秩序正常")
    assert faults(helper) == []
    ending.get_by_role("button", name="完成协办").click()
    expect(ending).to_be_hidden()
    expect(task).to_contain_text("已完成")
    expect(task).to_contain_text("已到场，秩序正常")
    expect(helper.get_by_role("button", name="完成协办")).to_have_count(0)


def _picture(page: Page, name: str) -> None:
    if folder := os.environ.get("JINGWEI_LOOK"):
        page.screenshot(path=f"{folder}/{name}.png")
