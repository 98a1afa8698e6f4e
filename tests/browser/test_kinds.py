"""Kinds of event in a township, one case of each at the screens: coordination, a sudden event, an approval (AT-24)."""

import os
import re
from collections.abc import Callable
from uuid import uuid4

from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import PHONE, House
from tests.browser.deeds import open_case, press, told
from tests.browser.test_every_page import faults
from tests.browser.test_manual_township import PLACE, worker_of_the_place
from tests.browser.walks import Asker

People = Callable[..., Page]
WORDS = "同意张某翻建住房一处，建筑面积 120 平方米，层高一层。"


def report(page: Page, house: House, kind: str, words: str) -> str:
    """By the interface, as another application would."""
    return str(Asker(page.context, house.base).post("/api/cases", {
        "id": str(uuid4()), "text": words, "lon": PLACE["longitude"], "lat": PLACE["latitude"], "channel": "hotline", "kind": kind})["id"])


def say(page: Page, house: House, case_id: str, name: str, words: str) -> Locator:
    """Press a button that asks for words, and give them."""
    open_case(page, house.base, case_id).get_by_role("button", name=name, exact=True).click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("textbox").first.fill(words)
    return dialog


def send(page: Page, dialog: Locator) -> None:
    page.keyboard.press("Control+Enter")
    expect(dialog).to_be_hidden()


def test_an_approval_is_registered_reviewed_and_publicised_on_two_levels(person: People, house: House) -> None:
    """CAS-20: the community accepts, the town reviews, both show it; an objection takes it down."""
    village, town = person("community6", "/desk/cases/new"), person("town2", "/desk/today")
    village.get_by_role("radio", name="审批类").check()
    village.get_by_label("反映的问题").fill("申请翻建住房")
    village.get_by_label("坐标", exact=True).fill(f"{PLACE['longitude']}, {PLACE['latitude']}")
    expect(village.get_by_text(re.compile("^位于"))).to_be_visible()
    village.get_by_role("radio", name="审批类").scroll_into_view_if_needed()
    _picture(village, "new")
    assert faults(village) == []
    village.get_by_role("button", name="登记", exact=True).click()
    village.wait_for_url(re.compile(r"/desk/cases/[0-9a-f-]{36}"))
    case_id = village.url.split("/")[-1].split("?")[0]
    expect(village.get_by_text("审批类").first).to_be_visible()
    send(village, say(village, house, case_id, "受理报审", "材料齐全，现场已看"))

    dialog = say(town, house, case_id, "同意并公示", WORDS + "电话 13800001111")
    town.keyboard.press("Control+Enter")
    expect(dialog.get_by_text(re.compile("没有公示：公示内容里有电话"))).to_be_visible()
    _picture(town, "refused")
    dialog.get_by_role("textbox").first.fill(WORDS)
    send(town, dialog)
    panel = town.get_by_role("region", name="两级公示")
    expect(panel.get_by_text(WORDS)).to_have_count(2)
    expect(panel.get_by_text(re.compile(r"还剩 \d+ 天"))).to_have_count(2)
    expect(town.get_by_role("group", name="可做的操作").get_by_role("button", name="公示无异议，办结")).to_have_count(0)
    panel.scroll_into_view_if_needed()
    _picture(town, "panel")
    assert faults(town) == []
    panel.get_by_role("link", name="全部公示").click()
    expect(town.get_by_role("row").filter(has_text=WORDS)).to_have_count(2)
    _picture(town, "list")
    assert faults(town) == []
    town.go_back()
    panel.get_by_role("link", name="打印公示单").click()
    expect(town.get_by_role("heading", name="公 示")).to_have_count(2)
    _picture(town, "sheet")
    assert faults(town) == []

    send(village, say(village, house, case_id, "公示有异议", "邻居反映遮光"))
    assert told(town.request, house.base, case_id)["case"]["state"] == "reviewing"
    open_case(town, house.base, case_id)
    expect(town.get_by_role("region", name="两级公示").get_by_text("已结束")).to_have_count(2)


def test_a_matter_to_be_talked_over_ends_with_the_reply(person: People, house: House) -> None:
    """CAS-18; it was reported as an ordinary one, and the village changes its kind."""
    village, town = person("community6", "/desk/today"), person("town2", "/desk/today")
    case_id = report(village, house, "", "两户共用水渠，用水起争执")
    open_case(village, house.base, case_id)
    village.get_by_role("button", name="更多").click()
    village.get_by_role("menuitem", name="改事件类别").click()
    dialog = village.get_by_role("dialog")
    dialog.get_by_role("radio", name="协调类").check()
    _picture(village, "change")
    assert faults(village) == []
    send(village, dialog)
    expect(village.get_by_text("更改事件类别").first).to_be_visible()
    press(village, house.base, case_id, "受理并办理")
    press(village, house.base, case_id, "反馈结果")
    press(town, house.base, case_id, "阅知并请回复")
    send(village, say(village, house, case_id, "回复群众", "已到两户家中当面回复"))
    assert told(village.request, house.base, case_id)["case"]["state"] == "closed"


def test_a_sudden_event_is_followed_from_the_scene(person: People, house: House) -> None:
    """CAS-19: sent to a unit at once; the grid worker tells from the phone how it goes."""
    phone = person(worker_of_the_place(person, house), "/field/report", size=PHONE)
    phone.context.grant_permissions(["geolocation"])
    phone.context.set_geolocation(PLACE)
    phone.reload()
    expect(phone.get_by_text(re.compile("误差约"))).to_be_visible()
    phone.get_by_label(re.compile("^补充一句")).fill("大树倒下压住电线")
    phone.get_by_role("checkbox", name="突发，要马上处置").check()
    phone.get_by_role("checkbox", name="突发，要马上处置").scroll_into_view_if_needed()
    _picture(phone, "phone")
    phone.get_by_role("button", name="上报", exact=True).click()
    expect(phone.get_by_role("heading", name="已上报")).to_be_visible()
    path = phone.get_by_role("link", name="看这一件").get_attribute("href")
    assert path is not None
    case_id = path.split("/")[-1]
    town = person("town2", "/desk/today")
    assert told(town.request, house.base, case_id)["case"]["profile"] == "sudden"
    press(town, house.base, case_id, "派遣")
    phone.goto(f"{house.base}/field/case/{case_id}")
    for words in ("已断电，人员到场", "树已移开"):
        phone.get_by_role("button", name="现场续报").click()
        phone.get_by_role("textbox").first.fill(words)
        _picture(phone, "follow")
        phone.locator("form button.filled").click()
        expect(phone.get_by_text(words).first).to_be_visible()
    assert told(town.request, house.base, case_id)["case"]["state"] == "handling"


def _picture(page: Page, name: str) -> None:
    if folder := os.environ.get("JINGWEI_LOOK"):
        page.screenshot(path=f"{folder}/{name}.png")
