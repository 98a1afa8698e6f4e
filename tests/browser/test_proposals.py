"""A deputy's proposal at the desk: noted by the dispatcher, visited and answered by the unit, countersigned in between."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from jingwei.kernel import clock
from tests.browser.test_every_page import faults

People = Callable[..., Page]
TITLE = "关于增设枫林路路灯的建议"


def test_a_proposal_goes_from_the_first_visit_to_closing(person: People) -> None:
    """CAS-34, AT-33."""
    office = person("dispatcher4", "/desk/proposals")
    expect(office.get_by_text("这一年还没有登记建议提案")).to_be_visible()
    office.get_by_role("button", name="登记建议提案").click()
    dialog = office.get_by_role("dialog")
    dialog.get_by_label("编号").fill("7")
    dialog.get_by_label("标题").fill(TITLE)
    dialog.get_by_label("提出人").fill("示例代表")
    dialog.get_by_role("combobox", name="承办单位").click()
    office.keyboard.insert_text("CGJ-ZF")
    office.get_by_role("option").filter(has_text="CGJ-ZF").first.click()
    dialog.get_by_label("办结期限").fill(f"{clock.now().year}-12-31")
    dialog.get_by_label("列为重点").check()
    assert faults(office) == []
    dialog.get_by_role("button", name="登记建议提案").click()
    expect(dialog).to_be_hidden()
    expect(office.get_by_role("region", name="建议提案")).to_contain_text(TITLE)
    assert faults(office) == []

    unit = person("cgj-zf-1", "/desk/today")
    unit.get_by_role("link", name="建议提案待办理").click()
    unit.get_by_role("link", name="7", exact=True).click()

    def step(page: Page, name: str, said: str = "", satisfied: str = "") -> None:
        page.get_by_role("button", name=name).click()
        ending = page.get_by_role("dialog")
        if satisfied:
            ending.get_by_label(satisfied, exact=True).check()
        if said:
            ending.get_by_role("textbox").fill(said)
        ending.get_by_role("button", name=name).click()
        expect(ending).to_be_hidden()

    step(unit, "记录首次走访", "当面听取意见：路口太暗")
    step(unit, "提交答复稿", "年底前装四盏")
    expect(unit.get_by_text("现在由值班长、派遣员或镇街网格办办理")).to_be_visible()
    office.get_by_role("link", name="7", exact=True).click()
    step(office, "会签同意")
    unit.reload()
    step(unit, "记录二次走访", "送达答复", satisfied="满意")
    step(unit, "报告落实情况", "四盏已亮")
    office.reload()
    step(office, "办结")
    assert faults(office) == []
    office.get_by_role("link", name="返回列表").click()
    expect(office.get_by_role("region", name="三率")).to_contain_text("100.0 %")
