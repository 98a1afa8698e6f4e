"""Mediation at the desk: the village begins it with its team, settles it, visits; the leader sees no more than that there is one."""

import os
from collections.abc import Callable
from uuid import uuid4

from playwright.sync_api import Page, expect

from jingwei.kernel import clock
from tests.browser.conftest import PHONE, House
from tests.browser.deeds import open_case, press, shown_buttons, told
from tests.browser.reach import lost
from tests.browser.test_every_page import faults, settled
from tests.browser.test_manual_township import PLACE
from tests.browser.walks import Asker

People = Callable[..., Page]
VILLAGE = "990101100001"


def _team(person: People, house: House) -> None:
    """The village's team: its officer in charge, two of the town with her."""
    admin = person("areaadmin", "/")
    ask = Asker(admin.context, house.base)
    area = ask.get(f"/api/areas/find?words={VILLAGE}")["items"][0]
    team = ask.post("/api/teams", {"kind": "mediation", "name": "稻香调解服务队", "areas": [area["id"]], "since": clock.now().date().isoformat()})["id"]
    for login, function in (("community6", "head"), ("town2", "deputy_head"), ("cgj-zf-1", "justice")):
        user = next(one for one in ask.get(f"/api/users?find={login}")["items"] if one["login"] == login)
        ask.post(f"/api/teams/{team}/members", {"user_id": user["id"], "function": function, "since": clock.now().date().isoformat()})


def test_a_dispute_is_begun_settled_and_visited(person: People, house: House) -> None:
    """MED-01, STF-11: the team is proposed, the parties are sealed, the result closes the case, a visit follows."""
    _team(person, house)
    page = person("community6", "/desk/today")
    case = str(Asker(page.context, house.base).post("/api/cases", {
        "id": str(uuid4()), "text": "两家为院墙排水争执", "lon": PLACE["longitude"], "lat": PLACE["latitude"], "channel": "hotline",
        "kind": "mediation"})["id"])
    press(page, house.base, case, "受理并办理")
    open_case(page, house.base, case)
    assert "反馈结果" not in shown_buttons(page)
    page.get_by_role("button", name="更多").click()
    page.get_by_role("menuitem", name="开始调解").click()
    dialog = page.get_by_role("dialog", name="开始调解")
    dialog.get_by_role("combobox", name="什么纠纷").click(force=True)
    page.get_by_role("option", name="邻里纠纷").click()
    parties = dialog.get_by_role("group", name="第 1 名当事人"), dialog.get_by_role("group", name="第 2 名当事人")
    for group, name in zip(parties, ("甲示例", "乙示例"), strict=True):
        group.get_by_label("姓名").fill(name)
    parties[0].get_by_label("电话").fill("13800138000")
    assert faults(page) == []
    _picture(page, "begin")
    dialog.get_by_role("button", name="开始调解").click()
    expect(dialog).to_be_hidden()
    card = page.get_by_role("article", name="邻里纠纷")
    expect(card).to_contain_text("调解中")
    expect(card).not_to_contain_text("甲示例")

    card.get_by_role("button", name="查看当事人").click()
    asked = page.get_by_role("dialog", name="查看当事人")
    asked.get_by_label("为什么要看").fill("约时间")
    asked.get_by_role("button", name="记录理由并查看").click()
    expect(card).to_contain_text("申请人：甲示例")
    _picture(page, "shown")

    card.get_by_role("button", name="记录一次调解").click()
    held = page.get_by_role("dialog", name="记录一次调解")
    held.get_by_label("调解经过").fill("双方各说了情况，同意改排水")
    held.get_by_text("谈成了", exact=True).click()
    assert faults(page) == []
    _picture(page, "session")
    page.keyboard.press("Control+Enter")
    expect(held).to_be_hidden()
    expect(card).to_contain_text("同意改排水")

    card.get_by_role("button", name="记录调解结果").click()
    ended = page.get_by_role("dialog", name="记录调解结果")
    ended.get_by_label("协议内容").fill("十日内改好排水")
    assert faults(page) == []
    _picture(page, "conclude")
    ended.get_by_role("button", name="保存结果").click()
    expect(ended).to_be_hidden()
    expect(card).to_contain_text("达成协议，回访中")
    assert faults(page) == []
    _picture(page, "card")
    press(page, house.base, case, "反馈结果")
    assert told(page.request, house.base, case)["case"]["marks"] == ["visits"]

    page.goto(f"{house.base}/desk/mediations")
    page.get_by_role("link", name="邻里纠纷").click()
    card = page.get_by_role("article", name="邻里纠纷")
    card.get_by_role("button", name="记录回访").click()
    visit = page.get_by_role("dialog", name="记录回访")
    visit.get_by_text("已履行", exact=True).click()
    _picture(page, "visit")
    visit.get_by_role("button", name="保存回访").click()
    expect(card).to_contain_text("调解已办结")
    assert faults(page) == []
    _picture(page, "list")
    page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    assert lost(settled(page)) == []
    _picture(page, "narrow")

    leader = person("leader", f"/desk/cases/{case}")
    card = leader.get_by_role("article", name="邻里纠纷")
    expect(card).to_contain_text("只有调解员和登记人能看")
    for word in ("甲示例", "同意改排水"):
        expect(card).not_to_contain_text(word)
    _picture(leader, "outline")
    assert faults(leader) == []


def _picture(page: Page, name: str) -> None:
    if folder := os.environ.get("JINGWEI_LOOK"):
        page.wait_for_timeout(300)
        page.screenshot(path=f"{folder}/{name}.png")
