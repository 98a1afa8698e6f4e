"""The pages of settings that docs/manual/first-day.md shows."""

import re

from playwright.sync_api import expect

from tests.browser.conftest import House
from tests.browser.test_manual import People, Picture, settled


def test_the_settings_of_the_first_day(person: People, house: House, picture: Picture) -> None:
    page = person("areaadmin", "/desk/settings/calendar")
    expect(page.get_by_text(re.compile("现行版本")).first).to_be_visible()
    picture(settled(page), "settings-calendar")
    page.goto(f"{house.base}/desk/settings/limits")
    page.get_by_role("button", name="修改：村（社区）办理", exact=True).click()
    dialog = page.get_by_role("dialog", name="设定“村（社区）办理”的时限")
    expect(dialog.get_by_role("button", name="设定时限")).to_be_visible()
    picture(settled(page), "settings-limits")
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    page.goto(f"{house.base}/desk/settings/parameters")
    page.get_by_role("combobox", name="区域").click()
    page.keyboard.type("稻香镇")
    page.get_by_role("option").filter(has_text="稻香镇").first.click()
    expect(page.get_by_role("row").filter(has_text="案件流程")).to_contain_text("乡镇三级")
    picture(settled(page), "settings-parameters")
