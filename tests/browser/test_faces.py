"""The faces under other conditions: English, an older browser, paper."""

import io
import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests.browser.conftest import House
from tests.browser.deeds import told
from tests.browser.test_journey import register

People = Callable[..., Page]
OLDER = "delete String.prototype.replaceAll; delete Promise.any"


def test_english_is_chosen_on_the_desk_and_found_on_the_page_for_signing_in(person: People, house: House) -> None:
    page = person("acceptor5", "/desk/today")
    case = register(page, house.base, "An English-speaking colleague looks at this one")
    page.get_by_title("我", exact=True).click()
    page.get_by_text("English", exact=True).click()
    expect(page.get_by_role("navigation").first).to_contain_text("Cases")
    page.goto(f"{house.base}/desk/cases/{case}")
    steps = page.get_by_role("group", name="What can be done")
    expect(steps.get_by_role("button", name="Send to verify", exact=True)).to_be_visible()
    steps.get_by_role("button", name="Refuse to file").click()
    dialog = page.get_by_role("dialog", name="Refuse to file")
    expect(dialog.get_by_role("button", name="Refuse", exact=True)).to_be_visible()
    page.keyboard.press("Escape")
    page.goto(f"{house.base}/sign-in")
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    page.get_by_role("link", name="简体中文").click()
    expect(page.get_by_role("heading", name="登录")).to_be_visible()


@pytest.mark.parametrize(("login", "path"), [("shift1", "/desk/today"), ("grid019", "/field/")])
def test_an_older_browser_is_shown_one_plain_page_that_says_what_to_switch(person: People, house: House, login: str, path: str) -> None:
    page = person(login, "/healthz")
    page.add_init_script(OLDER)
    page.goto(house.base + path)
    expect(page.get_by_role("heading", name="这个浏览器太旧，打不开这一页")).to_be_visible()
    expect(page.get_by_text("极速模式")).to_be_visible()
    page.wait_for_timeout(1000)
    assert not page.get_by_role("navigation").count(), "nothing is drawn over it"
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]


def test_the_printed_case_file_has_number_code_and_page_of_pages_on_every_page(person: People, house: House) -> None:
    """design.md, Paper: A4, page x of y, case number and QR on every page."""
    page = person("acceptor5", "/desk/today")
    case = register(page, house.base, "路灯不亮，夜里看不清台阶。" * 240)
    number = told(page.request, house.base, case)["case"]["number"]
    page.goto(f"{house.base}/desk/cases/{case}/print")
    page.wait_for_selector("[data-ready]")
    sheets = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True, print_background=True))).pages
    assert len(sheets) > 1
    for place, sheet in enumerate(sheets, start=1):
        text = re.sub(r"\s", "", sheet.extract_text())
        assert number in text, place
        # a font may give 页 as the radical of the same look
        assert re.search(rf"第{place}[页⻚]/共{len(sheets)}[页⻚]", text), text[:80]
        assert [round(float(side)) for side in sheet.mediabox[2:]] == [595, 842], "A4"
    drawn = page.locator("img.mark")
    assert drawn.evaluate("one => one.complete && one.naturalWidth > 0")
    answer = page.request.get(f"{house.base}/api/cases/{case}/qr")
    assert answer.headers["content-type"] == "image/svg+xml"
    assert answer.text().count("<path") >= 1
