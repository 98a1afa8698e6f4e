"""Every page: nothing for axe to find, no sideways scrolling at 360 px and at 200 %, nothing from another host (T8)."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from jingwei.kernel.ids import new_id
from tests.browser.conftest import DESK, PHONE, WIDE, Company, House
from tests.browser.reach import lost
from tests.browser.walks import STREET, Asker

People = Callable[..., Page]
AXE = Path(__file__).parents[2] / "web" / "node_modules" / "axe-core" / "axe.min.js"
PAGES = [
    ("", "/"), ("", "/sign-in"), ("shift1", "/"), ("shift1", "/desk/today"), ("shift1", "/desk/cases"),
    ("acceptor5", "/desk/cases/new"), ("acceptor5", "/desk/batches"), ("acceptor5", "/desk/batches/minutes"), ("shift1", "/desk/cases?late=true&state=handling"),
    ("shift1", "/desk/cases?words=%E4%BA%95%E7%9B%96"), ("shift1", "/desk/cases/print?state=closed"), ("shift1", "/desk/nowhere"),
    ("shift1", "/desk/map"), ("shift1", "/desk/claims"), ("shift1", "/desk/proposals"), ("leader", "/desk/overview"), ("areaadmin", "/desk/ground"), ("areaadmin", "/desk/people"),
    ("sysadmin", "/desk/people"), ("secadmin", "/desk/people"), ("auditor", "/desk/"), ("areaadmin", "/desk/settings"), ("sysadmin", "/desk/settings"),
    *(("areaadmin", f"/desk/{page}") for page in (
        "ground/absences", "ground/certificates", "ground/gaps", "ground/plans", "ground/proposals", "ground/rota",
        "ground/sheets", "ground/staffing", "ground/systems", "ground/systems/base", "ground/teams", "parts",
        "parts/counts", "parts/failing", "parts/samples", "people/units", "settings/announcements", "settings/catalogue", "settings/channels",
        "settings/dictionary", "settings/flow", "settings/imports", "settings/limits", "settings/parameters",
        "settings/responsible")),
    ("secadmin", "/desk/settings/online"), ("auditor", "/desk/settings/operations"), ("auditor", "/desk/settings/signins"),
    ("auditor", "/desk/settings/verify"), ("sysadmin", "/desk/settings/notices"), ("sysadmin", "/desk/settings/mailboxes"), ("sysadmin", "/desk/settings/sources"), ("shift1", "/desk/inbox"), ("leader", "/desk/mediations?tab=open"), ("shift1", "/desk/samples"), ("shift1", "/desk/meetings"), ("cgj-zf-1", "/desk/meetings/decisions"), ("cgj-zf-1", "/desk/messages"), ("cgj-zf-1", "/desk/messages/choice"), ("sysadmin", "/desk/settings/state"), ("sysadmin", "/desk/settings/jobs"), ("sysadmin", "/desk/settings/backups"),
    ("dispatcher4", "/desk/today"), ("cgj-zf-1", "/desk/today"), ("grid019", "/field/"), ("grid019", "/field/report"), ("grid019", "/field/mine"), ("grid019", "/field/messages"),
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


ZOOMED = (683, 384)  # 1366 × 768 at 200 %
NAMES = {PHONE: "360 px", ZOOMED: "200 %", DESK: "1366 px", WIDE: "1920 px"}


@pytest.mark.parametrize(("login", "path"), PAGES)
def test_all_of_a_page_is_reached_at_every_size(person: Company, login: str, path: str) -> None:
    """Nothing scrolls sideways, is cut off, or lies where no hand comes; loaded at 200 %, and turned to the others."""
    page = settled(person(login, path, size=ZOOMED, scale=2))
    found = {}
    for size, name in NAMES.items():
        page.set_viewport_size({"width": size[0], "height": size[1]})
        page.wait_for_timeout(250)
        assert page.evaluate("document.documentElement.scrollWidth") <= size[0], name
        found[name] = lost(page)
    assert {name: what for name, what in found.items() if what} == {}


@pytest.mark.parametrize("size", [ZOOMED, PHONE], ids=lambda size: NAMES[size])
def test_a_case_and_its_dialogue_are_reached_where_there_is_little_room(person: Company, house: House, size: tuple[int, int]) -> None:
    page = person("acceptor5", "/desk/cases", size=size, scale=2)
    case = new_id()
    Asker(page.context, house.base).post("/api/cases", {
        "id": str(case), "text": "便道上有人摆摊卖菜，行人走机动车道" * 4, "lon": STREET[0], "lat": STREET[1], "channel": "upper"})
    page.goto(f"{house.base}/desk/cases/{case}")
    assert lost(settled(page)) == []
    for name in ("立案", "不予立案", "下发核实"):
        page.get_by_role("group", name="可做的操作").get_by_role("button", name=name, exact=True).click()
        dialog = page.get_by_role("dialog", name=name)
        expect(dialog).to_be_visible()
        page.wait_for_timeout(300)
        send = dialog.locator("button[type=submit]")
        send.scroll_into_view_if_needed()
        box = send.bounding_box()
        assert box
        assert 0 <= box["x"] <= box["x"] + box["width"] <= size[0]
        assert 0 <= box["y"] <= box["y"] + box["height"] <= size[1]
        page.keyboard.press("Escape")
        expect(dialog).to_be_hidden()


def test_the_entrance_of_the_demonstration_says_who_one_can_be(person: People, house: House,
                                                               picture: Callable[[Page, str], None]) -> None:
    key = (house.home / "demo" / "entrance.key").read_text()
    page = settled(person("", f"/demo/{key}"))
    assert faults(page) == []
    picture(page, "entrance")
    page.get_by_role("button", name="以值班长").click()
    page.wait_for_url("**/desk/**")
    assert "胡示例四" in settled(page).locator("nav").inner_text()
