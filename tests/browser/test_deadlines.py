"""A case is suspended to a day and stands in the list; an overrun is appealed against and exempted after two reviews."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.conftest import House
from tests.browser.test_every_page import faults

People = Callable[..., Page]


def test_the_dispatcher_suspends_a_case_to_a_day_and_finds_it_in_the_list(person: People, house: House) -> None:
    page = person("dispatcher4", "/desk/cases?state=handling")
    page.locator(".words a").first.click()
    page.get_by_role("button", name=re.compile("^挂账")).first.click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name="一个月").click()
    dialog.get_by_label("理由").fill("等产权单位排期大修")
    assert faults(page) == []
    dialog.get_by_role("button", name="挂账并暂停计时").click()
    expect(dialog).to_be_hidden()
    page.goto(f"{house.base}/desk/suspensions")
    row = page.get_by_role("row").filter(has_text="等产权单位排期大修")
    expect(row).to_be_visible()
    expect(row.get_by_text(re.compile(r"\d+ 天"))).to_be_visible()
    assert faults(page) == []


def test_the_list_of_appeals_says_how_one_gets_there(person: People) -> None:
    page = person("dispatcher4", "/desk/appeals")
    expect(page.get_by_text("没有待审的超期申诉").or_(page.get_by_role("article", name="超期申诉").first)).to_be_visible()
    assert faults(page) == []


def test_the_administrator_sees_what_a_corrected_calendar_changes_before_saving_it(person: People) -> None:
    page = person("areaadmin", "/desk/settings/calendar")
    page.locator("td button").nth(200).click()
    page.get_by_role("dialog").get_by_text("放假", exact=True).click()
    page.get_by_role("dialog").get_by_role("button", name="记下这一天").click()
    page.get_by_role("button", name="检查改动").click()
    expect(page.get_by_text(re.compile("到期时间会变"))).to_be_visible()
    assert faults(page) == []
