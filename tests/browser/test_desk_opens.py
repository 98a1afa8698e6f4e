"""Whoever signs in finds the desk."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.conftest import House


def test_a_stranger_is_asked_to_sign_in_and_comes_back(person: Callable[..., Page], house: House) -> None:
    page = person("", "/desk/cases")
    expect(page).to_have_url(f"{house.base}/sign-in?next=%2Fdesk%2Fcases")


def test_the_desk_greets_whoever_signed_in_by_name(person: Callable[..., Page]) -> None:
    page = person("shift1", "/desk/")
    expect(page.get_by_role("navigation")).to_contain_text("案件")
    expect(page.get_by_role("button", name="胡示例四")).to_be_visible()
