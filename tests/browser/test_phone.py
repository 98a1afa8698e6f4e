"""The phone: three touches and a photo, what waits, large type; one report whatever the network does (W1, B12)."""

import gzip
import re
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import PHONE, House
from tests.files.pictures import photo

People = Callable[..., Page]
MOST = 250 * 1024  # bytes, gzip 6, until the form can be used
SNAP = {"name": "现场.jpg", "mimeType": "image/jpeg", "buffer": photo()}


def at_the_corner(page: Page) -> Page:
    page.context.grant_permissions(["geolocation"])
    page.context.set_geolocation({"longitude": 102.0016, "latitude": 40.51, "accuracy": 8})
    return page


def test_three_touches_and_a_photo(person: People, house: House, picture: Callable[[Page, str], None]) -> None:
    page = at_the_corner(person("grid019", "/field/", size=PHONE))
    touches: list[str] = []

    def touch(name: str) -> None:
        touches.append(name)
        page.get_by_text(name, exact=True).last.click()

    touch("上报")
    page.locator("input[type=file]").set_input_files(files=[SNAP])
    expect(page.get_by_text("观澜第一网格").first).to_be_visible()
    page.locator(".chip").first.click()
    touches.append("kind")
    picture(page, "phone-report")
    page.locator("form").get_by_role("button", name="上报").click()
    touches.append("send")
    expect(page.get_by_role("heading", name="已上报")).to_be_visible()
    assert len(touches) == 3
    page.get_by_role("link", name="看这一件").click()
    expect(page.locator(".sides img")).to_have_count(1)


def test_a_lost_answer_leaves_one_report(person: People, house: House) -> None:
    """T2, begun: the answer is lost, the same report is sent again under the same key and id."""
    page = at_the_corner(person("grid019", "/field/", size=PHONE))
    page.goto(f"{house.base}/field/report")
    before = page.request.get(f"{house.base}/api/cases?mine=1&limit=200").json()["rows"]
    lost: list[str] = []

    def lose_once(route: Route) -> None:
        if route.request.method == "POST" and not lost:
            lost.append(route.request.url)
            route.fetch()  # it arrives; its answer does not
            route.abort()
        else:
            route.continue_()

    page.route("**/api/cases", lose_once)
    expect(page.get_by_text("观澜第一网格").first).to_be_visible()
    page.get_by_label("补充一句").fill("路灯不亮")
    page.locator("form").get_by_role("button", name="上报").click()
    expect(page.get_by_role("alert")).to_contain_text("没有连上服务器")
    page.get_by_role("button", name="再发一次").click()
    expect(page.get_by_role("heading", name="已上报")).to_be_visible()
    after = page.request.get(f"{house.base}/api/cases?mine=1&limit=200").json()["rows"]
    assert len(lost) == 1
    assert len(after) == len(before) + 1


def test_a_refusal_keeps_what_was_typed(person: People) -> None:
    page = person("grid019", "/field/report", size=PHONE)
    page.context.grant_permissions(["geolocation"])
    page.context.set_geolocation({"longitude": 121.0, "latitude": 31.0, "accuracy": 8})
    page.get_by_role("button", name="重新定位").click()
    expect(page.get_by_text("没有划入任何网格")).to_be_visible()
    page.get_by_label("补充一句").fill("海里的井盖")
    page.locator("form").get_by_role("button", name="上报").click()
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.get_by_label("补充一句")).to_have_value("海里的井盖")


def test_a_sign_in_that_ended_takes_nothing_away(person: People, house: House) -> None:
    """The page stays with what was typed; signed in again in another window, the same report is sent."""
    page = at_the_corner(person("grid019", "/field/", size=PHONE))
    page.goto(f"{house.base}/field/report")
    expect(page.get_by_text("观澜第一网格").first).to_be_visible()
    page.get_by_label("补充一句").fill("井盖响")
    page.context.clear_cookies()
    page.locator("form").get_by_role("button", name="上报").click()
    expect(page.get_by_role("alert")).to_contain_text("登录已经到期")
    expect(page.get_by_label("补充一句")).to_have_value("井盖响")
    page.context.request.post(f"{house.base}/api/session", data={"login": "grid019", "password": house.passwords["grid019"]})
    page.get_by_role("button", name="再发一次").click()
    expect(page.get_by_role("heading", name="已上报")).to_be_visible()


def test_without_a_position_the_place_is_set_on_a_map(person: People, house: House) -> None:
    """A computer, an old phone, a page without HTTPS: no position. The map opens on the worker's own grid."""
    page = person("grid019", "/field/report", size=PHONE)
    expect(page.get_by_text("没有取得位置")).to_be_visible()
    expect(page.get_by_text("还没有位置")).to_be_attached()
    page.get_by_role("button", name="在地图上选").click()
    page.locator(".still canvas").click(position={"x": 160, "y": 150})
    expect(page.locator(".place")).to_contain_text(re.compile("观澜第.网格.*在地图上选的"))
    page.locator(".chip").first.click()
    page.locator("form").get_by_role("button", name="上报", exact=True).click()
    expect(page.get_by_role("heading", name="已上报")).to_be_visible()


def test_large_type_fits_the_narrowest_phone(person: People, picture: Callable[[Page, str], None]) -> None:
    for path in ("/field/", "/field/report", "/field/mine"):
        page = person("grid019", path, size=PHONE, large=True)
        page.wait_for_load_state("networkidle")
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0], path
        controls = page.locator("button:visible, a.button:visible, .bar a")
        heights = controls.evaluate_all("all => all.map(one => one.getBoundingClientRect().height)")
        assert min(heights) >= 36, path
    picture(page, "phone-large")


def test_the_form_costs_less_than_250_kilobytes(person: People, house: House) -> None:
    """B12: everything the phone loads from an empty cache until the form can be used, without a map."""
    page = person("", "/sign-in", size=PHONE)
    loaded: list[tuple[str, bytes]] = []
    page.context.on("response", lambda answer: loaded.append((answer.url, answer.body()))
                    if answer.status == 200 and "/api/" not in answer.url else None)
    answer = page.request.post(f"{house.base}/api/session",
                               data={"login": "grid019", "password": house.passwords["grid019"]})
    assert answer.ok
    page.goto(f"{house.base}/field/report")
    expect(page.get_by_label("补充一句")).to_be_visible()
    sizes = {url: len(gzip.compress(body, 6)) for url, body in loaded}
    assert len(sizes) >= 3
    assert sum(sizes.values()) <= MOST, sizes
    assert not any("maplibre" in Path(url).name for url in sizes)
