"""The engine over a town's own layers: asked for on the desk, followed, called off, left as a draft (G2, GRD-05 to GRD-10)."""

import multiprocessing
import time
from typing import Any

import numpy as np
import pytest
import shapely
from django.test import Client

from jingwei.accounts.queries import Role
from jingwei.grids import commands, jobs, plan_rows
from jingwei.grids.codes import Kind
from jingwei.grids.layers import Fields
from jingwei.grids.models import Area, Boundary, PlanChange, PlanVersion, Proposal
from jingwei.grids.seams import areas_m2
from jingwei.journal.queries import history
from jingwei.kernel.actor import Actor
from tests.grids.conftest import EAST, STREET, TREE, WEST, box, layer, reason
from tests.grids.workbench.test_http import client_of, send

pytestmark = pytest.mark.django_db


def lay_ground(operator: Actor, *, streets: bool = True, outlines: bool = True) -> None:
    """Two communities of 1.0 × 0.6 km, a street every 200 m, a house of three households in every hectare."""
    commands.import_divisions(operator, TREE.encode())
    if outlines:
        grounds = layer([(box(0, 0, 10, 6), {"code": WEST, "name": "枫林社区"}), (box(10, 0, 10, 6), {"code": EAST, "name": "书院社区"})])
        commands.import_areas(operator, grounds, Fields("code", "name", 5, Kind.COMMUNITY), publish=True)
    if streets:
        lines = [(shapely.LineString([(120 + x * 0.001, 22.999), (120 + x * 0.001, 23.007)]), {"name": f"{x}号路"})
                 for x in range(0, 21, 2)]
        lines += [(shapely.LineString([(119.999, 23 + y * 0.001), (120.021, 23 + y * 0.001)]), {"name": f"{y}号街"})
                  for y in range(0, 7, 2)]
        commands.import_layer(operator, layer(lines), "streets", name="name")
    houses = [(box(x + 0.3, y + 0.3, 0.2, 0.2), {"households": 3}) for x in range(20) for y in range(6)]
    commands.import_layer(operator, layer(houses), "buildings", households="households")


@pytest.fixture
def ground(db: Any, operator: Actor) -> dict[str, int]:
    lay_ground(operator)
    return dict(Area.objects.values_list("code", "id"))


@pytest.fixture
def desk(ground: dict[str, int], operator: Actor) -> Client:
    return client_of(operator, "clerk", Role.AREA_ADMIN)


def ask(desk: Client, area: int, *, keep: bool = False, **rules: Any) -> int:
    answer = send(desk, "/api/plans/proposals", area=area, title="首次划分", keep=keep, rules=rules)
    assert answer.status_code == 201, answer.content
    return int(answer.json()["id"])


def test_the_desk_is_told_what_there_is_to_divide(desk: Client, ground: dict[str, int]) -> None:
    told = desk.get(f"/api/plans/proposals/ground?area={ground[STREET]}").json()
    assert told == {"communities": 2, "communities_drawn": 2, "streets": 15, "buildings": 120, "water": 0, "units": 0,
                    "ready": True, "missing": []}


def test_what_is_missing_is_named_and_nothing_begins(db: Any, operator: Actor) -> None:
    lay_ground(operator, outlines=False)
    street = Area.objects.get(code=STREET).pk

    told = client_of(operator, "clerk", Role.AREA_ADMIN).get(f"/api/plans/proposals/ground?area={street}").json()
    assert (told["ready"], told["missing"]) == (False, ["社区或村的边界（图层）"])
    from jingwei.grids.errors import GridError
    from jingwei.grids.plan_rules import DENSE

    assert reason(commands.ask_proposal, operator, street, "", DENSE) is GridError.NOTHING_TO_DIVIDE
    assert not Proposal.objects.exists()


def test_a_proposal_becomes_a_draft_that_covers_every_community(desk: Client, ground: dict[str, int], operator: Actor) -> None:
    """From layers to a coded, grouped plan: seamless, nothing crosses a community, codes from the north-west."""
    made = ask(desk, ground[STREET], group_least=10, group_most=16, workload="households")
    assert jobs.propose.func(made) == "done"
    told = desk.get(f"/api/plans/proposals/{made}").json()
    assert (told["state"], told["done"], told["stage_words"] != "") == ("done", 1.0, True)
    assert told["report"]["units"]["coverage_valid"]
    plan = PlanVersion.objects.get(pk=told["plan_id"])
    assert (plan.state, plan.title, plan.rules["workload"]) == ("draft", "首次划分", "households")
    standing = plan_rows.standing(plan)
    drawn = dict(plan_rows.drawn(plan, kind="unit").values_list("area__code", "wkb"))
    shapes = shapely.from_wkb([bytes(wkb) for wkb in drawn.values()])
    assert shapely.coverage_is_valid(np.asarray(shapes))
    for community, ground_box in ((WEST, box(0, 0, 10, 6)), (EAST, box(10, 0, 10, 6))):
        mine = shapely.union_all([shape for code, shape in zip(drawn, shapes, strict=True) if code.startswith(community)])
        apart = float(areas_m2([shapely.symmetric_difference(mine, ground_box)])[0])
        assert apart < 20, "a straight border in degrees and one in metres lie millimetres apart over a kilometre"
    assert f"{WEST}001" in drawn
    north_west = shapely.from_wkb(bytes(drawn[f"{WEST}001"])).bounds
    assert (round(north_west[0], 4), round(north_west[3], 4)) == (120.0, 23.006)
    counts = standing.filter(kind="responsibility").values_list("code", "name")
    assert ("枫林社区第1网格" in dict(counts).values(), len(counts) >= 8) == (True, True)
    view = desk.get(f"/api/plans/{plan.pk}/scores").json()
    assert (view["buildings"], view["units"]["odd"], view["groups"]["odd"], view["ungrouped"]) == (120, 0, 0, 0)
    assert view["groups"]["imbalance"] < 1.3
    findings = desk.get(f"/api/plans/{plan.pk}/check").json()["items"]
    assert {one["reason"] for one in findings} <= {"grids.plan.thin_gap"}
    commands.publish_plan(operator, plan.pk)
    assert [entry.verb for entry in history(f"proposal:{made}")] == ["proposal.asked", "proposal.ended"]


def test_dividing_anew_retires_what_stood_and_gives_no_code_twice(desk: Client, ground: dict[str, int], operator: Actor) -> None:
    first = ask(desk, ground[WEST], group_least=4, group_most=40)
    jobs.propose.func(first)
    plan = Proposal.objects.get(pk=first).plan_id
    commands.publish_plan(operator, plan or 0)
    before = set(Area.objects.filter(kind="unit").values_list("code", flat=True))
    again = ask(desk, ground[WEST], group_least=4, group_most=40, unit_target=20_000, unit_least=10_000, unit_most=30_000)
    jobs.propose.func(again)
    draft = Proposal.objects.get(pk=again).plan_id
    after = set(Area.objects.filter(kind="unit", plan_id=draft).values_list("code", flat=True))
    assert after
    assert not after & before
    assert PlanChange.objects.filter(plan_id=draft, verb="retire", area__kind="unit").count() == len(before)
    commands.publish_plan(operator, draft or 0)
    assert set(Area.objects.filter(kind="unit", status="active").values_list("code", flat=True)) == after


def test_what_stands_and_is_right_stays_with_its_code_and_its_grid(desk: Client, ground: dict[str, int], operator: Actor) -> None:
    """Re-run from a plan: only ground that breaks a rule is cut again; people stay on their grids."""
    rules = {"group_least": 8, "group_most": 16}
    jobs.propose.func(ask(desk, ground[STREET], **rules))
    first = Proposal.objects.latest("id").plan_id or 0
    commands.publish_plan(operator, first)
    again = ask(desk, ground[STREET], keep=True, **rules)
    assert jobs.propose.func(again) == "done"
    told = desk.get(f"/api/plans/proposals/{again}").json()
    assert (told["plan_id"], told["said"][:10]) == (None, "现有划分已经符合规则")
    spoiled = commands.open_plan(operator, "并大了")
    group = Area.objects.filter(kind="responsibility", status="active").order_by("code").first()
    assert group is not None
    units = list(Area.objects.filter(parent=group, kind="unit").order_by("code").values_list("id", flat=True))
    shapes = {row.area_id: shapely.from_wkb(bytes(row.wkb)) for row in Boundary.objects.filter(area_id__in=units)}
    other = next(one for one in units[1:] if shapely.length(shapely.intersection(shapes[units[0]], shapes[one])) > 0.0005)
    commands.merge_units(operator, spoiled, [units[0], other])
    commands.publish_plan(operator, spoiled)
    before = set(Area.objects.filter(kind="unit", status="active").values_list("code", flat=True))
    third = ask(desk, ground[STREET], keep=True, **rules)
    assert jobs.propose.func(third) == "done"
    told = desk.get(f"/api/plans/proposals/{third}").json()
    assert told["report"]["stability"]["units_unchanged_share"] > 0.9
    changes = desk.get(f"/api/plans/{told['plan_id']}/compare").json()["counts"]
    assert changes["new"] <= 4
    assert changes["retired"] <= 2
    commands.publish_plan(operator, told["plan_id"])
    after = set(Area.objects.filter(kind="unit", status="active").values_list("code", flat=True))
    assert len(before & after) >= len(before) - 2
    assert Area.objects.get(pk=group.pk).status == "active"
    assert desk.get(f"/api/plans/{told['plan_id']}/scores").json()["units"]["odd"] == 0


def test_a_proposal_that_waits_can_be_called_off(desk: Client, ground: dict[str, int]) -> None:
    made = ask(desk, ground[STREET])
    other = send(desk, "/api/plans/proposals", area=ground[STREET])
    assert other.json()["code"] == "grids.proposal_running"
    assert send(desk, f"/api/plans/proposals/{made}/cancel").status_code == 204
    assert jobs.propose.func(made) == "cancelled"
    assert not PlanVersion.objects.filter(state__in=["draft", "staging"]).exists()
    assert send(desk, f"/api/plans/proposals/{made}/cancel").json()["code"] == "grids.proposal_over"


def test_a_proposal_that_runs_is_stopped_and_leaves_nothing(desk: Client, ground: dict[str, int],
                                                           monkeypatch: pytest.MonkeyPatch) -> None:
    from jingwei.grids.partition import apart

    def slow(to_parent: Any, given: bytes) -> None:
        time.sleep(30)

    monkeypatch.setattr(apart, "_work", slow)
    fork = multiprocessing.get_context("fork")  # a child that knows what was put in place here
    monkeypatch.setattr(apart.multiprocessing, "get_context", lambda method: fork)
    made = ask(desk, ground[STREET])
    Proposal.objects.filter(pk=made).update(stopping=True)
    began = time.monotonic()
    assert jobs.propose.func(made) == "cancelled"
    assert time.monotonic() - began < 5
    assert not PlanVersion.objects.filter(state__in=["draft", "staging"]).exists()


def test_rules_that_cannot_be_meant_are_refused(desk: Client, ground: dict[str, int]) -> None:
    for rules in ({"unit_least": 9_000, "unit_most": 10_000}, {"group_least": 20, "group_most": 10}, {"unit_target": 1}):
        assert send(desk, "/api/plans/proposals", area=ground[STREET], rules=rules).json()["code"] == "grids.bad_rules"
    assert send(desk, "/api/plans/proposals", area=ground[STREET], rules={"unit_target": -1}).status_code == 400
    assert send(desk, "/api/plans/proposals", area=999_999).status_code == 404
