"""A morning at six seats at once on the screens; at the end the leader's page says what was done there.

`JINGWEI_DAY_SCREENS` says how many cases; `JINGWEI_DAY_FILM` names a folder for what each of them saw, picture by picture.
"""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import PHONE, Company, House
from tests.browser.deeds import do, open_case, told
from tests.browser.test_journey import on_the_phone, register

CASES = int(os.environ.get("JINGWEI_DAY_SCREENS") or 4)
SAID = ("便道上有人摆摊卖菜", "菜筐占了盲道", "烧烤摊占道冒烟", "流动摊点堵住路口")
KEPT, URGED, RETURNED, REFUSED = 0, 1, 2, 3
"""Of four in a row: still with the unit at the end, urged, comes back once, comes to nothing."""


@dataclass
class Seats:
    """Who sits where, each before a screen of their own. `film`: the folder for pictures, '' for none."""

    house: House
    pages: dict[str, Page]
    film: str
    taken: int = 0
    ids: list[str] = field(default_factory=list)

    def does(self, seat: str, case: str, name: str, **more: bool | str) -> None:
        do(self.pages[seat], self.house.base, case, name, **more)  # type: ignore[arg-type]
        self.saw(seat)

    def saw(self, seat: str) -> None:
        if self.film:
            Path(self.film).mkdir(parents=True, exist_ok=True)
            self.taken += 1
            self.pages[seat].screenshot(path=Path(self.film) / f"{self.taken:03}-{seat}.png")

    def those(self, *kinds: int) -> list[str]:
        return [case for place, case in enumerate(self.ids) if place % 4 in kinds]


@pytest.fixture
def seats(house: House, browser: Browser) -> Iterator[Seats]:
    """All are signed in before anybody begins. Two take calls."""
    company = Company(house, browser)
    desks = {"acceptor": "acceptor5", "acceptor-2": "acceptor5", "dispatcher": "dispatcher4", "unit": "cgj-zf-1", "shift": "shift1"}
    pages = {seat: company(login, "/desk/today") for seat, login in desks.items()}
    pages["worker"] = company("grid019", "/field/", size=PHONE)
    pages["leader"] = company("leader", "/desk/overview")
    yield Seats(house, pages, os.environ.get("JINGWEI_DAY_FILM", ""))
    company.leave()


def figures(page: Page) -> dict[str, int]:
    """The cards at the top of the leader's page, as they are shown."""
    page.reload()
    cards = page.locator(".cards li")
    expect(cards.first).to_be_visible()
    return {cards.nth(place).locator(".label").inner_text(): int(re.sub(r"[^0-9]", "", cards.nth(place).locator(".number").inner_text()))
            for place in range(cards.count())}


def test_a_morning_at_six_seats_adds_up_on_the_page_of_the_leader(seats: Seats) -> None:
    """C1–C4: what came in, was filed, closed and is still open, by the people whose turn it is, each on their own screen."""
    before = figures(seats.pages["leader"])
    _take_in(seats)
    _send_out(seats)
    _come_back(seats)
    _end(seats)
    states = [told(seats.pages["shift"].request, seats.house.base, case)["case"]["state"] for case in seats.ids]
    assert states == [{KEPT: "handling", REFUSED: "refused"}.get(place % 4, "closed") for place in range(len(states))]
    after = figures(seats.pages["leader"])
    seats.saw("leader")
    more = {name: after[name] - before[name] for name in after}
    closed, filed = len(seats.those(URGED, RETURNED)), len(seats.those(KEPT, URGED, RETURNED))
    assert (more["今天上报"], more["今天立案"], more["在办"]) == (CASES, filed, len(seats.those(KEPT)))
    assert more["今天按时结案"] + more["今天超时结案"] == closed
    assert more["今天超时结案"] == 0


def _take_in(seats: Seats) -> None:
    """Both acceptors in turn, each with a caller on the line; what the public reports is verified first."""
    for place in range(CASES):
        seat = ("acceptor", "acceptor-2")[place % 2]
        seats.ids.append(register(seats.pages[seat], seats.house.base, f"{SAID[place % 4]}（第 {place + 1} 件）"))
        seats.saw(seat)
    for case in seats.those(REFUSED):
        seats.does("acceptor", case, "不予立案")
    going_on = seats.those(KEPT, URGED, RETURNED)
    for case in going_on:
        seats.does("acceptor-2", case, "下发核实")
    for case in going_on:
        on_the_phone(seats.pages["worker"], seats.house.base, case, "核实属实", photos=True)
    for case in going_on:
        seats.does("acceptor", case, "立案", kind="占道经营")


def _send_out(seats: Seats) -> None:
    """Dispatched; one comes back and goes out again, one is urged."""
    for case in seats.those(KEPT, URGED, RETURNED):
        seats.does("dispatcher", case, "派遣")
    for case in seats.those(RETURNED):
        seats.does("unit", case, "退回")
        seats.does("dispatcher", case, "派遣")
    for case in seats.those(URGED):
        page = seats.pages["shift"]
        open_case(page, seats.house.base, case)
        page.get_by_role("button", name=re.compile("更多")).click()
        page.get_by_role("menuitem", name="催办").click()
        dialog = page.get_by_role("dialog")
        dialog.get_by_role("button", name="请抓紧办理，按时反馈").click()
        dialog.get_by_role("button", name="催办", exact=True).click()
        expect(page.get_by_role("heading", name=re.compile("催办记录"))).to_be_visible()
        seats.saw("shift")


def _come_back(seats: Seats) -> None:
    for case in seats.those(URGED, RETURNED):
        seats.does("unit", case, "反馈结果", photos=True)
        seats.does("dispatcher", case, "批转核查")


def _end(seats: Seats) -> None:
    for case in seats.those(URGED, RETURNED):
        on_the_phone(seats.pages["worker"], seats.house.base, case, "核查通过", photos=True)
        seats.saw("worker")
        seats.does("shift", case, "结案")
