"""A plan from the engine's proposal to its publication, on the map; and one changed by keyboard alone (GRD-03 … GRD-12)."""

import re
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import PHONE, Company, House
from tests.browser.reach import lost
from tests.browser.test_every_page import faults, settled
from tests.browser.test_keyboard import NO_MOUSE, tab_to
from tests.browser.walks import Asker

COMPILED = 300_000  # milliseconds: the engine is compiled on its first use, on a busy machine too


def hand(page: Page) -> Locator:
    return page.get_by_role("region", name=re.compile("选中 .* 个单元"))


def tree(page: Page) -> Locator:
    return page.get_by_role("treegrid", name="社区、责任网格、单元网格")


def chosen(page: Page, count: int) -> None:
    expect(hand(page)).to_contain_text(f"选中 {count} 个单元")


def units_of(page: Page, house: House) -> int:
    plan = re.search(r"/plans/(\d+)", page.url)
    assert plan
    return int(Asker(page.context, house.base).get(f"/api/plans/{plan[1]}/scores")["units"]["count"])


def first_unit(page: Page) -> Locator:
    """Open the first community and its first grid."""
    rows = tree(page).get_by_role("row")
    rows.nth(1).click()
    expect(tree(page).locator("tr.group").first).to_be_visible()
    tree(page).locator("tr.group").first.click()
    expect(tree(page).locator("tr.unit").first).to_be_visible()
    return tree(page).locator("tr.unit").first


def drawn(page: Page, *places: tuple[float, float]) -> None:
    """Press on the map at places told as shares of it, and finish by a double click on the last."""
    box = page.locator("canvas[data-plan=ready]").bounding_box()
    assert box
    spots = [(box["x"] + box["width"] * across, box["y"] + box["height"] * down) for across, down in places]
    for spot in spots[:-1]:
        page.mouse.click(*spot)
    page.mouse.dblclick(*spots[-1])


def settled_map(page: Page) -> None:
    """The map stands still: what is pressed lies where it is seen."""
    page.wait_for_timeout(1_500)


def asked(page: Page, title: str) -> Locator:
    """The dialogue of a proposal, filled in for 枫林社区."""
    dialog = page.get_by_role("dialog", name="自动划分")
    dialog.get_by_role("combobox", name="划哪里").click()
    page.keyboard.type("枫林社区")
    page.get_by_role("option").filter(has_text="枫林社区").first.click()
    expect(dialog).to_contain_text("可以划分。")
    expect(dialog.get_by_role("textbox", name="名称")).to_have_value("枫林社区自动划分")
    dialog.get_by_role("textbox", name="名称").fill(title)
    return dialog


def test_a_proposal_is_changed_by_hand_compared_checked_and_published(person: Company, house: House) -> None:
    """GRD-03, GRD-08, AT-03, AT-04: on the ground of the demonstration, with the mouse."""
    page = person("areaadmin", "/desk/ground/plans")
    page.get_by_role("button", name="自动划分…").click()
    dialog = asked(page, "留用")
    dialog.get_by_role("button", name="开始划分").click()
    expect(page.get_by_role("region", name="留用")).to_contain_text("没有需要改动的", timeout=COMPILED)
    page.get_by_role("button", name="换个设置再划").click()
    dialog = asked(page, "重划")
    dialog.get_by_text("保留现有划分").click()
    dialog.get_by_role("button", name="开始划分").click()
    expect(dialog).to_be_hidden()
    expect(page.get_by_role("region", name="重划").get_by_role("progressbar")).to_be_visible()
    page.goto(f"{house.base}/desk/ground/plans")  # it may be left, and is found again
    page.get_by_role("link", name="自动划分").click()
    page.get_by_role("link", name="重划").click()
    page.get_by_role("button", name="打开草案").click(timeout=COMPILED)
    expect(page.get_by_role("heading", name="重划")).to_be_visible()
    expect(page.locator("canvas[data-plan=ready]")).to_be_visible()
    began = units_of(page, house)

    first_unit(page).click()
    chosen(page, 1)
    page.get_by_role("button", name="拆分").click()
    page.get_by_role("dialog").get_by_role("button", name="自动切分").click()
    chosen(page, 2)
    assert units_of(page, house) == began + 1

    page.get_by_role("button", name="合并").click()
    chosen(page, 1)
    assert units_of(page, house) == began

    page.get_by_role("button", name="拆分").click()
    page.get_by_role("dialog").get_by_role("button", name="画线拆分").click()
    settled_map(page)
    drawn(page, (0.03, 0.48), (0.5, 0.5), (0.97, 0.52))
    chosen(page, 2)
    assert units_of(page, house) == began + 1

    page.get_by_role("button", name="改边界").click()
    editor = page.get_by_role("group", name="画新的边界")
    editor.get_by_role("button", name="从现在的边界开始").click()
    expect(editor.get_by_role("button", name=re.compile("^第 1 点"))).to_be_focused()
    page.keyboard.press("Shift+ArrowUp")
    editor.get_by_role("button", name="照这条线改边界").click()
    expect(editor).to_be_hidden()
    expect(hand(page)).to_contain_text("重画")

    page.get_by_role("button", name="移动…").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("combobox", name="移到").click()
    page.get_by_role("option", name="新建一个责任网格").click()
    dialog.get_by_role("button", name="移动", exact=True).click()
    expect(dialog).to_be_hidden()

    undo = page.get_by_role("button", name=re.compile("^撤销"))
    redo = page.get_by_role("button", name=re.compile("^重做"))
    last = undo.inner_text().removeprefix("撤销：")
    undo.click()
    expect(redo).to_contain_text(last)
    redo.click()
    expect(undo).to_contain_text(last)
    expect(redo).to_be_disabled()

    page.get_by_role("button", name="比较", exact=True).click()
    counts = page.get_by_role("group", name="变动统计")
    expect(counts.get_by_role("button", name="新增")).not_to_contain_text(re.compile(r"新增 0$"))
    expect(page.get_by_role("region", name="变动清单").get_by_role("row").nth(1)).to_contain_text(re.compile("%"))
    page.get_by_role("button", name="检查", exact=True).click()
    expect(page.get_by_text(re.compile("查完了 8 个社区"))).to_be_visible()
    found = page.get_by_role("list", name="检查发现").get_by_role("button")
    expect(found.first).to_be_visible()
    with page.expect_download() as told:
        page.get_by_role("button", name="导出表格").click()
    assert told.value.path().read_text(encoding="utf-8-sig").splitlines()[0] == "程度,类别,社区,编码,名称,情况"

    page.get_by_role("button", name="发布…").click()
    dialog = page.get_by_role("dialog", name="发布“重划”")
    expect(dialog).to_contain_text("将要变动")
    dialog.get_by_text("从某日起").click()
    expect(dialog.get_by_role("button", name="定时发布")).to_be_disabled()
    dialog.get_by_text("立即生效").click()
    dialog.get_by_role("button", name="发布", exact=True).click()
    expect(dialog).to_be_hidden()
    expect(page.get_by_text(re.compile(r"现行 · 第 \d+ 版"))).to_be_visible()
    expect(page.get_by_role("button", name="拆分")).to_have_count(0)


def new_plan(page: Page, title: str) -> None:
    """By keyboard, from the list of plans."""
    tab_to(page, "新建方案", 60)
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name="新建方案")
    expect(dialog.get_by_role("textbox", name="名称")).to_be_focused()
    page.keyboard.press("Control+a")
    page.keyboard.type(title)
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("heading", name=title)).to_be_visible()
    expect(tree(page)).to_be_visible()


def into_the_tree(page: Page) -> None:
    for _ in range(60):
        if page.evaluate("document.activeElement?.getAttribute('role') === 'row'"):
            return
        page.keyboard.press("Tab")
    raise AssertionError("Tab does not lead into the tree")


def test_a_plan_is_changed_without_a_mouse(person: Company, house: House) -> None:
    """Split by the engine and by a line, merge, border, move, reason, undo and redo; never a press of the mouse."""
    page = person("areaadmin", "/desk/ground/plans")
    page.add_init_script(NO_MOUSE)
    page.reload()
    new_plan(page, "键盘方案")
    began = units_of(page, house)
    into_the_tree(page)
    page.keyboard.press("ArrowRight")
    expect(tree(page).locator("tr.group").first).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowRight")
    expect(tree(page).locator("tr.unit").first).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press(" ")
    chosen(page, 1)

    page.keyboard.press("s")
    expect(page.get_by_role("dialog").get_by_role("button", name="自动切分")).to_be_focused()
    page.keyboard.press("Enter")
    chosen(page, 2)
    assert units_of(page, house) == began + 1
    page.keyboard.press("Control+z")
    chosen(page, 1)
    assert units_of(page, house) == began
    page.keyboard.press("Control+y")
    chosen(page, 2)

    page.keyboard.press("b")
    editor = page.get_by_role("group", name="画新的边界")
    expect(editor).to_be_visible()
    tab_to(page, "从现在的边界开始", 60)
    page.keyboard.press("Enter")
    expect(editor.get_by_role("button", name=re.compile("^第 1 点"))).to_be_focused()
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("Enter")
    expect(editor).to_be_hidden()
    expect(hand(page)).to_contain_text("重画")

    page.keyboard.press("m")
    chosen(page, 1)
    page.keyboard.press("Control+z")
    chosen(page, 2)
    page.keyboard.press("Control+Shift+z")
    chosen(page, 1)

    page.keyboard.press("s")
    expect(page.get_by_role("dialog").get_by_role("button", name="自动切分")).to_be_focused()
    page.keyboard.press("Shift+Tab")
    expect(page.get_by_role("dialog").get_by_role("button", name="画线拆分")).to_be_focused()
    page.keyboard.press("Enter")
    editor = page.get_by_role("group", name="画拆分线")
    expect(editor).to_be_visible()
    tab_to(page, "横着放一条", 60)
    page.keyboard.press("Enter")
    expect(editor.get_by_role("button", name=re.compile("^第 1 点"))).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    chosen(page, 2)
    assert units_of(page, house) == began + 1

    page.keyboard.press("g")
    dialog = page.get_by_role("dialog", name="移动 2 个单元")
    expect(dialog.get_by_role("combobox", name="移到")).to_be_focused()
    page.keyboard.type("新建")
    expect(page.get_by_role("option", name="新建一个责任网格")).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.keyboard.press("Control+Enter")
    expect(dialog).to_be_hidden()
    page.keyboard.press("?")
    keys = page.get_by_role("dialog", name="快捷键")
    for words in ("合并选中的单元", "拆分选中的单元", "改两个单元之间的边界", "把选中的单元移到别的责任网格", "Ctrl+Z", "Ctrl+Y"):
        expect(keys).to_contain_text(words)
    assert page.evaluate("window.presses") == 0


def test_a_deed_of_somebody_else_is_shown_and_the_choice_stays(person: Company, house: House) -> None:
    page = person("areaadmin", "/desk/ground/plans")
    plan = made_plan(page, house, "两人方案")
    first_unit(page).click()
    chosen(page, 1)
    theirs = Asker(page.context, house.base)
    units = theirs.get(f"/api/plans/{plan}/units?limit=40")["items"]
    theirs.post(f"/api/plans/{plan}/note", {"unit": units[-1]["id"], "note": "整片水面", "seen": None})
    page.get_by_role("button", name="说明…").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("textbox", name="理由").fill("独立院落")
    dialog.get_by_role("button", name="写上").click()
    expect(dialog).to_contain_text("没有")
    assert dialog.get_by_role("textbox", name="理由").input_value() == "独立院落"
    dialog.get_by_role("button", name="写上").click()
    expect(dialog).to_be_hidden()
    chosen(page, 1)


def made_plan(page: Page, house: House, title: str) -> int:
    made: dict[str, Any] = Asker(page.context, house.base).post("/api/plans", {"title": title})
    page.goto(f"{house.base}/desk/ground/plans/{made['id']}")
    expect(tree(page)).to_be_visible()
    return int(made["id"])


def test_a_publication_is_set_for_a_day_and_taken_back(person: Company, house: House) -> None:
    page = person("areaadmin", "/desk/ground/plans")
    made_plan(page, house, "定时方案")
    page.get_by_role("button", name="发布…").click()
    dialog = page.get_by_role("dialog", name="发布“定时方案”")
    dialog.get_by_text("从某日起").click()
    dialog.get_by_role("combobox", name="生效日期").fill("2099-01-01")
    page.keyboard.press("Enter")
    dialog.get_by_role("button", name="定时发布").click()
    expect(dialog).to_be_hidden()
    expect(page.get_by_text(re.compile("定于 2099年1月1日"))).to_be_visible()
    page.get_by_role("button", name="取消定时").click()
    expect(page.get_by_role("button", name="发布…")).to_be_visible()


@pytest.mark.parametrize("tab", ["", "?tab=compare", "?tab=check"])
def test_the_workbench_is_reached_on_a_narrow_screen_and_axe_finds_nothing(person: Company, house: House, tab: str) -> None:
    page = person("areaadmin", "/desk/ground/plans")
    plan = next(one for one in Asker(page.context, house.base).get("/api/plans") if one["state"] == "published")
    page.goto(f"{house.base}/desk/ground/plans/{plan['id']}{tab}")
    assert faults(settled(page)) == []
    page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    page.wait_for_timeout(400)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]
    assert lost(page) == []
