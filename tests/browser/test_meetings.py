"""A stand-up and what it decides: called by the shift leader, done by a unit, seen on the case, printed."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, House
from tests.browser.test_every_page import faults

People = Callable[..., Page]


def _choose(page: Page, label: str, words: str) -> None:
    page.get_by_role("combobox", name=label).first.click(force=True)
    page.keyboard.insert_text(words)
    page.get_by_role("option").filter(has_text=words).first.click()


def test_a_stand_up_gathers_its_agenda_and_what_it_decides_is_followed(person: People, house: House) -> None:
    """CAS-39, PAT-16, ORG-06: agenda by itself, a case and a task out of it, done by the unit, settled, on paper."""
    leader = person("shift1", "/desk/meetings")
    expect(leader.get_by_text("还没有会议")).to_be_visible()
    leader.get_by_role("button", name="召集会议").click()
    dialog = leader.get_by_role("dialog", name="召集会议")
    dialog.get_by_label("地点").fill("监督中心二楼")
    _choose(leader, "参加单位", "执法中队")
    leader.keyboard.press("Tab")  # the list of units closes
    assert faults(leader) == []
    dialog.get_by_role("button", name="召集会议").click()
    leader.wait_for_url(re.compile(r"/meetings/[0-9a-f-]{36}"))
    late = leader.get_by_role("region", name="超时未办结")
    point = late.get_by_role("listitem").first
    number = point.locator(".id").first.inner_text()
    expect(leader.get_by_text("晨会（").first).to_be_visible()
    assert faults(leader) == []

    point.get_by_role("button", name="作出决定").click()
    dialog = leader.get_by_role("dialog", name="对议题作出决定")
    expect(dialog.get_by_label("案件编号")).to_have_value(number)
    dialog.get_by_label("决定的内容").fill("今天中午前到场，<b>现场</b>拍照回复")
    assert faults(leader) == []
    leader.keyboard.press("Control+Enter")
    expect(dialog).to_be_hidden()
    card = leader.get_by_role("article").first
    expect(card).to_contain_text(number)
    expect(card).to_contain_text("<b>现场</b>")
    case = card.locator("a.id").get_attribute("href") or ""

    leader.get_by_role("button", name="作出决定").first.click()
    dialog = leader.get_by_role("dialog", name="作出决定")
    dialog.get_by_label("决定的内容").fill("清理枫林路两侧乱停的共享单车，联系 13800138000")
    _choose(leader, "责任单位", "执法中队")
    dialog.get_by_role("button", name="记下决定").click()
    expect(dialog).to_be_hidden()
    leader.get_by_label("会议记录", exact=True).last.fill("通报昨日情况，明确分工。")
    leader.get_by_role("button", name="保存记录").click()
    expect(leader.get_by_text("已保存记录")).to_be_visible()

    unit = person("cgj-zf-1", "/desk/today")
    unit.get_by_role("link", name=re.compile("会议交办待落实")).click()
    card = unit.get_by_role("article").filter(has_text="共享单车")
    expect(card).to_contain_text("〔电话1〕")
    assert faults(unit) == []
    card.get_by_role("button", name="报告已落实").click()
    dialog = unit.get_by_role("dialog", name="报告已落实")
    dialog.get_by_label("落实情况").fill("已清理 40 辆")
    dialog.get_by_role("button", name="报告已落实").click()
    expect(unit.get_by_text("现在没有交办给您的事项")).to_be_visible()

    leader.reload()
    expect(leader.get_by_role("article").filter(has_text="共享单车")).to_contain_text("已清理 40 辆")
    leader.get_by_role("button", name="定稿").click()
    leader.get_by_role("dialog", name="定稿").get_by_role("button", name="定稿").click()
    expect(leader.get_by_text("已定稿").first).to_be_visible()
    expect(leader.get_by_role("button", name="作出决定")).to_have_count(0)
    leader.get_by_role("link", name="打印会议记录").click()
    expect(leader.locator(".sheet")).to_contain_text(number)
    expect(leader.locator(".sheet")).to_contain_text("通报昨日情况")
    assert faults(leader) == []

    leader.goto(house.base + case)
    expect(leader.get_by_role("heading", name="会议决定")).to_be_visible()
    assert faults(leader) == []

    phone = person("shift1", "/desk/meetings", size=PHONE)
    expect(phone.get_by_text("晨会（").first).to_be_visible()
    assert phone.evaluate("document.documentElement.scrollWidth") <= PHONE[0]
