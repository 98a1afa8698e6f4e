"""Proposals at the desk: an acceptor writes down a call, takes a proposal by one key, and changes their mind."""

from collections.abc import Callable

from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import House
from tests.browser.test_every_page import faults

People = Callable[..., Page]
LAMP, NOISE = "gbt47678.5-2026/matter/01037", "gbt47678.5-2026/matter/06028"


def _proposing(page: Page, *sure: tuple[str, str, float], filled: str = "") -> None:
    """A town with a model: the district of these tests has too few closed cases to learn from."""
    classes = [{"code": code, "name": name, "more": "市容环境类", "sure": value, "because": ["不亮"], "by": "learned"}
               for code, name, value in sure]
    told = {"learned": True, "class_code": "", "classes": classes, "class_filled": filled, "conditions": [], "condition_filled": "",
            "units": [], "unit_filled": ""}

    def answer(route: Route) -> None:
        route.fulfill(json=told)

    page.unroute("**/api/suggestions")
    page.route("**/api/suggestions", answer)


def test_what_is_sure_stands_there_and_one_key_takes_another(person: People, house: House) -> None:
    page = person("acceptor5", "/desk/cases/new")
    text = page.get_by_label("反映的问题")
    chosen = page.get_by_role("combobox", name="分类（可不选）").or_(page.get_by_role("combobox", name="分类"))
    _proposing(page, (LAMP, "路灯异常", 0.97), (NOISE, "噪声扰民", 0.02), filled=LAMP)
    text.fill("巷子里路灯不亮")
    expect(page.get_by_text("已按建议选好分类，不对请改选（把握 97%，因为：不亮）")).to_be_visible()
    expect(page.get_by_text("路灯异常（01037）")).to_be_visible()
    assert faults(page) == []
    page.keyboard.press("Alt+2")
    expect(page.get_by_role("button", name="噪声扰民")).to_have_attribute("aria-pressed", "true")
    text.fill("巷子里路灯不亮，已有三天")
    expect(page.get_by_text("噪声扰民（06028）")).to_be_visible()  # chosen by hand: proposals move it no more
    expect(chosen).to_have_count(1)


def test_below_the_set_sureness_nothing_stands_there(person: People, house: House) -> None:
    page = person("acceptor5", "/desk/cases/new")
    _proposing(page, (LAMP, "路灯异常", 0.34), (NOISE, "噪声扰民", 0.30))
    page.get_by_label("反映的问题").fill("路口那边有点问题")
    expect(page.get_by_text("分类建议（把握不大，请自己选）")).to_be_visible()
    expect(page.get_by_role("button", name="路灯异常")).to_have_attribute("aria-pressed", "false")
    expect(page.get_by_text("路灯异常（01037）")).to_be_hidden()


def test_without_a_model_a_case_is_registered_as_ever(person: People, house: House) -> None:
    page = person("acceptor5", "/desk/cases/new")
    with page.expect_response("**/api/suggestions") as asked:
        page.get_by_label("反映的问题").fill("巷子里路灯不亮")
    assert asked.value.ok
    assert asked.value.json()["learned"] is False
    expect(page.get_by_text("分类建议")).to_be_hidden()
