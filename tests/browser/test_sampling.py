"""Closed cases are looked at again: the shift leader announces and draws, a grid worker looks, a wrong one is opened again."""

import io
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from PIL import Image
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import PHONE, House
from tests.browser.test_every_page import faults, settled

People = Callable[..., Page]


def _photo() -> bytes:
    held = io.BytesIO()
    Image.new("RGB", (640, 480), (96, 120, 96)).save(held, "JPEG")
    return held.getvalue()


def _seen(page: Page, outcome: str, text: str = "") -> Locator:
    dialog = page.get_by_role("dialog", name="复核结果")
    dialog.get_by_label(re.compile(f"^{outcome}")).check()
    dialog.get_by_label("情况说明").fill(text)
    return dialog


def test_closed_cases_are_announced_drawn_and_looked_at_again(person: People, house: House, picture: Callable[[Page, str], None]) -> None:
    """Issue part 7: sampling re-check with a published seed, by people who had no part in the case."""
    shift = person("shift1", "/desk/samples")
    shift.get_by_role("button", name="公告抽查").click()
    dialog = shift.get_by_role("dialog", name="公告抽查")
    dialog.get_by_label("结案时间从").fill(f"{datetime.now(UTC) - timedelta(days=200):%Y-%m-%d}")
    dialog.get_by_label("抽取件数").fill("200")
    dialog.get_by_label("按承办单位").check()
    assert faults(settled(shift)) == []
    picture(shift, "samples-announce")
    dialog.get_by_role("button", name="公告抽查").click()
    expect(shift).to_have_url(re.compile(r"/desk/samples/[0-9a-f-]{36}"))
    address = shift.url
    proof = shift.get_by_role("region", name="怎么抽的")
    expect(proof).to_contain_text("抽取时公开")
    shift.get_by_role("button", name="抽取", exact=True).click()
    shift.get_by_role("dialog", name="抽取").get_by_role("button", name="抽取并派发").click()
    sheet = shift.get_by_role("region", name="抽查表")
    expect(sheet.get_by_role("row")).not_to_have_count(0)
    proof.get_by_role("button", name="复算").click()
    expect(proof).to_contain_text("复算与公告一致")

    phone = person("grid019", "/field/", size=PHONE)
    phone.get_by_role("link", name=re.compile("抽查待复核")).click()
    expect(phone.get_by_role("region", name="等我复核的")).to_be_visible()
    assert phone.evaluate("document.documentElement.scrollWidth") <= PHONE[0]
    worker = person("grid019", "/desk/today")
    worker.get_by_role("link", name=re.compile("抽查待复核")).click()
    mine = worker.get_by_role("region", name="等我复核的")
    assert faults(settled(worker)) == []
    picture(worker, "samples-mine")
    before = mine.get_by_role("listitem").count()
    mine.get_by_role("button", name=re.compile("填写复核结果")).first.click()
    dialog = worker.get_by_role("dialog", name="复核结果")
    dialog.get_by_role("button", name="填写复核结果").click()
    expect(dialog.get_by_role("alert")).to_contain_text("请选择看到的情况")
    _seen(worker, "不合格", "垃圾又堆起来了")
    dialog.locator("input[type=file]").set_input_files({"name": "复核.jpg", "mimeType": "image/jpeg", "buffer": _photo()})
    expect(dialog.locator("li.done")).to_be_visible()
    assert faults(settled(worker)) == []
    dialog.get_by_role("button", name="填写复核结果").click()
    expect(dialog).to_be_hidden()
    expect(mine.get_by_role("listitem")).to_have_count(before - 1)

    shift.reload()
    row = sheet.get_by_role("row", name=re.compile("垃圾又堆起来了"))
    expect(row.locator("img")).to_be_visible()
    sheet.get_by_role("button", name=re.compile("填写复核结果")).first.click()
    dialog = _seen(shift, "合格")
    dialog.get_by_role("button", name="填写复核结果").click()
    expect(shift.get_by_role("status", name="结果")).to_contain_text("判定 2 件，其中 1 件合格，合格率 50.00 %")
    assert faults(settled(shift)) == []
    picture(shift, "samples-result")
    row.get_by_role("button", name=re.compile("重新打开")).click()
    dialog = shift.get_by_role("dialog", name="重新打开案件")
    expect(dialog.get_by_label("理由")).to_have_value(re.compile("复核不合格：垃圾又堆起来了"))
    dialog.get_by_role("button", name="重新打开").click()
    expect(row).to_contain_text("待派遣")
    row.get_by_role("link").first.click()
    expect(shift.get_by_role("region", name="抽查复核")).to_contain_text("不合格")
    assert faults(settled(shift)) == []

    leader = person("leader", f"{address.removeprefix(house.base)}/print")
    expect(leader.get_by_role("heading", name="结案抽查结果")).to_be_visible()
    assert faults(settled(leader)) == []
    picture(leader, "samples-print")
    leader.goto(address)
    expect(leader.get_by_role("status", name="结果")).to_be_visible()
    picture(leader, "samples-one")
    leader.get_by_role("link", name="全部抽查").click()
    expect(leader.get_by_role("row", name=re.compile("CC990101"))).to_contain_text("2 / 104")
    assert faults(settled(leader)) == []
    picture(leader, "samples")
    leader.goto(address)
    expect(leader.get_by_role("status", name="结果")).to_be_visible()
    leader.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    leader.wait_for_timeout(300)
    assert leader.evaluate("document.documentElement.scrollWidth") <= PHONE[0]
    picture(leader, "samples-phone")
