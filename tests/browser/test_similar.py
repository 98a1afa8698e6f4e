"""The same problem told twice, at the desk: found while typing, saved as part of the first, looked at together, taken apart."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.conftest import House
from tests.browser.test_every_page import faults

People = Callable[..., Page]


def test_a_second_call_is_saved_as_part_of_the_first_and_taken_apart_again(person: People, house: House) -> None:
    """Product C5: shown while typing, merged without losing a reporter."""
    desk = person("acceptor5", "/desk/cases")
    first = next(row for row in desk.request.get(f"{house.base}/api/cases?state=reported&state=filed&limit=200").json()["rows"])
    desk.goto(f"{house.base}/desk/cases/new")
    desk.get_by_label("反映的问题").fill(f"又有人反映：{first['text']}")
    desk.get_by_label("坐标").fill(f"{first['lon'] + 0.0001:.6f}, {first['lat']:.6f}")
    desk.keyboard.press("Tab")
    typed = desk.get_by_role("region", name="附近已有相似的在办案件")
    one = typed.get_by_role("listitem").filter(has_text=first["number"])
    expect(one).to_contain_text("都提到")
    one.get_by_role("button", name="是同一个问题").click()
    assert faults(desk) == []
    desk.get_by_role("button", name=f"保存并并入 {first['number']}").click()
    family = desk.get_by_role("region", name="并案")
    expect(family).to_contain_text(first["number"])
    expect(family).to_contain_text("本案已并入")
    assert faults(desk) == []

    family.get_by_role("link", name=first["number"]).click()
    leading = desk.get_by_role("region", name="并案")
    expect(leading).to_contain_text("下列案件并入本案")
    leading.get_by_role("button", name="拆分并案").first.click()
    dialog = desk.get_by_role("dialog")
    dialog.get_by_label("为什么拆分").fill("看了现场，不是同一处")
    assert faults(desk) == []
    dialog.get_by_role("button", name="拆分并案").click()
    expect(dialog).to_be_hidden()
    expect(desk.get_by_text(re.compile("已拆出，恢复单独办理"))).to_be_visible()
    expect(desk.get_by_role("region", name="相似的在办案件")).to_contain_text("又有人反映")
