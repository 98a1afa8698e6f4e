"""The administrator of a district drafts a flow of its own, mends what the check finds, publishes it, and goes back."""

import os
import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.conftest import House
from tests.browser.test_every_page import faults, settled

People = Callable[..., Page]


def test_a_flow_is_drafted_checked_published_and_retired_on_the_desk(person: People, house: House) -> None:
    """C3: flow profiles are data; running cases keep their version."""
    page = person("areaadmin", "/desk/settings/flow")
    _picture(settled(page), "force")
    page.get_by_role("button", name="起草修改").click()
    expect(page.get_by_text("检查没有发现问题，可以发布")).to_be_visible()
    expect(page.get_by_role("button", name="发布", exact=True)).to_be_disabled()

    page.get_by_role("button", name="去掉：待结案 返工", exact=True).click()
    page.get_by_role("button", name="去掉：待结案 退回", exact=True).click()
    found = page.get_by_role("region", name="检查结果")
    expect(found).to_contain_text("案件到了“待结案”可能再也办不完（核查不通过时）")
    expect(page.get_by_role("button", name="发布", exact=True)).to_be_disabled()
    _picture(page, "faults")
    assert faults(page) == []
    page.get_by_role("button", name="撤销上一处修改").click()
    expect(found).not_to_contain_text("可能再也办不完")
    page.get_by_role("button", name="撤销上一处修改").click()
    expect(found).to_contain_text("可以发布")

    page.get_by_role("button", name="修改：待受理 立案", exact=True).click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("checkbox", name="受理员", exact=True).locator("xpath=ancestor::label").click()
    assert faults(page) == []
    _picture(page, "row")
    dialog.get_by_role("button", name="保存这一步").click()
    expect(dialog).to_be_hidden()
    expect(page.get_by_role("region", name="与现行（随产品第 1 版）比")).to_contain_text("待受理 · 立案")
    _picture(page, "draft")
    page.get_by_role("button", name="发布", exact=True).click()
    asking = page.get_by_role("dialog", name="发布这份流程")
    asking.get_by_label("为什么改").fill("立案由值班长把关")
    asking.get_by_role("button", name="发布", exact=True).click()
    expect(page.get_by_text("此处现行：本地第 1 版")).to_be_visible()
    told = page.request.get(f"{house.base}/api/flows/city/sheet?area=990101").json()
    assert next(row for row in told["rows"] if (row["state"], row["action"]) == ("reported", "file"))["posts"] == ["shift_leader"]

    page.get_by_role("radio", name="各个版本").locator("xpath=ancestor::label").click()
    line = page.get_by_role("row").filter(has_text="本地第 1 版")
    expect(line).to_contain_text("立案由值班长把关")
    _picture(page, "versions")
    assert faults(page) == []
    line.get_by_role("button", name="停用").click()
    leaving = page.get_by_role("dialog", name=re.compile("^停用"))
    leaving.get_by_label("为什么改").fill("试行结束")
    leaving.get_by_role("button", name="停用").click()
    expect(page.get_by_text("此处现行：随产品第 1 版")).to_be_visible()


def test_who_does_not_keep_flows_reads_them(person: People) -> None:
    page = settled(person("sysadmin", "/desk/settings/flow"))
    expect(page.get_by_text("流程由区域管理员维护，这里只能看。")).to_be_visible()
    expect(page.get_by_role("button", name="起草修改")).to_have_count(0)
    page.get_by_role("radio", name="乡镇三级").locator("xpath=ancestor::label").click()
    expect(page.get_by_role("region", name="各步")).to_contain_text("上报区县")


def _picture(page: Page, name: str) -> None:
    if folder := os.environ.get("JINGWEI_LOOK"):
        page.wait_for_timeout(400)
        page.screenshot(path=f"{folder}/{name}.png", full_page=True)
