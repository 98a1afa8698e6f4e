"""What somebody typed is still there when the service has refused it, on every form of the desk."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from jingwei.kernel.ids import new_id
from tests.browser.conftest import Company, House
from tests.browser.deeds import told
from tests.browser.walks import STREET, Asker

WHY = "没有保存：试一试的拒绝。请改正后再试。"
NUMBER = "13800138000"


def refusing(page: Page, pattern: str) -> None:
    """Whatever is sent there is refused, as the service refuses."""
    def answer(route: Route) -> None:
        if route.request.method == "GET":
            route.continue_()
        else:
            route.fulfill(status=422, content_type="application/problem+json", json={
                "type": "urn:jingwei:error:test", "title": "test", "status": 422, "detail": WHY, "code": "test", "params": {}})

    page.route(pattern, answer)


def new_person(page: Page) -> Locator:
    page.get_by_role("button", name="新建人员").click()
    return page.get_by_role("dialog")


def new_unit(page: Page) -> Locator:
    page.get_by_role("button", name="新建单位").first.click()
    return page.get_by_role("dialog")


def new_announcement(page: Page) -> Locator:
    page.get_by_role("button", name="发布公告").first.click()
    return page.get_by_role("dialog")


FORMS: list[tuple[str, str, str, Callable[[Page], Locator]]] = [
    ("sysadmin", "/desk/people", "**/api/users", new_person),
    ("sysadmin", "/desk/people/units", "**/api/units", new_unit),
    ("areaadmin", "/desk/settings/announcements", "**/api/announcements", new_announcement),
]


@pytest.mark.parametrize(("login", "path", "pattern", "begin"), FORMS, ids=[path for _, path, _, _ in FORMS])
def test_a_dialogue_keeps_what_was_typed(person: Company, login: str, path: str, pattern: str,
                                         begin: Callable[[Page], Locator]) -> None:
    page = person(login, path)
    refusing(page, pattern)
    dialog = begin(page)
    fields = dialog.locator("input.el-input__inner:not([readonly]):not([role=combobox]), textarea")
    expect(fields.first).to_be_visible()
    typed = {}
    for place in range(fields.count()):
        if not fields.nth(place).input_value():
            fields.nth(place).fill(f"word{place}")
            typed[place] = f"word{place}"
    assert typed
    fields.first.focus()
    page.keyboard.press("Control+Enter")
    expect(dialog.get_by_text(WHY)).to_be_visible()
    assert {place: fields.nth(place).input_value() for place in typed} == typed


def test_a_new_case_outside_every_grid_is_refused_and_kept(person: Company, house: House) -> None:
    page = person("acceptor5", "/desk/cases/new")
    given = {"反映的问题": "海里的井盖", "位置描述": "海边", "坐标": "121.0, 31.0", "反映人姓名": "钱示例", "反映人电话": NUMBER}
    for label, words in given.items():
        page.get_by_label(label).fill(words)
    expect(page.get_by_text("这个位置不在任何网格内")).to_be_visible()
    page.keyboard.press("Control+Enter")
    expect(page.locator("form").get_by_role("alert")).to_be_visible()
    assert {label: page.get_by_label(label).input_value() for label in given} == given
    page.get_by_label("坐标").fill(f"{STREET[0]}, {STREET[1]}")
    expect(page.get_by_text("观澜社区").first).to_be_visible()
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/cases/0*")
    assert told(page.request, house.base, page.url.rsplit("/", 1)[1])["case"]["text"] == "海里的井盖"


@pytest.mark.parametrize("name", ["不予立案", "立案", "下发核实"])
def test_a_step_that_is_refused_keeps_its_dialogue_and_can_be_sent_again(person: Company, house: House, name: str) -> None:
    page = person("acceptor5", "/desk/cases")
    case = str(new_id())
    Asker(page.context, house.base).post("/api/cases", {
        "id": case, "text": "拒绝一次再办的一件", "lon": STREET[0], "lat": STREET[1], "channel": "upper", "class_code": "gbt47678.5-2026/matter/09006"})
    page.goto(f"{house.base}/desk/cases/{case}")
    pattern = f"**/api/cases/{case}/*"
    refusing(page, pattern)
    page.get_by_role("group", name="可做的操作").get_by_role("button", name=name, exact=True).click()
    dialog = page.get_by_role("dialog", name=name)
    expect(dialog).to_be_visible()
    expect(dialog.locator(".el-skeleton")).to_have_count(0)
    reason = dialog.get_by_role("textbox", name="理由")
    if reason.count():
        reason.fill("重复上报，已有一件")
    send = dialog.locator("button[type=submit]")
    before = dialog.locator(":checked, .el-select__placeholder").all_inner_texts()
    send.click()
    expect(dialog.get_by_role("alert")).to_contain_text(WHY)
    if reason.count():
        expect(reason).to_have_value("重复上报，已有一件")
    assert dialog.locator(":checked, .el-select__placeholder").all_inner_texts() == before
    page.unroute(pattern)
    send.click()
    expect(dialog).to_be_hidden()
    assert len(told(page.request, house.base, case)["timeline"]) == 2
