"""A rota without a hole, a team, a certificate, a grid system, a hand-over with its sheet: by the area administrator."""

import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import House
from tests.browser.test_every_page import faults

People = Callable[..., Page]


def grid_of(page: Page, house: House, name: str) -> dict[str, Any]:
    found: dict[str, Any] = page.request.get(f"{house.base}/api/areas/find?words={name}").json()["items"][0]
    return found


def choose(dialog: Locator, label: str | re.Pattern[str], words: str = "") -> None:
    """The first of what a list offers, or the one with these words."""
    page = dialog.page
    dialog.get_by_role("combobox", name=label).focus()
    page.keyboard.press("ArrowDown")
    if words:
        page.keyboard.insert_text(words)
    page.wait_for_timeout(900)
    page.get_by_role("option").filter(has_text=words).locator("visible=true").first.click()


def test_a_rota_by_turns_has_no_hole_until_a_shift_is_taken_away(person: People, house: House) -> None:
    """AT-43."""
    page = person("areaadmin", "/desk/ground")
    grid = grid_of(page, house, "书院第一网格")
    page.goto(f"{house.base}/desk/ground/rota/{grid['id']}")
    page.get_by_role("button", name="值守时段").click()
    page.get_by_role("dialog").get_by_role("button", name="值守时段").click()
    expect(page.get_by_text("每天 06:30–20:30 须有人值守")).to_be_visible()
    page.get_by_role("button", name="下一周").click()
    page.get_by_role("button", name="轮换排班").click()
    dialog = page.get_by_role("dialog")
    for _ in range(2):
        choose(dialog, "添加")
        page.wait_for_timeout(300)
    assert faults(page) == []
    dialog.get_by_role("button", name="排班", exact=True).click()
    expect(dialog).to_be_hidden()
    expect(page.get_by_text("没有空档")).to_have_count(7)
    page.get_by_role("button", name=re.compile("^取消 .* 06:30 的班$")).first.click()
    expect(page.get_by_text("无人 420 分钟")).to_be_visible()
    assert faults(page) == []


def test_a_team_is_made_and_warns_until_it_is_whole(person: People, house: House) -> None:
    """STF-11, AT-06."""
    page = person("areaadmin", "/desk/ground/teams")
    page.get_by_role("button", name="组建队伍").click()
    dialog = page.get_by_role("dialog")
    choose(dialog, "种类", "调解服务队")
    dialog.get_by_label("队名").fill("柳溪调解服务队")
    choose(dialog, "负责的网格", "柳溪第一网格")
    dialog.get_by_role("heading").click()
    dialog.get_by_role("button", name="组建", exact=True).click()
    expect(dialog).to_be_hidden()
    team = page.get_by_role("article").filter(has_text="柳溪调解服务队")
    expect(team).to_contain_text("现有 0 人，按规定为 3 至 5 人")
    team.get_by_role("button", name="加入成员").click()
    dialog = page.get_by_role("dialog")
    choose(dialog, "人员")
    choose(dialog, "职能", "副队长")
    dialog.get_by_role("button", name="加入成员").click()
    expect(dialog).to_be_hidden()
    expect(team).to_contain_text("现有 1 人")
    expect(team).not_to_contain_text("还没有副队长")


def test_a_system_is_set_up_and_a_grid_of_it_found_at_its_members(person: People, house: House) -> None:
    """GRD-21, GRD-42."""
    page = person("areaadmin", "/desk/ground/systems")
    page.get_by_role("button", name="设立：劳动监察网格").click()
    page.get_by_role("dialog").get_by_role("button", name="设立").click()
    page.wait_for_url("**/systems/labour")
    page.get_by_role("button", name="加一个网格").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("编码").fill("L")
    dialog.get_by_label("名称").fill("示例区劳动监察")
    choose(dialog, re.compile("^含哪些"), "观澜社区")
    dialog.get_by_role("heading").click()
    dialog.get_by_role("button", name="加一个网格").click()
    expect(dialog).to_be_hidden()
    expect(page.get_by_role("tree")).to_contain_text("示例区劳动监察")
    assert faults(page) == []
    community = grid_of(page, house, "观澜社区")
    page.goto(f"{house.base}/desk/ground/area/{community['id']}")
    expect(page.get_by_role("heading", name="此处还属于")).to_be_visible()
    expect(page.locator("dl").filter(has_text="劳动监察网格")).to_contain_text("示例区劳动监察")


def test_a_certificate_is_recorded_and_corrected(person: People, house: House) -> None:
    """STF-04."""
    page = person("areaadmin", "/desk/ground/certificates")
    page.get_by_role("button", name="登记证件").click()
    dialog = page.get_by_role("dialog")
    choose(dialog, "在哪个区域任职", "观澜第一网格")
    choose(dialog, "人员")
    choose(dialog, "证件", "行政执法证")
    dialog.get_by_role("button", name="登记证件").click()
    expect(dialog).to_be_hidden()
    row = page.get_by_role("row").filter(has_text="行政执法证")
    expect(row).to_contain_text("有效")
    row.get_by_role("button", name=re.compile("^更正")).click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("combobox", name="有效期至").fill("2030-12-31")
    page.keyboard.press("Enter")
    dialog.get_by_role("button", name="更正").click()
    expect(dialog).to_be_hidden()
    expect(row).to_contain_text("2030-12-31")


def test_a_hand_over_leaves_a_sheet_to_sign(person: People, house: House) -> None:
    page = person("areaadmin", "/desk/ground")
    where = f"{house.base}/api"
    rows = page.request.get(f"{where}/staffing?limit=200").json()["items"]
    grid = next(row for row in rows if row["post"] == "main" and row["area_name"].startswith("望山"))
    page.goto(f"{house.base}/desk/ground/area/{grid['area_id']}")
    page.get_by_role("button", name=f"交接：{grid['user_name']}").first.click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_text(re.compile("没有指定由他办的任务|件任务指定由"))).to_be_visible()
    dialog.get_by_role("combobox", name="人员").click()
    page.wait_for_timeout(600)
    taken = {row["user_name"] for row in rows if row["area_id"] == grid["area_id"]}
    next(one for one in page.get_by_role("option").all() if not any(name in one.inner_text() for name in taken)).click()
    dialog.get_by_role("button", name="办理交接").click()
    expect(dialog).to_be_hidden()
    page.goto(f"{house.base}/desk/ground/sheets")
    page.get_by_role("row").filter(has_text=grid["area_name"]).first.get_by_role("link", name=re.compile("^看交接单")).click()
    expect(page.get_by_role("heading", name="网格工作交接单")).to_be_visible()
    for sign in ("移交人签字", "接任人签字", "经办签字"):
        expect(page.get_by_text(sign)).to_be_visible()
    assert faults(page) == []
