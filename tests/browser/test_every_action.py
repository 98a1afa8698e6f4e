"""Every action of the workflow tables can be done on the desk by the person who may do it, and no other (C3).

Each row has a case of its own, walked over HTTP to the state in which somebody is offered the action; so that
neither the hour nor another test decides which cases there are.
"""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from jingwei.cases import workflow
from jingwei.cases.kinds import KINDS
from jingwei.cases.shipped import flows
from tests.browser.conftest import Company, House
from tests.browser.deeds import press, shown_buttons, turn_to
from tests.browser.walks import Asker, Walks, askers, walks_of

WORKERS = ("grid019", "acceptor5", "shift1", "dispatcher4", "cgj-zf-1", "community6", "town2", "county1")
ONLOOKERS = ("leader", "evaluator", "areaadmin")
COUNTY = "990101000000"
OWN = [code for code in flows() if code not in KINDS]  # which areas take by themselves; kinds of event have test_kinds.py
ROWS = [(profile, row[0], row[1]) for profile in OWN
        for row in flows()[profile].rows if row[0] != workflow.START]
GONE = "这里不再显示"
ENDED = {state for state, (_, kind) in workflow.STATES.items() if kind == "ended"}


@pytest.fixture(scope="module")
def pages(house: House, browser: Browser) -> Iterator[dict[str, Page]]:
    company = Company(house, browser)
    yield {login: company(login, "/desk/cases") for login in (*WORKERS, *ONLOOKERS)}
    company.leave()


@pytest.fixture(scope="module")
def walks(pages: dict[str, Page], house: House, browser: Browser) -> Walks:
    """The printed accounts; the one grid worker among them works in the whole county."""
    people = askers(pages, house.base)
    company = Company(house, browser)
    security = Asker(company("secadmin", "/desk/people").context, house.base)
    security.post(f"/api/users/{people['grid019'].get('/api/me')['id']}/grants", {"role": "supervisor", "area_code": COUNTY})
    company.leave()
    held = walks_of(people)
    for profile in OWN:
        held.explore(profile)
    return held


def test_both_flows_were_walked_from_report_to_end(walks: Walks) -> None:
    for profile in OWN:
        states = {kind[0] for kind in walks.kinds[profile]}
        assert {row[3] for row in flows()[profile].rows} - states <= {"void"}, profile
    assert set(walks.places) == set(OWN)


@pytest.mark.parametrize(("profile", "state", "action"), ROWS, ids=lambda part: part)
def test_an_action_of_the_table_is_done_by_its_button(walks: Walks, pages: dict[str, Page], house: House,
                                                      profile: str, state: str, action: str) -> None:
    assert (state, action) in walks.ways[profile], "the service offers it to nobody"
    way, login = walks.ways[profile][state, action]
    case_id = walks.walk(profile, way)
    page, name = pages[login], workflow.ACTIONS[action][0]
    press(page, house.base, case_id, name)
    target = flows()[profile].find(state, action).to
    told = page.request.get(f"{house.base}/api/cases/{case_id}")
    if told.ok:
        assert told.json()["case"]["state"] == target
        expect(page.get_by_role("article").locator(".state").first).to_have_text(workflow.STATES[target][0])
    else:  # it is no longer this person's
        expect(page.get_by_role("alert").first).to_contain_text(GONE)
    assert walks.look(case_id).state in (target, ""), "nobody may see it any more"


def test_the_buttons_are_those_that_the_service_allows_this_person(walks: Walks, pages: dict[str, Page]) -> None:
    """On every kind of case that the flows come to, for everybody."""
    wrong = []
    for profile, kinds in walks.kinds.items():
        for way in kinds.values():
            found = walks.look(walks.walk(profile, way))
            for login, page in pages.items():
                turn_to(page, found.id)
                shown = shown_buttons(page)
                if sorted(shown) != sorted(found.offers[login].values()):
                    wrong.append((profile, found.state, login, shown, found.offers[login]))
    assert wrong == []


def test_who_only_looks_on_is_offered_nothing(walks: Walks) -> None:
    for kinds in walks.kinds.values():
        for kind in kinds:
            offers = {login: actions for login, *actions in kind[1:]}
            assert not any(offers[login] for login in ONLOOKERS)
            assert kind[0] in ENDED or any(offers.values())
