"""A plan against another, and by the rules (GRD-07, AT-04), over HTTP and at the keyboard."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from jingwei.cli import main
from jingwei.grids import commands, plan_rules
from jingwei.grids.models import Area, PlanVersion, Succession
from jingwei.kernel.actor import Actor
from tests.grids.conftest import EAST, WEST
from tests.grids.workbench.conftest import Divided, group, unit
from tests.grids.workbench.test_drafting import ACROSS_6, line
from tests.grids.workbench.test_http import client_of, desk, send  # noqa: F401 - a fixture

pytestmark = pytest.mark.django_db


def compared(client: Client, plan: int, **asked: Any) -> dict[str, Any]:
    answer = client.get(f"/api/plans/{plan}/compare", asked)
    assert answer.status_code == 200, answer.content
    return dict(answer.json())


@pytest.fixture
def changed(divided: Divided, operator: Actor) -> Divided:
    """Unit 6 split, units 3 and 4 merged, the border of 9 and 10 moved, unit 12 in a grid of its own."""
    commands.split_unit(operator, divided.draft, divided[unit(6)], ACROSS_6)
    commands.merge_units(operator, divided.draft, [divided[unit(3)], divided[unit(4)]])
    commands.draw_border(operator, divided.draft, [divided[unit(9)], divided[unit(10)]], line((0.6, -0.1), (0.6, 1.1)))
    commands.move_units(operator, divided.draft, [divided[unit(12)]])
    return divided


def test_a_draft_is_compared_with_what_is_in_force(desk: Client, changed: Divided) -> None:  # noqa: F811
    told = compared(desk, changed.draft)
    assert told["counts"] == {"new": 4, "retired": 3, "redrawn": 3, "moved": 1, "renamed": 0}
    items = {(one["kind"], one["code"]): one for one in told["items"]}
    split = items["retired", unit(6)]
    assert {one["code"] for one in split["passages"]} == {unit(13), unit(14)}
    assert sum(one["of_old"] for one in split["passages"]) == pytest.approx(1, abs=1e-6)
    merged = items["new", unit(15)]
    assert [(one["code"], round(one["of_new"], 2), round(one["of_old"], 2)) for one in merged["passages"]] == [
        (unit(3), 0.5, 1.0), (unit(4), 0.5, 1.0)]
    border = items["redrawn", unit(10)]
    assert (border["before_m2"] < border["after_m2"], [one["code"] for one in border["passages"]]) == (True, [unit(10)])
    assert items["redrawn", unit(9)]["passages"][1]["code"] == unit(10)
    moved = items["moved", unit(12)]
    assert (moved["community"], items["redrawn", group(2)]["community"]) == ("枫林社区", "枫林社区")
    assert (moved["from_name"], moved["to_name"]) == ("第二网格", "枫林社区第3网格")


def test_two_published_versions_are_compared_the_same_way(desk: Client, changed: Divided, operator: Actor) -> None:  # noqa: F811
    draft = compared(desk, changed.draft)
    commands.publish_plan(operator, changed.draft)
    again = compared(desk, changed.draft)
    assert again["counts"] == draft["counts"]
    assert [one["code"] for one in again["items"]] == [one["code"] for one in draft["items"]]
    first = PlanVersion.objects.filter(state="published").order_by("number").first()
    assert first is not None
    whole = compared(desk, changed.draft, **{"with": first.pk})
    assert whole["counts"]["retired"] == 0, "units that came and went between the two were in neither"
    assert compared(desk, first.pk, **{"with": changed.draft})["counts"] == whole["counts"], "whichever is named first"


def test_pages_of_a_comparison_follow_each_other(desk: Client, changed: Divided) -> None:  # noqa: F811
    seen, after = [], ""
    while after is not None:
        page = compared(desk, changed.draft, limit=5, after=after)
        seen += [(one["kind"], one["code"]) for one in page["items"]]
        after = page["next"]
    whole = [(one["kind"], one["code"]) for one in compared(desk, changed.draft)["items"]]
    assert seen == whole
    assert [one["kind"] for one in compared(desk, changed.draft, kind="moved")["items"]] == ["moved"]
    with CaptureQueriesContext(connection) as caught:
        compared(desk, changed.draft)
    assert len(caught) <= 30


def test_publishing_keeps_the_shares_of_what_passed_over(changed: Divided, operator: Actor) -> None:
    """Every retired unit resolves to its heirs with their shares of the ground; codes that ended never come back."""
    commands.publish_plan(operator, changed.draft)
    shares = {(row.predecessor.code, row.successor.code): (round(row.of_old or 0, 3), round(row.of_new or 0, 3))
              for row in Succession.objects.select_related("predecessor", "successor")}
    assert shares[unit(3), unit(15)] == (1.0, 0.5)
    assert shares[unit(6), unit(13)][0] + shares[unit(6), unit(14)][0] == pytest.approx(1)
    assert set(Area.objects.filter(status="retired").values_list("code", flat=True)) == {unit(3), unit(4), unit(6)}
    later = commands.open_plan(operator, "再调整")
    told = commands.split_unit(operator, later, changed[unit(1)])
    fresh = set(Area.objects.filter(pk__in=told.touched, plan_id=later).values_list("code", flat=True))
    assert fresh == {unit(16), unit(17)}


def test_a_draft_is_examined_community_by_community(desk: Client, changed: Divided) -> None:  # noqa: F811
    page = desk.get(f"/api/plans/{changed.draft}/check").json()
    assert (page["next"], page["done"], page["all"]) == (None, 2, 2)
    told = {(one["reason"], one["code"]) for one in page["items"]}
    assert ("grids.plan.odd_size", unit(15)) in told
    assert ("grids.plan.unit_count", f"{WEST}R03") in told
    assert ("grids.plan.no_units", EAST) not in told
    assert all(one["box"] for one in page["items"])
    below = desk.get(f"/api/plans/{changed.draft}/check?area={changed[EAST]}").json()
    assert (below["all"], below["items"]) == (1, [])


def test_a_division_in_force_shows_grids_nobody_answers_for(desk: Client, divided: Divided) -> None:  # noqa: F811
    in_force = PlanVersion.objects.filter(state="published").order_by("-number").first()
    assert in_force is not None
    told = desk.get(f"/api/plans/{in_force.pk}/check").json()["items"]
    assert {one["code"] for one in told if one["reason"] == "grids.plan.unstaffed"} == {group(1), group(2)}


def test_the_rules_of_a_plan_decide(desk: Client, divided: Divided) -> None:  # noqa: F811
    PlanVersion.objects.filter(pk=divided.draft).update(rules=plan_rules.Rules(group_least=4, group_most=8).as_dict())
    told = desk.get(f"/api/plans/{divided.draft}/check").json()["items"]
    assert [one for one in told if one["reason"] == "grids.plan.unit_count"] == []
    assert desk.get(f"/api/plans/{divided.draft}/scores").json()["groups"]["odd"] == 0


def test_the_keyboard_examines_the_same(changed: Divided, capsys: pytest.CaptureFixture[str], tmp_path: Any,
                                        monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("jingwei.cli.grids.django_ready", lambda: None)
    out = tmp_path / "核查.csv"
    assert main.main(["grids", "check", "--plan", str(changed.draft), "--out", str(out)]) == 0
    assert "核查了 2 个社区：不合规 0" in capsys.readouterr().out
    text = out.read_text("utf-8-sig")
    assert text.startswith("等级,编号,编码,社区,说明,经度,纬度")
    assert f"{WEST}R03" in text
    assert main.main(["grids", "check", "--area", EAST]) == 0
    assert main.main(["grids", "check", "--area", "404"]) == 2
    assert "没有编码为它的区域" in capsys.readouterr().err


def test_other_plans_are_not_found(desk: Client, divided: Divided) -> None:  # noqa: F811
    for url in (f"/api/plans/{divided.draft}/compare?with={divided.draft}", "/api/plans/999999/compare",
                f"/api/plans/{divided.draft}/compare?with=999999", f"/api/plans/{divided.draft}/check?area=999999"):
        assert desk.get(url).status_code == 404
    assert desk.get(f"/api/plans/{divided.draft}/compare?kind=lost").status_code == 400


def test_areas_that_have_ended_are_found_when_asked_for(desk: Client, changed: Divided, operator: Actor) -> None:  # noqa: F811
    """GRD-07: whoever looks for what happened in them."""
    commands.publish_plan(operator, changed.draft)
    stand = desk.get("/api/areas/find", {"words": unit(6)}).json()["items"]
    assert stand == []
    (over,) = desk.get("/api/areas/find", {"words": unit(6), "ended": "true"}).json()["items"]
    assert (over["code"], over["ended"] is not None) == (unit(6), True)
    both = desk.get("/api/areas/find", {"words": WEST, "ended": "true", "limit": 100}).json()["items"]
    assert [one["ended"] is not None for one in both] == sorted(one["ended"] is not None for one in both)
