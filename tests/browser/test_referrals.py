"""Referral with signature at the desk: the centre sends, the unit signs and answers, the leader sees no words but the figures."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.conftest import House
from tests.browser.test_every_page import faults

People = Callable[..., Page]
WORDS = "枫林路两户为楼道堆物争吵，请上门调解"


def _choose(page: Page, label: str, words: str) -> None:
    page.get_by_role("combobox", name=label).first.click(force=True)
    page.keyboard.insert_text(words)
    page.get_by_role("option").filter(has_text=words).first.click()


def test_a_matter_is_sent_signed_for_answered_and_ended(person: People, house: House) -> None:
    """C6, SEC-07: both sides read it, the leader knows that it exists and sees it counted."""
    desk = person("acceptor5", "/desk/referrals/new")
    desk.get_by_role("combobox", name="报送什么").click(force=True)
    desk.get_by_role("option", name="矛盾纠纷").click()
    _choose(desk, "送给哪个单位", "执法中队")
    desk.get_by_label("情况说明").fill(f"{WORDS}，电话 13800138000")
    desk.get_by_role("combobox", name="所属区域").click(force=True)
    desk.get_by_role("option").filter(has_text="柳溪街道").first.click()
    assert faults(desk) == []
    desk.get_by_role("button", name="报送", exact=True).click()
    desk.wait_for_url(re.compile(r"/referrals/[0-9a-f-]{36}"))
    expect(desk.get_by_role("article")).to_contain_text("待签收")
    one = desk.url.split("/")[-1].split("?")[0]

    unit = person("cgj-zf-1", "/desk/referrals")
    unit.get_by_role("link", name="矛盾纠纷").first.click()
    article = unit.get_by_role("article")
    expect(article).to_contain_text(WORDS)
    expect(article).to_contain_text("〔电话1〕")
    article.get_by_role("button", name="签收", exact=True).click()
    article.get_by_role("button", name="答复结果").click()
    dialog = unit.get_by_role("dialog", name="答复结果")
    dialog.get_by_label("办理结果（报送方会看到）").fill("已上门调解，楼道清理完毕")
    unit.keyboard.press("Control+Enter")
    expect(dialog).to_be_hidden()
    expect(article).to_contain_text("已答复")
    assert faults(unit) == []

    desk.goto(f"{house.base}/desk/referrals?tab=back")
    desk.get_by_role("link", name="矛盾纠纷").first.click()
    expect(desk.get_by_role("article")).to_contain_text("楼道清理完毕")
    desk.get_by_role("article").get_by_role("button", name="办结", exact=True).click()
    desk.get_by_role("dialog", name="办结").get_by_role("button", name="办结", exact=True).click()
    expect(desk.get_by_role("article")).to_contain_text("已办结")

    leader = person("leader", f"/desk/referrals/{one}")
    expect(leader.get_by_role("article")).to_contain_text("内容只有报送方和接收单位能看")
    expect(leader.locator("main")).not_to_contain_text("楼道")
    leader.goto(f"{house.base}/desk/referrals/figures")
    row = leader.get_by_role("row").filter(has_text="执法中队").first
    expect(row).to_contain_text("100%")
    expect(row).to_contain_text("未报送")
    assert faults(leader) == []
    row.get_by_role("link").first.click()
    expect(leader.get_by_role("link", name="矛盾纠纷").first).to_be_visible()
