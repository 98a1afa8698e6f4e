"""A case from the call to its closing without a mouse, signing in included."""


from playwright.sync_api import Page, expect

from tests.browser.conftest import Company, House
from tests.browser.deeds import told

NO_MOUSE = """window.presses = 0; addEventListener('pointerdown', () => { window.presses += 1 }, true)"""


def tab_to(page: Page, label: str, most: int = 40) -> None:
    """Press Tab until the field or button of this name has the focus."""
    wanted = page.get_by_label(label).or_(page.get_by_role("button", name=label, exact=True)).first
    for _ in range(most):
        if wanted.evaluate("one => one === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{most} times Tab do not lead to {label}")


def signed_in(person: Company, house: House, login: str) -> Page:
    page = person("", "/sign-in")
    page.add_init_script(NO_MOUSE)
    page.reload()
    tab_to(page, "登录名")
    page.keyboard.type(login)
    page.keyboard.press("Tab")
    page.keyboard.type(house.passwords[login])
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "/sign-in" not in url)
    page.goto(f"{house.base}/desk/cases")
    expect(page.locator("tbody tr[data-row]").first).to_be_visible()
    return page


def do_usual(page: Page, house: House, case: str, number: str, name: str, typed: str = "") -> None:
    """Find the case by its number, press 1, fill in, send: `name` is the button that must stand first."""
    page.goto(f"{house.base}/desk/cases")
    expect(page.locator("tbody tr[data-row]").first).to_be_visible()
    page.keyboard.press("/")
    expect(page.get_by_placeholder("文字、地点或编号")).to_be_focused()
    page.keyboard.type(number[-6:])
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/{case}")
    usual = page.get_by_role("group", name="可做的操作").get_by_role("button").first
    expect(usual).to_have_text(name)
    page.keyboard.press("1")
    dialog, note = page.get_by_role("dialog", name=name), page.locator(".step-note")
    expect(dialog.or_(note).first).to_be_visible()
    if dialog.count():
        expect(dialog.locator(":focus")).to_have_count(1)
        expect(dialog.locator(".el-skeleton")).to_have_count(0)
        if typed:
            page.keyboard.type(typed)
            if dialog.get_by_role("combobox", name="分类", exact=True).count():
                expect(page.get_by_role("option", name=typed).first).to_be_visible()
                page.keyboard.press("Enter")
                choices = dialog.get_by_role("radio")
                expect(choices.first).to_be_visible()
                while not choices.first.evaluate("one => one === document.activeElement || one.checked"):
                    page.keyboard.press("Tab")
                if not dialog.locator("input[type=radio]:checked").count():
                    page.keyboard.press("Space")
        if name == "派遣":
            expect(dialog.get_by_role("button", name="派遣给")).to_be_visible()
        page.keyboard.press("Control+Enter")
        expect(dialog).to_be_hidden()
    expect(note).to_be_visible()


def test_the_whole_way_of_a_case_without_a_mouse(person: Company, house: House) -> None:
    """C3, T8: registered, verified, filed, dispatched, signed for, fed back, confirmed, checked, closed."""
    crew = {login: signed_in(person, house, login) for login in ("acceptor5", "grid019", "dispatcher4", "cgj-zf-1", "shift1")}
    page = crew["acceptor5"]
    page.keyboard.press("n")
    expect(page.get_by_label("反映的问题")).to_be_focused()
    page.keyboard.type("占用便道停放三轮车")
    tab_to(page, "坐标")
    page.keyboard.type("102.0016, 40.51")
    expect(page.get_by_text("观澜社区").first).to_be_visible()
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/cases/0*")
    case = page.url.rsplit("/", 1)[1]
    number = told(page.request, house.base, case)["case"]["number"]
    steps = [
        ("acceptor5", "下发核实", ""), ("grid019", "核实属实", ""), ("acceptor5", "立案", "占道经营"), ("dispatcher4", "派遣", ""),
        ("cgj-zf-1", "签收", ""), ("cgj-zf-1", "反馈结果", "已劝离"), ("dispatcher4", "批转核查", ""), ("grid019", "核查通过", ""),
        ("shift1", "结案", ""),
    ]
    for login, name, typed in steps:
        do_usual(crew[login], house, case, number, name, typed)
    after = told(crew["shift1"].request, house.base, case)
    assert after["case"]["state"] == "closed"
    assert len(after["timeline"]) == 1 + len(steps)
    assert {login: one.evaluate("window.presses") for login, one in crew.items()} == dict.fromkeys(crew, 0)
