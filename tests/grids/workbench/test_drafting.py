"""Deeds on a draft: the ground stays covered, codes stay right, everything can be taken back (GRD-05, GRD-06, GRD-07)."""

from typing import Any
from uuid import UUID

import numpy as np
import pytest
import shapely

from jingwei.grids import commands, queries
from jingwei.grids.errors import GridError
from jingwei.grids.models import Area, Boundary, PlanChange
from jingwei.journal import commands as journal
from jingwei.journal import jobs, readers
from jingwei.journal.queries import history
from jingwei.kernel.actor import Actor
from jingwei.kernel.errors import KernelError
from tests.grids.conftest import EAST, WEST, box, layer, manager, middle, reason
from tests.grids.workbench.conftest import Divided, group, groups_in, plan_of, shapes_in, unit

pytestmark = pytest.mark.django_db


def valid(shapes: dict[str, Any]) -> bool:
    return bool(shapely.coverage_is_valid(np.array(list(shapes.values()), dtype=object)))


def line(*places: tuple[float, float]) -> list[tuple[float, float]]:
    return [(120 + x * 0.001, 23 + y * 0.001) for x, y in places]


ACROSS_6 = line((0.9, 1.6), (2.1, 1.4))  # unit 6 lies in column 1, row 1


def test_a_unit_that_stands_is_split_into_two_new_ones(divided: Divided, operator: Actor) -> None:
    """GRD-07: what was in force ends, and only when the draft is published."""
    commands.split_unit(operator, divided.draft, divided[unit(6)], ACROSS_6)
    after = shapes_in(divided.draft)
    assert unit(6) not in after
    assert {unit(13), unit(14)} <= set(after)
    assert valid(after)
    assert groups_in(divided.draft)[group(1)].count(unit(13)) == 1
    assert queries.locate(*middle(1, 1)).code == unit(6), "in force nothing has changed"  # type: ignore[union-attr]


def test_a_unit_made_in_the_draft_keeps_its_code_when_split_again(divided: Divided, operator: Actor) -> None:
    commands.split_unit(operator, divided.draft, divided[unit(6)], ACROSS_6)
    again = Area.objects.get(code=unit(13))
    commands.split_unit(operator, divided.draft, again.pk)
    after = shapes_in(divided.draft)
    assert {unit(13), unit(14), unit(15)} <= set(after)
    assert valid(after)


def test_the_engine_of_the_map_splits_without_a_line(divided: Divided, operator: Actor) -> None:
    """Where no line is drawn, the unit is cut into two alike."""
    commands.split_unit(operator, divided.draft, divided[unit(6)])
    sizes = dict(Boundary.objects.filter(plan=divided.draft, area__code__in=[unit(13), unit(14)]).values_list("area__code", "area_m2"))
    assert max(sizes.values()) / sum(sizes.values()) < 0.6


def test_merged_units_go_where_the_largest_was(divided: Divided, operator: Actor) -> None:
    commands.split_unit(operator, divided.draft, divided[unit(7)], line((2.7, 2.1), (2.7, 0.9)))  # a strip on the right
    pieces = shapes_in(divided.draft)
    small = min((unit(13), unit(14)), key=lambda code: shapely.area(pieces[code]))
    commands.merge_units(operator, divided.draft, [Area.objects.get(code=small).pk, divided[unit(8)]])
    after = shapes_in(divided.draft)
    assert small in after
    assert unit(8) not in after
    assert valid(after)
    assert small in groups_in(divided.draft)[group(2)]


def test_a_border_drawn_anew_changes_both_and_no_code(divided: Divided, operator: Actor) -> None:
    before = shapes_in(divided.draft)
    commands.draw_border(operator, divided.draft, [divided[unit(6)], divided[unit(7)]], line((1.7, 0.9), (1.8, 2.1)))
    after = shapes_in(divided.draft)
    assert set(after) == set(before)
    assert valid(after)
    assert shapely.area(after[unit(6)]) < shapely.area(before[unit(6)])
    drawn = Boundary.objects.filter(plan=divided.draft, area__kind="responsibility").values_list("area__code", flat=True)
    assert set(drawn) == {group(1), group(2)}, "both responsibility grids follow"


def test_units_move_to_another_grid_and_its_outline_follows(divided: Divided, operator: Actor) -> None:
    commands.move_units(operator, divided.draft, [divided[unit(2)], divided[unit(6)], divided[unit(10)]], divided[group(2)])
    held = groups_in(divided.draft)
    assert len(held[group(1)]) == 3
    assert len(held[group(2)]) == 9
    outline = Boundary.objects.get(plan=divided.draft, area=divided[group(2)])
    assert shapely.from_wkb(bytes(outline.wkb)).bounds == pytest.approx(box(1, 0, 3, 3).bounds, abs=1e-9)
    assert Area.objects.get(pk=divided[unit(2)]).parent_id == divided[group(1)], "until it is published"


def test_units_move_into_a_new_grid(divided: Divided, operator: Actor) -> None:
    east = [divided[unit(number, EAST)] for number in range(1, 7)]
    commands.move_units(operator, divided.draft, east)
    held = groups_in(divided.draft)
    assert len(held[f"{EAST}R01"]) == 6
    commands.move_units(operator, divided.draft, east[:3])
    assert sorted(len(units) for code, units in groups_in(divided.draft).items() if code.startswith(EAST)) == [3, 3]


def test_a_grid_that_loses_its_last_unit_ends(divided: Divided, operator: Actor) -> None:
    mine = [divided[code] for code in groups_in(divided.draft)[group(1)]]
    commands.move_units(operator, divided.draft, mine, divided[group(2)])
    assert group(1) not in groups_in(divided.draft)
    commands.undo(operator, divided.draft)
    assert len(groups_in(divided.draft)[group(1)]) == 6


def test_every_deed_can_be_undone_and_redone(divided: Divided, operator: Actor) -> None:
    """Back to the first state and forward to the last, outline by outline."""
    states = [(shapes_in(divided.draft), groups_in(divided.draft))]
    fresh = lambda code: Area.objects.get(code=code).pk  # noqa: E731
    deeds = [
        lambda: commands.split_unit(operator, divided.draft, divided[unit(6)], ACROSS_6),
        lambda: commands.move_units(operator, divided.draft, [fresh(unit(13))], divided[group(2)]),
        lambda: commands.merge_units(operator, divided.draft, [fresh(unit(13)), divided[unit(2)]]),
        lambda: commands.draw_border(operator, divided.draft, [divided[unit(9)], divided[unit(10)]], line((0.6, -0.1), (0.6, 1.1))),
        lambda: commands.move_units(operator, divided.draft, [divided[unit(12)]]),
        lambda: commands.note_unit(operator, divided.draft, divided[unit(12)], "沿河保留"),
    ]
    for deed in deeds:
        deed()
        states.append((shapes_in(divided.draft), groups_in(divided.draft)))
        assert valid(states[-1][0])
    for before in states[-2::-1]:
        commands.undo(operator, divided.draft)
        assert (shapes_in(divided.draft), groups_in(divided.draft)) == before
    assert not Boundary.objects.filter(plan=divided.draft).exists()
    assert not PlanChange.objects.filter(plan=divided.draft).exists()
    assert reason(commands.undo, operator, divided.draft) is GridError.NOTHING_TO_UNDO
    for after in states[1:]:
        commands.redo(operator, divided.draft)
        assert (shapes_in(divided.draft), groups_in(divided.draft)) == after
    assert reason(commands.redo, operator, divided.draft) is GridError.NOTHING_TO_REDO


def test_a_new_deed_takes_the_place_of_undone_ones(divided: Divided, operator: Actor) -> None:
    commands.split_unit(operator, divided.draft, divided[unit(6)], ACROSS_6)
    commands.undo(operator, divided.draft)
    commands.merge_units(operator, divided.draft, [divided[unit(1)], divided[unit(2)]])
    assert reason(commands.redo, operator, divided.draft) is GridError.NOTHING_TO_REDO
    assert unit(13) in shapes_in(divided.draft), "the code of the undone piece is free again"


def test_each_deed_is_one_entry_of_the_journal(divided: Divided, operator: Actor) -> None:
    commands.split_unit(operator, divided.draft, divided[unit(6)], ACROSS_6)
    commands.undo(operator, divided.draft)
    commands.redo(operator, divided.draft)
    verbs = [entry.verb for entry in history(f"plan:{divided.draft}")]
    assert verbs == ["plan.opened", "plan.edited", "plan.edit_undone", "plan.edit_redone"]


@pytest.mark.parametrize(("deed", "why"), [
    (lambda op, d: commands.split_unit(op, d.draft, d[WEST]), GridError.NOT_A_UNIT),
    (lambda op, d: commands.split_unit(op, d.draft, 9_999_999), GridError.NOT_A_UNIT),
    (lambda op, d: commands.split_unit(op, d.draft, d[unit(6)], line((5, 5), (6, 6))), GridError.LINE_MISSES),
    (lambda op, d: commands.merge_units(op, d.draft, [d[unit(1)]]), GridError.TOO_FEW_UNITS),
    (lambda op, d: commands.merge_units(op, d.draft, [d[unit(1)], d[unit(1)]]), GridError.TOO_FEW_UNITS),
    (lambda op, d: commands.merge_units(op, d.draft, [d[unit(1)], d[unit(3)]]), GridError.NOT_TOUCHING),
    (lambda op, d: commands.merge_units(op, d.draft, [d[unit(4)], d[unit(1, EAST)]]), GridError.TWO_COMMUNITIES),
    (lambda op, d: commands.draw_border(op, d.draft, [d[unit(1)], d[unit(2)], d[unit(3)]], line((0, 0), (1, 1))),
     GridError.TOO_FEW_UNITS),
    (lambda op, d: commands.move_units(op, d.draft, [d[unit(1)]], d[EAST]), GridError.NOT_A_GROUP),
    (lambda op, d: commands.move_units(op, d.draft, [d[unit(1, EAST)]], d[group(1)]), GridError.NOT_A_GROUP),
    (lambda op, d: commands.split_unit(op, d.draft, d[unit(6)], seen=7), GridError.EDITED_MEANWHILE),
    (lambda op, d: commands.split_unit(op, 9_999_999, d[unit(6)]), KernelError.NOT_FOUND),
])
def test_what_makes_no_sense_is_refused_and_leaves_nothing(deed: Any, why: Any, divided: Divided, operator: Actor) -> None:
    before = shapes_in(divided.draft)
    assert reason(deed, operator, divided) is why
    assert shapes_in(divided.draft) == before
    assert plan_of(divided.draft).edit == 0


def test_only_who_manages_areas_everywhere_may_edit(divided: Divided, people: dict[str, UUID]) -> None:
    path = Area.objects.get(code=WEST).path
    somebody = manager(path, user_id=people["wang"])
    assert reason(commands.split_unit, somebody, divided.draft, divided[unit(6)]).kind.name in ("FORBIDDEN", "NOT_FOUND")


def test_a_published_plan_is_not_edited(divided: Divided, operator: Actor) -> None:
    commands.split_unit(operator, divided.draft, divided[unit(6)], ACROSS_6)
    commands.publish_plan(operator, divided.draft)
    assert reason(commands.undo, operator, divided.draft) is GridError.WRONG_STATE
    assert queries.locate(*middle(1, 1)).code in (unit(13), unit(14))  # type: ignore[union-attr]


def test_new_buildings_are_counted_in_every_unit_that_stands(divided: Divided, operator: Actor) -> None:
    """A house belongs to the unit that holds its middle; the border that runs through it is told on both sides."""
    houses = layer([(box(0.2, 2.2, 0.3, 0.3), {"households": 4}), (box(0.9, 1.4, 0.3, 0.2), {"households": 6})])
    before = queries.scores(operator, divided.draft)
    assert (before.buildings, before.buildings_cut) == (0, 0)
    commands.import_layer(operator, houses, "buildings", households="households")
    journal.number_entries()
    while readers.step():
        pass
    while jobs.run_one("test"):
        pass
    counted = dict(Boundary.objects.filter(area__kind="unit", buildings__gt=0).values_list("area__code", "households"))
    assert counted == {unit(1): 4, unit(6): 6}
    assert dict(Boundary.objects.filter(cut__gt=0).values_list("area__code", "cut")) == {unit(5): 1, unit(6): 1}
    after = queries.scores(operator, divided.draft)
    assert (after.buildings, after.buildings_cut) == (2, 2)
    commands.split_unit(operator, divided.draft, divided[unit(1)], line((0.5, 1.9), (0.5, 3.1)))
    assert queries.scores(operator, divided.draft).buildings == 2
