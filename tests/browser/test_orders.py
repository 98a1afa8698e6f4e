"""A leader urges and issues a supervision order, the unit signs and reports, the leader accepts: by the people who do it."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.conftest import House
from tests.browser.test_every_page import faults

People = Callable[..., Page]


def test_an_order_goes_from_the_leader_to_the_unit_and_back(person: People, house: House) -> None:
    """CAS-40, ESC-14: urged, numbered, signed for, answered, accepted, printed."""
    leader = person("leader", "/desk/today")
    case = leader.request.get(f"{house.base}/api/cases?state=handling&unit=CGJ-ZF&limit=1").json()["rows"][0]
    leader.goto(f"{house.base}/desk/cases/{case['id']}")
    leader.get_by_role("button", name=re.compile("更多")).click()
    leader.get_by_role("menuitem", name="催办").click()
    dialog = leader.get_by_role("dialog")
    dialog.get_by_role("button", name="请抓紧办理，按时反馈").click()
    dialog.get_by_role("button", name="催办", exact=True).click()
    expect(leader.get_by_role("heading", name=re.compile("催办记录"))).to_be_visible()
    leader.get_by_role("button", name=re.compile("更多")).click()
    leader.get_by_role("menuitem", name="发督办单").click()
    dialog.get_by_role("button", name="请立即组织处置，按时书面报告").click()
    assert faults(leader) == []
    dialog.get_by_role("button", name="发出督办单").click()
    card = leader.locator("article.order").first
    expect(card).to_contain_text("待签收")
    number = card.locator(".id").first.inner_text()

    unit = person("cgj-zf-1", "/desk/orders?show=mine")
    unit.get_by_role("button", name=number).click()
    card = unit.locator("article.order")
    card.get_by_role("button", name="签收").click()
    card.get_by_role("button", name="报告办理情况").click()
    unit.get_by_role("dialog").get_by_role("button", name="已派人处置完毕，现场已恢复").click()
    unit.get_by_role("dialog").get_by_role("button", name="报告", exact=True).click()
    expect(unit.get_by_role("button", name=number)).to_be_hidden()  # nothing more waits for the unit

    leader.goto(f"{house.base}/desk/orders?show=mine")
    leader.get_by_role("button", name=number).click()
    assert faults(leader) == []
    leader.get_by_role("button", name="同意办结").click()
    leader.get_by_role("dialog").get_by_role("button", name="同意办结").click()
    leader.goto(f"{house.base}/desk/orders?show=closed")
    leader.get_by_role("button", name=number).click()
    expect(leader.locator("article.order")).to_contain_text("已办结")
    leader.get_by_role("link", name="打印").click()
    expect(leader.get_by_role("heading", name=re.compile("督.*办.*单"))).to_be_visible()
    expect(leader.locator(".sheet")).to_contain_text(number)
    assert faults(leader) == []


def test_a_ladder_is_changed_and_a_rung_that_points_nowhere_is_refused_in_words(person: People) -> None:
    """C5: ladders are data that the town may change."""
    page = person("areaadmin", "/desk/settings/ladders")
    page.get_by_role("button", name="修改 待受理").first.click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name="加一级").click()
    much = dialog.get_by_label("多少").last
    much.fill("0")
    assert faults(page) == []
    dialog.get_by_role("button", name="保存升级规则").click()
    expect(dialog.get_by_role("alert")).to_contain_text("第 2 级")
    much.fill("3")
    dialog.get_by_role("button", name="保存升级规则").click()
    expect(dialog).to_be_hidden()
    expect(page.get_by_text("超过时限 3 个工作日").first).to_be_visible()
