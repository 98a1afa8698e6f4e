"""Speed of hand: few clicks, few seconds, many cases at once, few questions to the service."""

import time
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Company, House
from tests.browser.deeds import told
from tests.browser.walks import Step, Walks, askers, walks_of
from tests.cases.opening import QUEUES

CREW = ("grid019", "acceptor5", "dispatcher4", "cgj-zf-1", "shift1")
COUNT = """window.presses = 0; addEventListener('pointerdown', event => { if (event.isTrusted) window.presses += 1 }, true)"""
TYPED = 0.3  # seconds for a Chinese character: a practised hand at a hotline
THOUGHT = 0.5  # seconds before a key or a click that decides something

FILED: tuple[Step, ...] = (("acceptor5", "file"),)
HANDLED: tuple[Step, ...] = (*FILED, ("dispatcher4", "dispatch"))
FED_BACK: tuple[Step, ...] = (*HANDLED, ("cgj-zf-1", "sign"), ("cgj-zf-1", "feed_back"))
CHECKING: tuple[Step, ...] = (*FED_BACK, ("dispatcher4", "confirm"))
USUAL = [
    ("acceptor5", (), "立案", "filed"), ("dispatcher4", FILED, "派遣", "handling"), ("cgj-zf-1", HANDLED, "签收", "handling"),
    ("cgj-zf-1", FED_BACK[:-1], "反馈结果", "fed_back"), ("dispatcher4", FED_BACK, "批转核查", "checking"),
    ("grid019", CHECKING, "核查通过", "checked"), ("shift1", (*CHECKING, ("grid019", "check_pass")), "结案", "closed"),
]


@pytest.fixture(scope="module")
def pages(house: House, browser: Browser) -> Iterator[dict[str, Page]]:
    company = Company(house, browser)
    held = {login: company(login, "/desk/cases") for login in CREW}
    for page in held.values():
        page.add_init_script(COUNT)
    yield held
    company.leave()


@pytest.fixture(scope="module")
def walks(pages: dict[str, Page], house: House) -> Walks:
    return walks_of(askers(pages, house.base))


@pytest.fixture
def clicks(pages: dict[str, Page]) -> Callable[[str], int]:
    """How often this person has pressed the button of the mouse since the page was opened."""
    return lambda login: int(pages[login].evaluate("window.presses"))


@pytest.mark.parametrize(("login", "way", "name", "target"), USUAL, ids=[f"{login}-{target}" for login, _, _, target in USUAL])
def test_the_usual_step_takes_three_clicks_at_the_most(walks: Walks, pages: dict[str, Page], house: House,
                                                       clicks: Callable[[str], int],
                                                       login: str, way: tuple[Step, ...], name: str, target: str) -> None:
    """From the queue: the case, its filled button, send."""
    case, page = walks.walk("city", way), pages[login]
    page.goto(f"{house.base}/desk/cases")
    page.locator(f"tr[data-row='{case}'] .words a").click()
    usual = page.get_by_role("group", name="可做的操作").locator(".el-button--primary")
    expect(usual).to_have_text(name)
    usual.click()
    dialog = page.get_by_role("dialog", name=name)
    expect(dialog.or_(page.locator(".step-note")).first).to_be_visible()
    if dialog.count():
        words = dialog.get_by_role("textbox", name="情况说明")
        if words.count():
            expect(words).to_be_focused()
            page.keyboard.type("已清理")
        dialog.locator("button[type=submit]").click()
        expect(dialog).to_be_hidden()
    expect(page.locator(".step-note")).to_be_visible()
    assert told(page.request, house.base, case)["case"]["state"] == target
    assert clicks(login) <= 3


def test_fifty_cases_take_four_clicks(walks: Walks, pages: dict[str, Page], house: House, clicks: Callable[[str], int]) -> None:
    """The stage, all of them, the deed, send: the reason is typed."""
    for _ in range(50):
        walks.report("city", "同一场大风吹落的树枝")
    page = pages["acceptor5"]
    page.goto(f"{house.base}/desk/today")
    page.get_by_role("group", name="环节").get_by_role("button", name="待受理").click()
    page.wait_for_url("**state=reported**")
    expect(page.locator("tbody tr[data-row]")).to_have_count(50)
    page.get_by_label("选择列出的全部案件").click()
    page.get_by_role("region", name="已选 50 件").get_by_role("button", name="不予立案").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("textbox")).to_be_focused()
    page.keyboard.type("大风已过，统一清理")
    dialog.get_by_role("button", name="不予立案").click()
    expect(dialog.locator("td.outcome.done")).to_have_count(50, timeout=60_000)
    assert clicks("acceptor5") <= 4


def test_a_call_is_registered_and_filed_within_twenty_seconds(pages: dict[str, Page], house: House,
                                                              record_property: Callable[[str, object], None]) -> None:
    """At the pace of a practised hand; every moment is kept in the report of the run."""
    page = pages["acceptor5"]
    page.goto(f"{house.base}/desk/today")
    page.wait_for_load_state("networkidle")
    began = time.monotonic()
    moments: list[tuple[float, str]] = []

    def write(words: str) -> None:
        page.keyboard.type(words, delay=TYPED * 1000)
        moments.append((round(time.monotonic() - began, 1), words))

    def press(key: str) -> None:
        page.wait_for_timeout(THOUGHT * 1000)
        page.keyboard.press(key)
        moments.append((round(time.monotonic() - began, 1), key))

    press("n")
    expect(page.get_by_label("反映的问题")).to_be_focused()
    write("占道摆摊堵住路口")
    page.get_by_label("来源").select_option(label="上级交办")
    page.get_by_label("或取网格、社区的中心").click()
    write("观澜第一")
    expect(page.get_by_role("option", name="观澜第一网格")).to_be_visible()
    press("Enter")
    expect(page.get_by_text("位于").first).to_be_visible()
    press("Control+Enter")
    page.wait_for_url("**/cases/0*")
    expect(page.get_by_role("group", name="可做的操作")).to_be_visible()
    press("1")
    expect(page.get_by_role("dialog", name="立案")).to_be_visible()
    expect(page.get_by_role("combobox", name="分类")).to_be_focused()
    write("占道经营")
    expect(page.get_by_role("option", name="占道经营").first).to_be_visible()
    press("Enter")
    page.get_by_role("dialog").get_by_role("radio").first.check()
    press("Control+Enter")
    expect(page.get_by_text("已立案").first).to_be_visible()
    took = time.monotonic() - began
    record_property("moments", moments)
    assert told(page.request, house.base, page.url.rsplit("/", 1)[1])["case"]["state"] == "filed"
    assert took < 20, moments


@pytest.mark.parametrize("path", list(QUEUES))
def test_opening_the_queue_asks_no_more_than_is_counted(pages: dict[str, Page], house: House, path: str) -> None:
    """What these questions cost in statements is counted over fifty cases in tests/cases/test_opening.py."""
    page, asked = pages["acceptor5"].context.new_page(), list[str]()
    page.on("request", lambda request: asked.append(request.url.removeprefix(house.base)) if "/api/" in request.url else None)
    page.goto(house.base + path)
    expect(page.locator("tbody tr[data-row]").first).to_be_visible()
    page.wait_for_load_state("networkidle")
    plain = [one.partition("?after=")[0] for one in asked]
    page.close()
    assert sorted(plain) == sorted(QUEUES[path])
