"""A stranger's first look (T1, E10): one command, the accounts it printed, and a case from report to close over HTTP."""

import http.cookiejar
import json
import shutil
import urllib.request
import uuid
from collections.abc import Iterator
from typing import Any

import pytest

from tests.cli.test_command_serve import free_port
from tests.demonstration import Demonstration, demonstration, started
from tests.settings import DATABASE

pytestmark = [
    pytest.mark.usefixtures("socket_enabled"),
    pytest.mark.skipif(DATABASE != "sqlite", reason="the demonstration lives in its folder's own SQLite"),
]


class Browser:
    """Somebody signed in."""

    def __init__(self, address: str, login: str, password: str) -> None:
        self.address = address
        jar = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        self.opener = urllib.request.build_opener(jar)
        self.token = ""
        self.token = self.post("session", login=login, password=password)["csrf"]

    def get(self, path: str) -> Any:
        with self.opener.open(f"{self.address}api/{path}", timeout=30) as answer:
            return json.load(answer)

    def post(self, path: str, **body: object) -> Any:
        headers = {"Content-Type": "application/json", "X-CSRFToken": self.token}
        asked = urllib.request.Request(f"{self.address}api/{path}", json.dumps(body).encode(), headers)
        with self.opener.open(asked, timeout=30) as answer:
            return json.load(answer)


@pytest.fixture(scope="module")
def demo() -> Demonstration:
    return demonstration()


@pytest.fixture(scope="module")
def address(demo: Demonstration, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """`jingwei demo` over a copy of the home: it only starts."""
    home, port = tmp_path_factory.mktemp("demo") / "home", free_port()
    shutil.copytree(demo.home, home)
    with started(home, "demo", "--port", port) as main:
        assert main.stdout
        said = []
        for line in main.stdout:
            said.append(line)
            if line.startswith("经纬已启动"):
                break
        assert f"http://127.0.0.1:{port}/" in said[-1], said
        assert any("没有改动" in line for line in said)
        yield f"http://127.0.0.1:{port}/"


@pytest.fixture(scope="module")
def people(demo: Demonstration, address: str) -> dict[str, Browser]:
    """Everybody who was printed, by post."""
    signed_in = [Browser(address, login, password) for login, password in demo.accounts.items()]
    return {browser.get("me")["roles"][0]["role"]: browser for browser in signed_in}


def test_every_printed_account_signs_in_to_its_post(people: dict[str, Browser]) -> None:
    assert len(people) == 14
    assert {"system_admin", "security_admin", "audit_admin", "supervisor", "handler", "town_officer"} <= set(people)


def test_the_first_page_shows_the_district_and_its_queue(address: str) -> None:
    with urllib.request.urlopen(address, timeout=30) as answer:
        page = answer.read().decode()
    for words in ("单元网格", "707", "处置中", "已超期"):
        assert words in page


def test_a_case_goes_from_report_to_close(people: dict[str, Browser]) -> None:
    worker, acceptor, dispatcher, handler = (
        people[post] for post in ("supervisor", "acceptor", "dispatcher", "handler"))
    near = worker.get("cases?limit=1")["rows"][0]
    case = worker.post("cases", id=str(uuid.uuid4()), text="楼道口堆着旧家具，进出不便。", lon=near["lon"], lat=near["lat"],
                       place=near["place"], class_code="gbt47678.5-2026/matter/06036")
    assert (case["state"], case["number"][:7]) == ("reported", "990101-")
    path = f"cases/{case['id']}"
    assert acceptor.post(f"{path}/file")["state"] == "filed"
    unit = handler.get("me")["unit_code"]
    assert dispatcher.post(f"{path}/dispatch", unit_code=unit)["due_at"]
    assert handler.post(f"{path}/sign")["state"] == "handling"
    assert handler.post(f"{path}/feed-back", text="已清走，楼道畅通。")["state"] == "fed_back"
    assert dispatcher.post(f"{path}/confirm")["state"] == "checking"
    assert worker.post(f"{path}/check", yes=True)["state"] == "checked"
    assert people["shift_leader"].post(f"{path}/close")["state"] == "closed"
    assert [case["id"]] == [row["id"] for row in worker.get("cases?mine=true&state=closed&limit=1")["rows"]]
