"""A complaint with a sum at the desk: what is claimed, what was settled, what adds up."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.conftest import House
from tests.browser.test_every_page import faults

People = Callable[..., Page]


def test_wages_are_claimed_and_partly_settled(person: People, house: House) -> None:
    """INT-18."""
    desk = person("dispatcher4", "/desk/cases?state=handling")
    case = desk.request.get(f"{house.base}/api/cases?state=handling&limit=1").json()["rows"][0]
    desk.goto(f"{house.base}/desk/cases/{case['id']}")
    desk.get_by_role("button", name=re.compile("更多")).click()
    desk.get_by_role("menuitem", name="登记诉求金额").click()
    dialog = desk.get_by_role("dialog")
    dialog.get_by_role("button", name="登记诉求金额").click()
    expect(dialog.get_by_text("请填写金额。")).to_be_visible()
    dialog.get_by_label("诉求金额（元）").fill("2.258万")
    dialog.get_by_label("涉及人数").fill("12")
    assert faults(desk) == []
    dialog.get_by_role("button", name="登记诉求金额").click()
    panel = desk.get_by_role("region", name="涉及金额")
    expect(panel).to_contain_text("22,580.00 元")
    desk.get_by_role("button", name=re.compile("更多")).click()
    desk.get_by_role("menuitem", name="登记落实金额").click()
    dialog.get_by_label("已落实金额（元）").fill("30000")
    dialog.get_by_role("button", name="登记落实金额").click()
    expect(dialog.get_by_text("多于诉求的 22,580.00 元")).to_be_visible()
    dialog.get_by_label("已落实金额（元）").fill("10000")
    dialog.get_by_role("button", name="登记落实金额").click()
    expect(dialog).to_be_hidden()
    expect(panel).to_contain_text("10,000.00 元")
    assert faults(desk) == []

    leader = person("leader", f"/desk/claims?month={case['reported_at'][:7]}")
    expect(leader.get_by_role("region", name="还没有全部落实")).to_contain_text("12,580.00")
    assert faults(leader) == []
