"""Every page: nothing for axe to find, no sideways scrolling at 360 px and at 200 %, nothing from another host (T8)."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import DESK, PHONE, WIDE, House

People = Callable[..., Page]
AXE = Path(__file__).parents[2] / "web" / "node_modules" / "axe-core" / "axe.min.js"
PAGES = [
    ("", "/"), ("", "/sign-in"), ("shift1", "/"), ("shift1", "/desk/today"), ("shift1", "/desk/cases"),
    ("acceptor5", "/desk/cases/new"), ("shift1", "/desk/cases?late=true&state=handling"), ("shift1", "/desk/nowhere"),
    ("shift1", "/desk/map"), ("leader", "/desk/overview"), ("areaadmin", "/desk/ground"), ("areaadmin", "/desk/people"),
    ("sysadmin", "/desk/people"), ("secadmin", "/desk/people"), ("auditor", "/desk/"), ("areaadmin", "/desk/settings"), ("sysadmin", "/desk/settings"),
    *(("areaadmin", f"/desk/{page}") for page in (
        "people/units", "ground/staffing", "ground/absences", "ground/plans", "settings/limits", "settings/parameters", "settings/catalogue",
        "settings/responsible", "settings/flow", "settings/dictionary", "settings/imports", "settings/announcements")),
    ("secadmin", "/desk/settings/online"), ("auditor", "/desk/settings/operations"), ("auditor", "/desk/settings/signins"),
    ("auditor", "/desk/settings/verify"), ("sysadmin", "/desk/settings/state"), ("sysadmin", "/desk/settings/jobs"), ("sysadmin", "/desk/settings/backups"),
    ("dispatcher4", "/desk/today"), ("cgj-zf-1", "/desk/today"), ("grid019", "/field/"), ("grid019", "/field/report"), ("grid019", "/field/mine"),
]


def settled(page: Page) -> Page:
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(300)
    return page


def faults(page: Page) -> list[str]:
    """What axe finds on the page, with where."""
    page.evaluate(AXE.read_text())  # not as an element: the page's own policy allows no script of others
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [f"{one['id']}: {node['html'][:160]}" for one in found["violations"] for node in one["nodes"]]


@pytest.mark.parametrize(("login", "path"), PAGES)
def test_axe_finds_nothing(person: People, login: str, path: str) -> None:
    assert faults(settled(person(login, path, size=PHONE if "/field" in path else DESK))) == []


@pytest.mark.parametrize("dark", [False, True])
def test_axe_finds_nothing_on_a_case_in_light_and_dark(person: People, house: House, dark: bool) -> None:
    page = settled(person("shift1", "/desk/today", dark=dark))
    for state in ("reported", "handling", "closed"):
        row = page.request.get(f"{house.base}/api/cases?limit=1&state={state}").json()["rows"][0]
        page.goto(f"{house.base}/desk/cases/{row['id']}")
        assert faults(settled(page)) == [], state
    page.goto(f"{house.base}/field/case/{row['id']}")
    assert faults(settled(page)) == []


@pytest.mark.parametrize(("login", "path"), PAGES)
def test_nothing_scrolls_sideways(person: People, login: str, path: str) -> None:
    """360 px is the narrowest phone; 683 × 384 is the design size at 200 %."""
    for size in (PHONE, (683, 384), DESK, WIDE):
        page = settled(person(login, path, size=size))
        assert page.evaluate("document.documentElement.scrollWidth") <= size[0], size
        page.context.close()


def test_the_entrance_of_the_demonstration_says_who_one_can_be(person: People, house: House,
                                                               picture: Callable[[Page, str], None]) -> None:
    key = (house.home / "demo" / "entrance.key").read_text()
    page = settled(person("", f"/demo/{key}"))
    assert faults(page) == []
    picture(page, "entrance")
    page.get_by_role("button", name="以值班长").click()
    page.wait_for_url("**/desk/**")
    assert "胡示例四" in settled(page).locator("nav").inner_text()
