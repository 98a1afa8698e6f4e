"""A caller is known again while the call is taken; after closing the reporter is called back."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.conftest import House
from tests.browser.test_every_page import faults

People = Callable[..., Page]


def test_an_acceptor_sees_what_the_caller_reported_before(person: People, house: House) -> None:
    """INT-01: the caller's history at the hotline, without their name or number."""
    desk = person("acceptor5", "/desk/cases")
    first = next(row for row in desk.request.get(f"{house.base}/api/cases?state=reported&limit=50").json()["rows"])
    for text in ("路灯不亮", "路灯还是不亮"):
        desk.goto(f"{house.base}/desk/cases/new")
        desk.get_by_label("反映的问题").fill(text)
        desk.get_by_label("坐标").fill(f"{first['lon']:.6f}, {first['lat']:.6f}")
        desk.get_by_label("电话").fill("13899990001")
        known = desk.get_by_role("region", name="来电人此前反映的案件")
        expect(known).to_contain_text("此前没有反映过" if text == "路灯不亮" else "反映过 1 件")
        assert faults(desk) == []
        desk.get_by_role("button", name="登记", exact=True).click()
        expect(desk).to_have_url(re.compile(r"/desk/cases/[0-9a-f-]{36}"))
    desk.goto(f"{house.base}/desk/callbacks")
    expect(desk.get_by_role("heading", name="回访", exact=True)).to_be_visible()
    assert faults(desk) == []
