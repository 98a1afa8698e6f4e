"""What somebody typed is not lost by a slip: closing, leaving, a refusal, a session that ended meanwhile."""

from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import House
from tests.browser.deeds import open_case
from tests.browser.test_journey import WHERE, register

People = Callable[..., Page]
WORDS = "门口的井盖松动，车一过就响"


def question(page: Page) -> Locator:
    return page.get_by_role("dialog", name="有内容还没有发出")


def test_a_new_case_begun_is_not_left_by_a_click(person: People, house: House) -> None:
    page = person("acceptor5", "/desk/cases/new")
    page.get_by_role("link", name="地图").click()
    page.wait_for_url("**/desk/map?**")  # nothing typed: nothing asked
    page.goto(f"{house.base}/desk/cases/new")
    page.get_by_label("反映的问题").fill(WORDS)
    page.get_by_role("link", name="地图").click()
    expect(question(page)).to_be_visible()
    question(page).get_by_role("button", name="接着填写").click()
    expect(page.get_by_label("反映的问题")).to_have_value(WORDS)
    page.get_by_role("link", name="地图").click()
    question(page).get_by_role("button", name="放弃并离开").click()
    page.wait_for_url("**/desk/map?**")


def test_the_window_asks_before_it_is_closed_on_something_typed(person: People, house: House) -> None:
    page = person("acceptor5", "/desk/cases/new")
    page.get_by_label("反映的问题").fill(WORDS)
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    page.close(run_before_unload=True)
    page.wait_for_timeout(500)
    assert asked == ["beforeunload"]
    page.get_by_label("反映的问题").fill("")
    page.close(run_before_unload=True)
    assert asked == ["beforeunload"]


def test_a_step_is_closed_by_one_esc_and_asks_once_when_words_would_be_lost(person: People, house: House) -> None:
    page = person("acceptor5", "/desk/today")
    case = register(page, house.base, "键盘关闭的一件")
    refuse = open_case(page, house.base, case).get_by_role("button", name="不予立案", exact=True)
    refuse.click()
    dialog = page.get_by_role("dialog", name="不予立案")
    expect(dialog.get_by_role("textbox")).to_be_focused()
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    refuse.click()
    dialog.get_by_role("textbox").fill("重复上报")
    page.keyboard.press("Escape")
    expect(question(page)).to_be_visible()
    page.keyboard.press("Escape")  # of the question: go on writing
    expect(question(page)).to_be_hidden()
    expect(dialog.get_by_role("textbox")).to_have_value("重复上报")
    dialog.get_by_role("textbox").focus()
    page.keyboard.press("Escape")
    question(page).get_by_role("button", name="放弃并关闭").click()
    expect(dialog).to_be_hidden()
    refuse.click()
    expect(dialog.get_by_role("textbox")).to_have_value("")


def test_forms_of_the_settings_ask_too_and_keep_what_is_refused(person: People, house: House) -> None:
    page = person("areaadmin", "/desk/settings/announcements")
    page.get_by_role("button", name="发布公告").click()
    dialog = page.get_by_role("dialog", name="发布公告")
    dialog.get_by_label("标题").fill("今晚系统维护")
    page.keyboard.press("Escape")
    question(page).get_by_role("button", name="接着填写").click()
    page.route("**/api/announcements", lambda route: route.fulfill(
        status=422, content_type="application/problem+json", body='{"code": "notice.over", "detail": "没有发布：截止时间已过。请改到以后。"}')
        if route.request.method == "POST" else route.continue_())
    dialog.get_by_role("button", name="发布给大家").click()
    expect(dialog.get_by_text("没有发布：截止时间已过")).to_be_visible()
    expect(dialog.get_by_label("标题")).to_have_value("今晚系统维护")
    page.unroute("**/api/announcements")
    dialog.get_by_role("button", name="先不").click()
    question(page).get_by_role("button", name="放弃并关闭").click()
    expect(dialog).to_be_hidden()
    page.get_by_role("button", name="发布公告").click()
    expect(dialog.get_by_label("标题")).to_have_value("")
    page.keyboard.press("Escape")
    page.goto(f"{house.base}/desk/settings/limits")
    page.get_by_role("button", name="修改：立案", exact=True).click()
    limit = page.get_by_role("dialog", name="设定“立案”的时限")
    limit.get_by_label("时限", exact=True).fill("99")
    limit.get_by_role("button", name="先不").click()
    expect(question(page)).to_be_visible()
    question(page).get_by_role("button", name="放弃并关闭").click()
    expect(limit).to_be_hidden()


def test_a_session_that_ended_meanwhile_takes_nothing_away(person: People, house: House) -> None:
    page = person("acceptor5", "/desk/cases/new")
    page.get_by_label("反映的问题").fill(WORDS)
    page.get_by_label("坐标").fill(WHERE)
    expect(page.get_by_text("观澜社区").first).to_be_visible()
    kept = page.context.cookies()
    page.context.clear_cookies(name=next(one["name"] for one in kept if one.get("httpOnly")))
    page.get_by_role("button", name="登记", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("登录已经到期")
    expect(page.get_by_label("反映的问题")).to_have_value(WORDS)
    answer = page.context.request.post(f"{house.base}/api/session", data={"login": "acceptor5", "password": house.passwords["acceptor5"]})
    assert answer.ok
    page.get_by_role("button", name="登记", exact=True).click()
    page.wait_for_url("**/cases/0*")
