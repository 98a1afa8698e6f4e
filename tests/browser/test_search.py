"""Finding cases by words, sharing filters with colleagues, printing the list."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.test_manual import People, settled

Picture = Callable[[Page, str], None]
BOX = "文字、地点或编号"


def rows(page: Page) -> list[str]:
    return page.locator("tbody tr[data-row]").all_inner_texts()


def test_an_acceptor_finds_cases_by_words_and_widens_what_was_too_narrow(person: People, picture: Picture) -> None:
    page = settled(person("acceptor5", "/desk/cases"))
    page.keyboard.press("/")
    expect(page.get_by_placeholder(BOX)).to_be_focused()
    page.keyboard.type("井")
    page.keyboard.press("Enter")
    expect(page.get_by_text("一个字太常见")).to_be_visible()
    page.keyboard.type("蓋")
    page.keyboard.press("Enter")
    page.wait_for_url("**words=**")
    expect(page.locator("tbody tr[data-row]").first).to_be_visible()
    assert all("井盖" in row for row in rows(page))
    page.get_by_placeholder(BOX).fill("井盖")
    page.keyboard.press("Enter")
    expect(page.locator("tbody mark").first).to_have_text("井盖")
    picture(settled(page), "search-found")
    page.goto(f"{page.url}&state=refused")
    expect(page.get_by_role("heading", name="没有找到“井盖”")).to_be_visible()
    page.get_by_role("button", name="在全部案件里查“井盖”").click()
    expect(page.locator("tbody mark").first).to_be_visible()


def test_words_typed_in_todays_queue_are_sought_among_all_cases(person: People) -> None:
    page = settled(person("acceptor5", "/desk/today"))
    page.get_by_placeholder(BOX).fill("井盖")
    page.keyboard.press("Enter")
    page.wait_for_url("**/desk/cases?words=**")
    expect(page.locator("tbody mark").first).to_be_visible()


def test_a_shift_leader_shares_filters_and_an_acceptor_copies_them(person: People, picture: Picture) -> None:
    leader = settled(person("shift1", "/desk/cases?late=true"))
    leader.get_by_role("button", name="常用筛选").click()
    leader.get_by_placeholder("名称，例如").fill("全区超期")
    leader.get_by_role("button", name="共享当前筛选").click()
    area = leader.get_by_role("combobox", name="哪个区域的人")
    area.click()
    area.fill("示例区")
    leader.get_by_role("option", name="示例区").first.click()
    leader.get_by_role("button", name="共享", exact=True).click()
    expect(leader.get_by_text("您共享给：示例区，所有岗位")).to_be_visible()
    picture(settled(leader), "search-shared")
    acceptor = settled(person("acceptor5", "/desk/cases"))
    acceptor.get_by_role("button", name="常用筛选").click()
    acceptor.get_by_role("button", name="把“全区超期”复制为自己的筛选").click()
    acceptor.get_by_role("button", name="全区超期", exact=True).click()
    acceptor.wait_for_url("**late=true**")
    leader.get_by_role("button", name="收回共享的“全区超期”").click()
    expect(leader.get_by_text("还没有人共享筛选给您")).to_be_visible()


def test_the_list_on_paper_says_what_it_is_and_has_every_row(person: People, picture: Picture) -> None:
    page = settled(person("shift1", "/desk/cases?state=closed"))
    page.get_by_role("button", name="打印").click()
    expect(page.get_by_role("heading", name="案件清单")).to_be_visible()
    expect(page.get_by_text("筛选条件：已结案。")).to_be_visible()
    page.emulate_media(media="print")
    assert page.locator(".sheet tbody tr").count() > 50
    assert page.evaluate("getComputedStyle(document.querySelector('.sheet thead')).display") == "table-header-group"
    paper = page.pdf(prefer_css_page_size=True)
    assert paper.startswith(b"%PDF")
    page.emulate_media(media="screen")
    picture(settled(page), "search-print")
    page.get_by_role("link", name="返回列表").click()
    page.wait_for_url("**/desk/cases?state=closed")
