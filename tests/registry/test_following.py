"""Where the ground is drawn anew, parts get their grid anew; the one they were surveyed in stays (GRD-12)."""

from datetime import timedelta

import pytest

from jingwei.grids import commands as grids
from jingwei.journal import readers as reading
from jingwei.journal.commands import number_entries
from jingwei.kernel import clock
from jingwei.kernel.actor import Actor
from jingwei.registry import queries
from tests.cases.conftest import MONDAY_NINE, Centre, square
from tests.registry.conftest import IN_FIRST, add, part

pytestmark = pytest.mark.django_db


def follow() -> None:
    """The worker reads what the journal tells."""
    number_entries()
    while reading.step():
        pass


def test_a_published_plan_gives_parts_their_grid_anew(centre: Centre, operator: Actor) -> None:
    held = add(centre, IN_FIRST)
    follow()
    plan = grids.open_plan(operator, "调整")
    grids.redraw(operator, centre.areas["990101001001001"], square(102.000, 40.000, 0.0002), note="样例", plan_id=plan)
    new = grids.create_area(operator, "990101001001003", "柳溪三号单元", "unit", parent_id=centre.areas["990101001001"],
                            wkb=square(102.0003, 40.0003, 0.0004), note="样例", plan_id=plan)
    follow()
    assert part(held).area_now_id == centre.areas["990101001001001"], "a draft moves nothing"
    with clock.held_at(MONDAY_NINE + timedelta(hours=1)):
        grids.publish_plan(operator, plan)
    follow()
    found = part(held)
    assert (found.area_now_id, found.area_then_id) == (new, centre.areas["990101001001001"])
    last = queries.part_detail(centre.act("boss"), held).history[-1]
    assert (last.said, last.what) == ("网格调整，所在网格随之改变", [
        {"column": "area_now", "name": "所在网格", "before": "柳溪一号单元", "after": "柳溪三号单元"}])


def test_a_move_in_the_tree_takes_the_scope_along(centre: Centre, operator: Actor) -> None:
    held = add(centre, IN_FIRST)
    follow()
    before = part(held).area_path
    street = grids.create_area(operator, "990101002000", "新街道", "street", parent_id=centre.areas["990101000000"])
    grids.move(operator, centre.areas["990101001001"], street)
    follow()
    found = part(held)
    assert found.area_path != before
    assert f"/{street}/" in found.area_path
    assert found.area_then_id == centre.areas["990101001001001"]
