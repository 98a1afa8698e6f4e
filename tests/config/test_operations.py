"""The operation log: every verb in words, everybody and everything by name, by pages, no personal values (8.1.4.3)."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from jingwei.accounts import queries as accounts
from jingwei.accounts.commands import grants, units, users
from jingwei.accounts.queries import Role
from jingwei.config import operations as log
from jingwei.journal import searching
from jingwei.journal.commands import number_entries
from jingwei.kernel import clock
from tests.cast import EVERYWHERE, OTHER_TOWN, TOWN, Cast

pytestmark = pytest.mark.django_db

Ask = Callable[..., Any]


@pytest.fixture
def ask(cast: Cast) -> Ask:
    client = cast.client(cast.of(Role.AUDIT_ADMIN, EVERYWHERE))

    def asked(**query: Any) -> Any:
        number_entries()
        return client.get("/api/audit/operations", query).json()

    return asked


def test_every_verb_of_every_room_has_a_sentence() -> None:
    assert sorted(log.every_verb() - set(log.SAID)) == [], "give the verb a line in SAID of the room's events"
    assert sorted(set(log.SAID) - log.every_verb()) == []
    assert {text for text in log.SAID.values() if not text or text.isascii()} == set()


def test_every_room_with_verbs_is_gathered() -> None:
    from tests.architecture.tree import SOURCE

    gathered = {room.__name__.split(".")[1] for room in log.ROOMS}
    assert gathered == {path.parent.name for path in SOURCE.glob("*/events.py")}


def test_who_did_what_to_whom_is_told_by_name(cast: Cast, ask: Ask) -> None:
    boss = cast.of(Role.SECURITY_ADMIN, EVERYWHERE)
    worker = cast.hire("ling.one", name="凌示例")
    grants.give(cast.actor(boss), worker.id, "supervisor", "330199001")
    units.change(accounts.operator(), cast.units["B-2"], name="水利局")
    first, second = ask(limit=2)["items"]
    assert (first["by"], first["said"], first["subject_name"], first["via"]) == ("服务器操作员", "单位改名", "水利局", "cli")
    assert (second["by"], second["said"], second["subject_name"]) == (boss.name, "授予岗位：网格员（监督员）", "凌示例")
    assert second["verb"] == "role.given"


def test_pages_follow_one_another_without_gap_or_repeat(cast: Cast, ask: Ask) -> None:
    for number in range(7):
        units.create(accounts.operator(), f"N-{number}", f"新局{number}")
    whole = [each["position"] for each in ask(limit=200)["items"]]
    assert whole == sorted(whole, reverse=True)
    found, before = [], None
    while True:
        page = ask(limit=3, **({"before": before} if before else {}))
        found += [each["position"] for each in page["items"]]
        before = page["next"]
        if before is None:
            break
    assert found == whole


def test_a_long_quiet_stretch_is_crossed_by_asking_on(cast: Cast, ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    units.create(accounts.operator(), "N-1", "新局")
    for number in range(20):
        users.create(accounts.operator(), f"one.{number}", "凌示例")
    monkeypatch.setattr(searching, "_WINDOW", 2)
    monkeypatch.setattr(searching, "_WINDOWS", 2)
    page, found, asked = ask(verb="unit.created", limit=1), [], 0
    while not found and page["next"]:
        found, asked = page["items"], asked + 1
        page = ask(verb="unit.created", limit=1, before=page["next"])
    found = found or page["items"]
    assert asked > 2
    assert found[0]["subject_name"] == "新局"


@pytest.mark.parametrize(("query", "count"), [
    ({"verb": "unit.renamed"}, 1), ({"verb": "unit.", "subject": "unit:"}, 7), ({"verb": "no.such"}, 0), ({"verb": "no."}, 0),
    ({"subject": "unit:{unit}"}, 2), ({"subject": "unit:"}, 7), ({"subject": "33-unknown"}, 0), ({"actor": "nobody.here"}, 0),
    ({"actor": "secadmin.x", "verb": "role."}, 1), ({"actor": "{boss}"}, 2), ({"subject": "unit:\0"}, 0)])
def test_it_is_narrowed_by_verb_subject_and_person(cast: Cast, ask: Ask, query: dict[str, str], count: int) -> None:
    boss = cast.hire("secadmin.x", Role.SECURITY_ADMIN, EVERYWHERE)
    worker = cast.hire("ling.one", name="凌示例")
    grants.give(cast.actor(boss), worker.id, "supervisor", "330199001")
    units.create(accounts.operator(), "N-1", "新局")
    units.change(accounts.operator(), cast.units["B-2"], name="水利局")
    given = {name: value.format(unit=cast.units["B-2"], boss=boss.id) for name, value in query.items()}
    assert len(ask(**given)["items"]) == count


def test_it_is_narrowed_by_time(cast: Cast, ask: Ask) -> None:
    now = clock.now()
    for hours in range(6):
        with clock.held_at(now + timedelta(hours=hours + 1)):
            units.create(accounts.operator(), f"N-{hours}", f"第{hours}局")
    found = ask(since=(now + timedelta(hours=3)).isoformat(), until=(now + timedelta(hours=5)).isoformat())
    assert [each["subject_name"] for each in found["items"]] == ["第3局", "第2局"]
    assert ask(since="2026-01-01T00:00:00")["code"] == "request.invalid"


def test_an_auditor_of_one_town_sees_that_town_only(cast: Cast) -> None:
    here, there = cast.hire("ling.one"), cast.hire("ling.two")
    boss = cast.actor(cast.of(Role.SECURITY_ADMIN, EVERYWHERE))
    grants.give(boss, here.id, "supervisor", "330199001")
    grants.give(boss, there.id, "supervisor", "330199002")
    number_entries()
    for area, subject in ((TOWN, here), (OTHER_TOWN, there)):
        client = cast.client(cast.of(Role.AUDIT_ADMIN, area))
        found = client.get("/api/audit/operations?verb=role.given").json()["items"]
        assert {each["subject"] for each in found} >= {f"user:{subject.id}"}
        others = {f"user:{each.id}" for each in (here, there)} - {f"user:{subject.id}"}
        assert not others & {each["subject"] for each in found}


def test_no_name_stands_in_a_sentence_and_no_sentence_fails(cast: Cast, ask: Ask) -> None:
    """Sentences show counts and words of ours; the one name is that of the thing, looked up."""
    cast.hire("ling.one", name="凌示例")
    users.dismiss(accounts.operator(), cast.people.get(("", "", ""), cast.of(None)).id)
    for each in ask(limit=200)["items"]:
        assert "{" not in each["said"]
        assert "凌示例" not in each["said"]
        assert "ling.one" not in each["said"]


def test_a_page_costs_few_statements_whatever_stands_on_it(cast: Cast, ask: Ask) -> None:
    for number in range(30):
        units.create(accounts.operator(), f"N-{number}", f"新局{number}")
        cast.hire(f"ling.{number}", Role.SUPERVISOR)
    ask(limit=80)  # names are kept from now on
    with CaptureQueriesContext(connection) as few:
        ask(limit=10)
    with CaptureQueriesContext(connection) as many:
        assert len(ask(limit=80)["items"]) == 80
    assert len(many) == len(few) <= 14
