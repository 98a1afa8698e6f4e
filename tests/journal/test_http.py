"""The journal over HTTP: who may ask, and what comes back."""

from dataclasses import replace

import pytest
from ninja import NinjaAPI
from ninja.testing import TestClient

from jingwei.config import problems
from jingwei.journal import commands, http, jobs, readers
from jingwei.kernel.actor import Grant
from tests.journal.conftest import Happened

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_readers", "home_keys")]


@pytest.fixture
def as_holder(operator):
    """A client whose user holds just these rights."""
    def build(*rights: str) -> TestClient:
        actor = replace(operator, grants=(Grant("test", "", frozenset(rights)),), via="session")
        api = NinjaAPI(auth=lambda request: actor, urls_namespace=f"journal-{'-'.join(rights)}")
        problems.install(api)
        api.add_router("", http.router)
        return TestClient(api)

    return build


def test_anybody_signed_in_may_ask_for_the_position(tell, as_holder):
    tell("a", "b")
    assert as_holder().get("/journal/position").json() == {"position": 2}


@pytest.mark.parametrize(("method", "path"), [
    ("get", "/journal/parked"), ("post", "/journal/parked/1/release"), ("post", "/journal/verify"),
    ("get", "/journal/verify/0190a1b2-0000-7000-8000-000000000000")])
def test_the_rest_is_for_administrators(as_holder, method, path):
    answer = getattr(as_holder("case.read"), method)(path, **({"json": {}} if method == "post" else {}))
    assert (answer.status_code, answer.json()["code"]) == (403, "journal.no_right")


def test_the_system_administrator_sees_and_releases_what_is_parked(tell, as_holder, monkeypatch):
    stones = ["thing:a"]

    @readers.reader("r", {Happened})
    def note(seen):
        if seen.subject in stones:
            raise ValueError

    monkeypatch.setattr(readers, "TRIES", 1)
    tell("a", "b")
    readers.step()
    readers.step()
    client = as_holder("system.read", "system.manage")
    found = client.get("/journal/parked").json()
    [parked] = found["parked"]
    assert (parked["reader"], parked["subject"], parked["position"]) == ("r", "thing:a", 1)
    assert found["readers"][0]["behind"] == 0

    path = f"/journal/parked/{parked['id']}/release"
    answer = client.post(path, json={})
    assert (answer.status_code, answer.json()["left"]) == (200, 1)
    stones.clear()
    assert client.post(path, headers={"Idempotency-Key": "release-1"}).json() == {
        "released": 1, "left": 0, "error": ""}
    assert client.post(path, headers={"Idempotency-Key": "release-1"}).json()["released"] == 1, "the same answer again"
    assert client.post(path, json={}).status_code == 404


def test_the_auditor_has_a_small_journal_verified_at_once(tell, as_holder):
    tell("a", "b")
    answer = as_holder("journal.verify").post("/journal/verify")
    assert answer.status_code == 200
    assert (answer.json()["state"], answer.json()["report"]["ok"], answer.json()["report"]["entries"]) == (
        "done", True, 2)


def test_a_large_one_is_verified_in_the_background(tell, as_holder, monkeypatch):
    monkeypatch.setattr(commands, "AT_ONCE", 1)
    tell("a", "b")
    client = as_holder("journal.verify")
    answer = client.post("/journal/verify")
    assert answer.status_code == 202
    path = f"/journal/verify/{answer.json()['job']}"
    assert client.get(path).json() == {"state": "ready", "job": None, "report": None}
    jobs.run_one("w")
    assert client.get(path).json()["report"]["ok"] is True
    assert client.get("/journal/verify/0190a1b2-0000-7000-8000-000000000000").status_code == 404
