"""Every action of the workflow tables can be done on the desk by the person who may do it, and no other (C3)."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from jingwei.cases import workflow
from jingwei.kernel.ids import new_id
from tests.browser.conftest import House
from tests.browser.deeds import buttons, do

People = Callable[..., Page]
WORKERS = ("grid019", "acceptor5", "shift1", "dispatcher4", "cgj-zf-1", "community6", "town2", "county1")
ONLOOKERS = ("leader", "evaluator", "areaadmin")
COUNTY = "990101000000"
STATES = [state for state, (_, kind) in workflow.STATES.items() if state != "void"]
Deed = tuple[str, str, str]  # profile, state, action
WANTED: set[Deed] = {(profile, row[0], row[1]) for profile in workflow.PROFILES
                     for row in workflow.rows_of(profile) if row[0] != workflow.START}


class Survey:
    """Who may do what on which case now, as the service says it."""

    def __init__(self, pages: dict[str, Page], base: str) -> None:
        self.pages, self.base = pages, base

    def offers(self, login: str) -> list[tuple[Deed, str, str]]:
        """What this person may do: the deed, its name, the case."""
        request, found = self.pages[login].request, []
        for state in STATES:
            for row in request.get(f"{self.base}/api/cases?limit=12&state={state}").json()["rows"]:
                told = request.get(f"{self.base}/api/cases/{row['id']}").json()
                for action in told["actions"]:
                    deed = (told["case"]["profile"], told["case"]["state"], action["action"])
                    found.append((deed, action["name"], row["id"]))
        return found


@pytest.fixture
def survey(person: People, house: House) -> Survey:
    """The printed accounts; the one grid worker among them works in the whole county, and has reported in both flows."""
    pages = {login: person(login, "/desk/today") for login in WORKERS}
    worker, security = pages["grid019"], person("secadmin", "/desk/people")
    everywhere = {"role": "supervisor", "area_code": COUNTY}
    if not any(post["area_code"] == COUNTY for post in worker.request.get(f"{house.base}/api/me").json()["roles"]):
        _post(security, f"{house.base}/api/users/{worker.request.get(f'{house.base}/api/me').json()['id']}/grants", everywhere)
    for login in ("shift1", "town2", "town2", "town2"):  # a street of the city flow, a town of the three levels
        place = pages[login].request.get(f"{house.base}/api/cases?limit=1").json()["rows"][0]
        _post(worker, f"{house.base}/api/cases", {
            "id": str(new_id()), "text": "试每个操作的一件", "lon": place["lon"], "lat": place["lat"],
            "class_code": "gbt47678.5-2026/matter/09006"})
    return Survey(pages, house.base)


def _post(page: Page, address: str, body: dict[str, object]) -> None:
    token = next(cookie["value"] for cookie in page.context.cookies() if cookie["name"] == "csrftoken")
    answer = page.request.post(address, data=body, headers={"X-CSRFToken": token, "Referer": address})
    assert answer.ok, answer.text()


def test_every_action_of_both_tables_is_done_by_a_button(survey: Survey) -> None:
    """Rounds over all posts until nothing new happens: each deed opens others."""
    done: set[Deed] = set()
    for _ in range(9):
        before = len(done)
        for login in WORKERS:
            touched: set[str] = set()
            for deed, name, case_id in survey.offers(login):
                if deed not in done and case_id not in touched:
                    do(survey.pages[login], survey.base, case_id, name, photos=deed[2] in ("feed_back", "check_pass"))
                    touched.add(case_id)
                    done.add(deed)
        if done >= WANTED or len(done) == before:
            break
    assert {action for _, _, action in done} == {action for _, _, action in WANTED}
    # which rows of the tables are come by depends on the cases at hand: those that lead on are never taken twice
    assert len(WANTED - done) <= 4, sorted(WANTED - done)


def test_the_buttons_are_those_that_the_table_allows_this_person(survey: Survey) -> None:
    for login in WORKERS:
        by_case: dict[str, list[str]] = {}
        for _, name, case_id in survey.offers(login):
            by_case.setdefault(case_id, []).append(name)
        for case_id, names in list(by_case.items())[:4]:
            assert sorted(buttons(survey.pages[login], survey.base, case_id)) == sorted(names), (login, case_id)


def test_who_only_looks_on_finds_no_button(person: People, house: House) -> None:
    for login in ONLOOKERS:
        page = person(login, "/desk/cases")
        row = page.request.get(f"{house.base}/api/cases?limit=1&state=handling").json()["rows"][0]
        assert buttons(page, house.base, row["id"]) == []
