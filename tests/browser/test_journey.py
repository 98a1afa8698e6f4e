"""A report of the public on its whole way over the screens, by the people whose turn it is (C1–C4, AT-08, AT-09)."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, House
from tests.browser.deeds import buttons, do, told
from tests.files.pictures import photo

People = Callable[..., Page]
WHERE = "102.0016, 40.51"


def register(page: Page, base: str, words: str) -> str:
    """Take a call: the words, where, who; returns the case's id."""
    page.goto(f"{base}/desk/cases/new")
    page.get_by_label("反映的问题").fill(words)
    page.get_by_label("位置描述").fill("桂花街1号院北门")
    page.get_by_label("坐标").fill(WHERE)
    page.get_by_label("反映人电话").fill("13800138000")
    expect(page.get_by_text("观澜社区").first).to_be_visible()
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/cases/0*")
    return page.url.rsplit("/", 1)[1]


def on_the_phone(page: Page, base: str, case_id: str, name: str, *, words: str = "", photos: bool = False) -> None:
    page.goto(f"{base}/field/case/{case_id}")
    page.locator(".acts").get_by_role("button", name=name, exact=True).click()
    sheet = page.locator("form.sheet")
    if words:
        sheet.get_by_label("说明理由").fill(words)
    if photos:
        sheet.locator("input[type=file]").set_input_files(
            files=[{"name": "现场.jpg", "mimeType": "image/jpeg", "buffer": photo()}])
    sheet.get_by_role("button", name=name, exact=True).click()
    expect(page.get_by_role("status")).to_contain_text(f"已{name}")


def test_a_report_of_the_public_from_the_call_to_its_reopening(person: People, house: House,
                                                               picture: Callable[[Page, str], None]) -> None:
    acceptor, dispatcher = person("acceptor5", "/desk/today"), person("dispatcher4", "/desk/today")
    handler, shift = person("cgj-zf-1", "/desk/today"), person("shift1", "/desk/today")
    worker = person("grid019", "/field/", size=PHONE)
    case = register(acceptor, house.base, "便道上有人摆摊卖菜，行人走机动车道，摊主电话13800138000")
    assert "〔电话1〕" in told(acceptor.request, house.base, case)["case"]["text"]

    do(acceptor, house.base, case, "下发核实")
    on_the_phone(worker, house.base, case, "核实属实", photos=True)
    assert "立案" not in buttons(worker, house.base, case)
    do(acceptor, house.base, case, "立案", kind="占道经营")
    picture(acceptor, "acceptor-filed")
    do(dispatcher, house.base, case, "派遣")
    do(handler, house.base, case, "退回")
    do(dispatcher, house.base, case, "派遣")
    do(handler, house.base, case, "签收")
    do(handler, house.base, case, "申请延期")
    do(dispatcher, house.base, case, "批准延期")
    do(handler, house.base, case, "反馈结果", photos=True)
    do(dispatcher, house.base, case, "批转核查")
    on_the_phone(worker, house.base, case, "核查不通过", words="摊位还在")
    do(acceptor, house.base, case, "返工")
    do(handler, house.base, case, "反馈结果", photos=True)
    do(dispatcher, house.base, case, "批转核查")
    on_the_phone(worker, house.base, case, "核查通过", photos=True)
    do(shift, house.base, case, "结案")
    assert told(shift.request, house.base, case)["case"]["state"] == "closed"
    picture(shift, "shift-closed")
    do(shift, house.base, case, "重新打开")

    after = told(shift.request, house.base, case)
    said = [entry["verb"] for entry in after["timeline"]]
    assert (after["case"]["state"], after["case"]["returns"], after["case"]["reworks"]) == ("filed", 1, 1)
    assert said[0] == "case.reported"
    assert len(said) == 19
    assert len(after["files"]) == 4
    assert "&lt;b&gt;" not in shift.locator("main").inner_text(), "what people type is shown as typed"
    assert "<b>现场</b>" in shift.locator("main").inner_text()


def test_what_was_done_by_mistake_is_taken_back_within_a_minute(person: People, house: House) -> None:
    shift = person("shift1", "/desk/today")
    case = register(shift, house.base, "路口井盖松动，车过有响声")
    before = told(shift.request, house.base, case)["case"]
    do(shift, house.base, case, "不予立案")
    assert told(shift.request, house.base, case)["case"]["state"] == "refused"
    shift.get_by_role("button", name="撤销").first.click()
    expect(shift.get_by_text("已撤销").first).to_be_visible()
    after = told(shift.request, house.base, case)["case"]
    assert {name: after[name] for name in ("state", "due_at", "state_at")} == {
        name: before[name] for name in ("state", "due_at", "state_at")}


def test_nobody_else_learns_that_a_case_of_another_place_is_there(person: People, house: House) -> None:
    """T4: an id of another district's case answers as one that does not exist."""
    town = person("town2", "/desk/today")
    shift = person("shift1", "/desk/today")
    case = register(shift, house.base, "柳溪街道的一件事")
    made_up = "01900000-0000-7000-8000-000000000000"
    for address in ("/api/cases/{}", "/api/cases/{}/clock", "/api/cases/{}/candidates?action=confirm", f"/api/cases/{{}}/files/{made_up}"):
        answers = [town.request.get(house.base + address.format(one)) for one in (case, made_up)]
        assert [answer.status for answer in answers] == [404, 404], address
        assert answers[0].json() == answers[1].json(), address
    for path in (f"/desk/cases/{case}", f"/desk/today/{case}", f"/desk/map/{case}", f"/desk/cases/{case}/print", f"/field/case/{case}"):
        told_of = [_words_of(town, house.base + path.replace(case, one)) for one in (case, made_up)]
        assert told_of[0] == told_of[1], path
        assert "柳溪街道的一件事" not in told_of[0]
    town.goto(f"{house.base}/desk/cases/{case}")
    expect(town.get_by_text("没有").first).to_be_visible()
    assert "柳溪街道的一件事" not in town.content()


def _words_of(page: Page, address: str) -> str:
    """What its alert says, without the id."""
    page.goto(address)
    alert = page.get_by_role("alert").first
    expect(alert).to_be_visible()
    return alert.inner_text()
