"""Cases prepared over HTTP: whichever step the service offers, taken by whom it offers it to; and the way to each row.

The ways are found breadth first: from a fresh report, every step that somebody is offered leads on, until every row of
the profile's table has been offered. So a new row is found by itself, with whatever it needs of a case.
"""

from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import APIRequestContext, BrowserContext, Page

from jingwei.cases import workflow
from jingwei.cases.shipped import flows
from jingwei.kernel.ids import new_id

STREET, VILLAGE = (102.0016, 40.51), (101.9966, 40.4913)  # 观澜社区 of the city flow, 稻香社区 of the three levels
VENDOR = "gbt47678.5-2026/matter/09006"
WAY_ADDRESS = {"verify_true": "verify", "verify_false": "verify", "check_pass": "check", "check_fail": "check"}
Step = tuple[str, str]  # login, action
Row = tuple[str, str]   # state, action


class Asker:
    """One person's session with the service."""

    def __init__(self, context: BrowserContext, base: str) -> None:
        self.context, self.base = context, base
        self.request: APIRequestContext = context.request

    def get(self, path: str) -> Any:
        answer = self.request.get(self.base + path)
        assert answer.ok, f"{path}: {answer.text()}"
        return answer.json()

    def send(self, method: str, path: str, body: Mapping[str, Any] | None = None) -> Any:
        token = next(one["value"] for one in self.context.cookies() if one["name"] == "csrftoken")
        answer = self.request.fetch(self.base + path, method=method, data=dict(body) if body is not None else None,
                                    headers={"X-CSRFToken": token, "Referer": self.base})
        assert answer.ok, f"{method} {path} {body}: {answer.text()}"
        return answer.json() if answer.body() else None

    def upload(self, path: str, form: Mapping[str, str], field: str, name: str, kind: str, content: bytes) -> Any:
        token = next(one["value"] for one in self.context.cookies() if one["name"] == "csrftoken")
        answer = self.request.post(self.base + path, headers={"X-CSRFToken": token, "Referer": self.base}, multipart={
            **form, field: {"name": name, "mimeType": kind, "buffer": content}})
        assert answer.ok, f"{path}: {answer.text()}"
        return answer.json()

    def post(self, path: str, body: Mapping[str, Any] | None = None) -> Any:
        return self.send("POST", path, body)


@dataclass(frozen=True)
class Prepared:
    """A case as somebody finds it. `offers`: by login, the actions in the order of the service, with their names."""

    id: str
    state: str
    offers: dict[str, dict[str, str]]


@dataclass
class Walks:
    """`people`: by login. `places`: by profile, where a report falls into it. `given`: what a step is sent with."""

    people: Mapping[str, Asker]
    reporter: str
    places: Mapping[str, tuple[float, float]]
    given: Mapping[str, Any]
    ways: dict[str, dict[Row, tuple[tuple[Step, ...], str]]] = field(default_factory=dict)
    kinds: dict[str, dict[Any, tuple[Step, ...]]] = field(default_factory=dict)

    def report(self, profile: str, text: str = "试每个操作的一件") -> str:
        lon, lat = self.places[profile]
        case_id = str(new_id())
        self.people[self.reporter].post("/api/cases", {
            "id": case_id, "text": text, "lon": lon, "lat": lat, "class_code": self.given["class_code"]})
        return case_id

    def take(self, profile: str, case_id: str, state: str, step: Step) -> str:
        """The state it leads to."""
        login, action = step
        row = flows()[profile].find(state, action)
        self.people[login].post(f"/api/cases/{case_id}/{address_of(action)}", self._body(action, row.asks))
        return row.to

    def _body(self, action: str, asks: Iterable[str]) -> dict[str, Any]:
        body: dict[str, Any] = {}
        for ask in asks:
            if ask == "class":
                body |= {"class_code": self.given["class_code"], "condition_id": self.given["condition_id"]}
            elif ask == "limit":
                body |= {"value": "1", "unit": "work_day"}
            elif ask == "unit":
                body["unit_code"] = self.given["team"] if action == "hand_on" else self.given["unit"]
            else:
                body[ask] = "按流程办理"
        if action in WAY_ADDRESS:
            body["yes"] = action in ("verify_true", "check_pass")
        return body

    def walk(self, profile: str, way: Iterable[Step], text: str = "试每个操作的一件") -> str:
        case_id, state = self.report(profile, text), "reported"
        for step in way:
            state = self.take(profile, case_id, state, step)
        return case_id

    def look(self, case_id: str) -> Prepared:
        """What everybody is offered: who may not see the case, nothing."""
        state, offers = "", {}
        for login, asker in self.people.items():
            answer = asker.request.get(f"{asker.base}/api/cases/{case_id}")
            told = answer.json() if answer.ok else {"actions": []}
            assert answer.status in (200, 404), answer.text()
            state = told["case"]["state"] if answer.ok else state
            offers[login] = {one["action"]: one["name"] for one in told["actions"]}
        return Prepared(case_id, state, offers)

    def explore(self, profile: str) -> None:
        """Fill `ways` (to each row, and who is offered it there) and `kinds` (one way to each set of offers)."""
        wanted = {(row.state, row.action) for row in flows()[profile].rows if row.state != workflow.START}
        ways = self.ways.setdefault(profile, {})
        kinds = self.kinds.setdefault(profile, {})
        ahead: deque[tuple[Step, ...]] = deque([()])
        while ahead and not wanted <= set(ways):
            way = ahead.popleft()
            found = self.look(self.walk(profile, way))
            kind = (found.state, *((login, *actions) for login, actions in found.offers.items()))
            if kind in kinds:
                continue
            kinds[kind] = way
            offered = {action: login for login, actions in reversed(found.offers.items()) for action in actions}
            for state, action in [(row.state, row.action) for row in flows()[profile].rows]:
                if state == found.state and action in offered:
                    ways.setdefault((state, action), (way, offered[action]))
                    ahead.append((*way, (offered[action], action)))


def address_of(action: str) -> str:
    return WAY_ADDRESS.get(action, action.replace("_", "-"))


def askers(pages: Mapping[str, Page], base: str) -> dict[str, Asker]:
    return {login: Asker(page.context, base) for login, page in pages.items()}


def walks_of(people: Mapping[str, Asker]) -> Walks:
    """Over the printed accounts, in the street and the village of the demonstration."""
    unit = people["cgj-zf-1"].get("/api/me")["unit_code"]
    units = {one["code"]: one for one in people["cgj-zf-1"].get("/api/units")}
    team = next(code for code, one in units.items() if one["parent_id"] == units[unit]["id"])
    condition = people["acceptor5"].get(f"/api/classes/{VENDOR}")["conditions"][0]["id"]
    return Walks(people, "grid019", {"city": STREET, "township": VILLAGE}, {
        "class_code": VENDOR, "condition_id": condition, "unit": unit, "team": team})
