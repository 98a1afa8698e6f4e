"""A task on the spot from the desk to the phone and back: who is proposed and why, kinds of photo, what they say of place and time."""

import os
import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from jingwei.kernel.ids import new_id
from tests.browser.conftest import PHONE, House
from tests.browser.deeds import open_case
from tests.browser.test_every_page import faults
from tests.browser.walks import STREET, Asker
from tests.files.pictures import photo

People = Callable[..., Page]
ROAD = "gbt47678.5-2026/matter/06013"


def test_the_acceptor_asks_the_worker_on_duty_and_weighs_what_comes_back(person: People, house: House) -> None:
    """C3, W1: proposed with the reason; near and far asked for because the class needs them; place and time in words."""
    desk = person("acceptor5", "/desk/today")
    case_id = str(new_id())
    Asker(desk.context, house.base).post("/api/cases", {
        "id": case_id, "text": "路面有个坑，电动车容易摔", "lon": STREET[0], "lat": STREET[1], "channel": "hotline", "class_code": ROAD})
    open_case(desk, house.base, case_id).get_by_role("button", name="下发核实").click()
    dialog = desk.get_by_role("dialog")
    chosen = dialog.locator("label.choice.on")
    expect(chosen).to_contain_text("建议")
    expect(chosen).to_contain_text(re.compile("，手上(没有任务| \\d+ 件)$"))
    _picture(desk, "person")
    assert faults(desk) == []
    dialog.get_by_role("radio", name=re.compile("^许样例三")).check()  # the one whose phone this is
    dialog.get_by_role("button", name="下发核实任务").click()
    expect(dialog).to_be_hidden()

    phone = person("grid019", "/field/", size=PHONE)
    phone.context.grant_permissions(["geolocation"])
    phone.context.set_geolocation({"longitude": STREET[0], "latitude": STREET[1] + 0.002, "accuracy": 12})
    phone.goto(f"{house.base}/field/case/{case_id}")
    phone.get_by_role("button", name="核实属实", exact=True).click()
    expect(phone.get_by_text("请拍近景、远景（可以不拍）。路面破损要看清大小和所在路段")).to_be_visible()
    phone.get_by_label("近景").set_input_files({"name": "p.jpg", "mimeType": "image/jpeg", "buffer": photo(placed=True) + bytes(3_300_000)})  # made smaller on the phone
    expect(phone.locator("figcaption")).to_have_text("近景")
    expect(phone.locator(".take")).to_have_count(2)
    phone.get_by_role("checkbox", name=re.compile("^附上我现在的位置")).check()
    expect(phone.get_by_text("已附位置，误差约 12 米")).to_be_visible()
    phone.locator("form.sheet").scroll_into_view_if_needed()
    _picture(phone, "phone")
    assert faults(phone) == []
    phone.locator("form.sheet button.filled").click()
    expect(phone.locator("form.sheet")).to_be_hidden()

    open_case(desk, house.base, case_id)
    evidence = desk.get_by_role("list", name="位置和时间")
    expect(evidence.get_by_role("listitem").nth(0)).to_contain_text(re.compile("手机定位.*相差 220 米（误差约 10 米）"))
    expect(evidence.get_by_role("listitem").nth(1)).to_contain_text(re.compile("相差 .+ 公里（误差约 10 米），送出前 .+拍"))
    expect(desk.locator(".sides .shot")).to_have_text("近景")
    evidence.scroll_into_view_if_needed()
    _picture(desk, "evidence")
    assert faults(desk) == []
    expect(desk.get_by_role("button", name="立案", exact=True)).to_be_enabled()  # it speaks, it forbids nothing


def test_the_desk_names_the_kinds_of_photo_and_takes_a_reason_where_one_must_be_there(person: People, house: House) -> None:
    """国办函〔2026〕12号: only where the place decided so, and for safety."""
    admin = person("areaadmin", "/desk/settings/parameters")
    row = admin.locator("article, li, tr, section").filter(has_text="现场照片请不请拍").last
    expect(row).to_contain_text("按分类请拍，都可以不拍")
    _picture(admin, "setting")
    Asker(admin.context, house.base).send("PUT", "/api/settings/photos_asked", {"value": "by_class", "area": "990101"})
    desk = person("acceptor5", "/desk/today")
    case_id = str(new_id())
    Asker(desk.context, house.base).post("/api/cases", {
        "id": case_id, "text": "挡土墙开裂，向外鼓", "lon": STREET[0], "lat": STREET[1], "channel": "hotline", "class_code": "gbt47678.5-2026/matter/06048"})
    Asker(desk.context, house.base).post(f"/api/cases/{case_id}/ask-verify", {})
    worker = person("grid019", "/desk/today")
    open_case(worker, house.base, case_id).get_by_role("button", name="核实属实").click()
    dialog = worker.get_by_role("dialog")
    expect(dialog).to_contain_text("要拍：")
    dialog.get_by_role("button", name="报告属实").click()
    expect(dialog.get_by_text("还缺要拍的照片：请补上，或写明不能拍的原因")).to_be_visible()
    dialog.locator("input[type=file]").set_input_files([
        {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": photo(shade=1)}, {"name": "b.jpg", "mimeType": "image/jpeg", "buffer": photo(shade=2)}])
    kinds = dialog.get_by_role("combobox", name=re.compile("是哪一种$"))
    expect(kinds).to_have_count(2)
    assert [kinds.nth(place).input_value() for place in (0, 1)] == ["near", "far"], "in the order in which they are asked"
    kinds.nth(1).select_option("")
    _picture(worker, "kinds")
    assert faults(worker) == []
    dialog.get_by_label("现场不能拍的，写明原因").fill("对面没有站得住的地方")
    dialog.get_by_role("button", name="报告属实").click()
    expect(dialog).to_be_hidden()
    expect(worker.get_by_text("没有拍照：对面没有站得住的地方")).to_be_visible()


def _picture(page: Page, name: str) -> None:
    if folder := os.environ.get("JINGWEI_LOOK"):
        page.screenshot(path=f"{folder}/{name}.png")
