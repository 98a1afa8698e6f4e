"""Several at once: live updates, marks, who came first; by keyboard alone; hostile words shown as they were typed."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.conftest import House
from tests.browser.deeds import do, told
from tests.browser.test_journey import WHERE, register

People = Callable[..., Page]
HOSTILE = "<img src=x onerror=\"document.title='broken'\"> {{ 7*7 }} ${7*7} =1+1 \u202e反向 'quoted' \"双引号\" </script>"


def test_what_one_desk_does_the_other_sees_without_reloading(person: People, house: House) -> None:
    one, other = person("acceptor5", "/desk/today"), person("shift1", "/desk/today")
    case = register(one, house.base, "两张桌子同时看的一件")
    number = told(one.request, house.base, case)["case"]["number"]
    other.goto(f"{house.base}/desk/today/{case}")
    expect(other.locator("main")).to_contain_text(number)
    do(one, house.base, case, "不予立案")
    expect(other.get_by_text("不予立案").first).to_be_visible(timeout=15_000)
    assert "立案" not in other.get_by_role("group", name="可做的操作").get_by_role("button").all_inner_texts()


def test_of_two_who_press_at_once_one_takes_the_step_and_the_other_is_told(person: People, house: House) -> None:
    one, other = person("acceptor5", "/desk/today"), person("shift1", "/desk/today")
    case = register(one, house.base, "同时立案的一件")
    other.goto(f"{house.base}/desk/cases/{case}")
    other.get_by_role("group", name="可做的操作").get_by_role("button", name="不予立案", exact=True).click()
    dialog = other.get_by_role("dialog", name="不予立案")
    dialog.get_by_role("textbox").fill("重复上报，已有一件")
    do(one, house.base, case, "不予立案")
    dialog.get_by_role("textbox").focus()
    other.keyboard.press("Control+Enter")
    expect(dialog.get_by_role("alert")).to_be_visible()
    expect(dialog.get_by_role("textbox")).to_have_value("重复上报，已有一件")
    assert len(told(one.request, house.base, case)["timeline"]) == 2


def test_the_whole_desk_without_a_mouse(person: People, house: House) -> None:
    """Register, find it, file it and go on to the next: keys only."""
    page = person("acceptor5", "/desk/today")
    page.wait_for_load_state("networkidle")
    press, write = page.keyboard.press, page.keyboard.type
    press("n")
    page.wait_for_url("**/cases/new")
    expect(page.get_by_label("反映的问题")).to_be_focused()
    write("占用便道停放三轮车")
    for label, words in (("位置描述", "桂花街"), ("坐标", WHERE)):
        for _ in range(6):
            if page.get_by_label(label).evaluate("one => one === document.activeElement"):
                break
            press("Tab")
        expect(page.get_by_label(label)).to_be_focused()
        write(words)
    expect(page.get_by_text("观澜社区").first).to_be_visible()
    press("Control+Enter")
    page.wait_for_url("**/cases/0*")
    case = page.url.rsplit("/", 1)[1]
    number = told(page.request, house.base, case)["case"]["number"]
    press("Escape")
    press("g")
    press("t")
    page.wait_for_url("**/today**")
    expect(page.get_by_role("heading", name="今日")).to_be_focused()
    press("/")
    expect(page.get_by_placeholder("文字、地点或编号")).to_be_focused()
    write(number[-6:])
    press("Enter")
    page.wait_for_url(f"**/{case}")
    expect(page.get_by_role("group", name="可做的操作")).to_be_visible()
    for _ in range(25):
        if page.evaluate("document.activeElement.textContent.trim()") == "不予立案":
            break
        press("Tab")
    press("Enter")
    expect(page.get_by_role("dialog", name="不予立案")).to_be_visible()
    page.wait_for_timeout(400)
    write("试用")
    press("Control+Enter")
    expect(page.get_by_role("dialog")).to_be_hidden()
    assert told(page.request, house.base, case)["case"]["state"] == "refused"
    press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()


def test_hostile_words_are_shown_as_they_were_typed(person: People, house: House) -> None:
    page = person("acceptor5", "/desk/today")
    case = register(page, house.base, HOSTILE)
    for path in (f"/desk/cases/{case}", "/desk/today", f"/desk/cases/{case}/print", f"/field/case/{case}"):
        page.goto(house.base + path)
        page.wait_for_load_state("networkidle")
        expect(page.get_by_text("onerror").first).to_be_visible()
        assert page.title() != "broken", path
        assert "{{ 7*7 }}" in page.locator("#app").inner_text(), path
        assert page.locator("img[src='x']").count() == 0, path


def test_who_works_on_a_case_is_marked_for_the_others(person: People, house: House) -> None:
    """In the queue and on the case, with the name, once somebody has begun; no longer when they have gone."""
    one, other = person("acceptor5", "/desk/today"), person("shift1", "/desk/cases")
    case = register(one, house.base, "有人正在看的一件")
    one.goto(f"{house.base}/desk/cases/{case}")
    with one.expect_response("**/looking"):
        one.get_by_role("group", name="可做的操作").get_by_role("button", name="不予立案", exact=True).click()
    other.goto(f"{house.base}/desk/cases")
    expect(other.locator(f"tr[data-row='{case}']")).to_contain_text("徐演示二")
    other.goto(f"{house.base}/desk/cases/{case}")
    mark = other.get_by_role("status").filter(has_text="徐演示二")
    expect(mark).to_be_visible(timeout=15_000)  # after five seconds beside it
    one.keyboard.press("Escape")
    with one.expect_response(lambda answer: answer.url.endswith("/looking") and answer.request.method == "DELETE"):
        one.get_by_role("navigation").get_by_role("link", name=re.compile("统计")).click()
    other.goto(f"{house.base}/desk/cases")
    expect(other.locator(f"tr[data-row='{case}']")).to_be_visible()
    expect(other.locator(f"tr[data-row='{case}']")).not_to_contain_text("徐演示二")
