"""Four bounds written from the base map: one area, a part of the tree, never over what somebody wrote by hand."""

import pytest
import shapely
from django.db import connection
from django.test.utils import CaptureQueriesContext

from jingwei.grids import commands
from jingwei.grids.errors import PaperError
from jingwei.grids.models import Area
from jingwei.journal import queries as journal
from jingwei.kernel.actor import Actor
from jingwei.kernel.errors import KernelError
from tests.grids.conftest import EAST, STREET, WEST, Town, box, layer, manager, reason

pytestmark = pytest.mark.django_db
STREETS = layer([
    (shapely.LineString([(119.99, 23.00105), (120.02, 23.00105)]), {"name": "北大街"}),
    (shapely.LineString([(119.99, 22.99995), (120.02, 22.99995)]), {"name": "南大街"}),
    (shapely.LineString([(120.00306, 22.99), (120.00306, 23.02)]), {"name": "中路"}),
    (shapely.LineString([(120.0001, 22.99), (120.0001, 23.02)]), {"name": ""})])
RIVER = layer([(box(-1, -1, 1, 3), {"name": "清河"})])


@pytest.fixture
def mapped(town: Town, operator: Actor) -> Town:
    commands.import_layer(operator, STREETS, "streets")
    commands.import_layer(operator, RIVER, "water")
    return town


def bounds_of(code: str) -> str:
    return Area.objects.get(code=code).four_bounds


def test_one_area_is_bounded_by_what_lies_around_it(mapped: Town, operator: Actor) -> None:
    """GRD-01."""
    said = commands.write_four_bounds(operator, mapped[WEST])
    assert said == bounds_of(WEST) == "东至中路，南至南大街，西至清河，北至北大街"
    entry = journal.history(f"area:{mapped[WEST]}")[-1]
    assert entry.verb == "area.bounds_written"
    assert commands.write_four_bounds(operator, mapped[WEST]) == said
    assert journal.history(f"area:{mapped[WEST]}")[-1].number == entry.number, "unchanged is not written twice"


def test_neighbours_bound_where_no_street_runs_and_across_a_community_it_is_named(town: Town, operator: Actor) -> None:
    assert commands.write_four_bounds(operator, town[f"{WEST}002"]) == "东至3号单元，西至1号单元"
    assert commands.write_four_bounds(operator, town[f"{WEST}003"]) == "东至书院社区，西至2号单元"
    assert commands.write_four_bounds(operator, town[WEST]) == "东至书院社区"


def test_what_is_written_by_hand_is_refused_to_be_overwritten(mapped: Town, operator: Actor) -> None:
    commands.describe(operator, mapped[WEST], four_bounds="东至老槐树")
    assert reason(commands.write_four_bounds, operator, mapped[WEST]) is PaperError.BOUNDS_BY_HAND
    assert bounds_of(WEST) == "东至老槐树"
    commands.write_four_bounds(operator, mapped[WEST], replace=True)
    assert bounds_of(WEST).startswith("东至中路")
    commands.describe(operator, mapped[WEST], four_bounds="东至中路（以路中线为界）")
    assert reason(commands.write_four_bounds, operator, mapped[WEST]) is PaperError.BOUNDS_BY_HAND, "corrected by hand since"


def test_a_text_of_the_program_follows_the_map(mapped: Town, operator: Actor) -> None:
    commands.write_four_bounds(operator, mapped[WEST])
    commands.import_layer(operator, STREETS.replace("中路".encode("unicode_escape"), "新路".encode("unicode_escape")), "streets")
    assert commands.write_four_bounds(operator, mapped[WEST]).startswith("东至新路")


def test_all_below_an_area_are_written_in_batches(mapped: Town, operator: Actor) -> None:
    commands.describe(operator, mapped[f"{EAST}002"], four_bounds="东至老槐树")
    seen, after, totals = 0, "", {"written": 0, "kept": 0, "unknown": 0}
    while True:
        done = commands.write_bounds_below(operator, mapped[STREET], after=after, batch=3)
        seen += 1
        for name in totals:
            totals[name] += getattr(done, name)
        if done.next is None:
            break
        after = done.next
    assert seen == 3
    assert totals == {"written": 7, "kept": 1, "unknown": 0}, "the street has no outline, eight areas have"
    assert bounds_of(f"{WEST}001") == "东至2号单元，南至南大街，西至清河，北至北大街"
    assert bounds_of(f"{EAST}002") == "东至老槐树"
    again = commands.write_bounds_below(operator, mapped[STREET])
    assert (again.written, again.unchanged, again.kept, again.next) == (0, 7, 1, None)
    replaced = commands.write_bounds_below(operator, mapped[STREET], replace=True)
    assert (replaced.written, replaced.kept) == (1, 0)
    assert journal.history(f"area:{mapped[STREET]}")[-1].verb == "area.bounds_written"


def test_a_batch_counts_what_is_left_and_names_what_lacks_a_side(town: Town, operator: Actor) -> None:
    done = commands.write_bounds_below(operator, town[STREET], batch=4)
    assert (done.next, done.left) == (f"{WEST}002", 5)
    assert done.lacking == [WEST, f"{WEST}001", f"{WEST}002"]


def test_statements_of_a_batch_do_not_grow_with_its_areas(mapped: Town, operator: Actor) -> None:
    def statements(batch: int) -> int:
        with CaptureQueriesContext(connection) as found:
            commands.write_bounds_below(operator, mapped[STREET], after=WEST, batch=batch, replace=True)
        return len(found)

    commands.write_bounds_below(operator, mapped[STREET])
    assert statements(1) == statements(3)


def test_without_an_outline_or_anything_around_it_is_said(tree: Town, operator: Actor) -> None:
    assert reason(commands.write_four_bounds, operator, tree[WEST]) is PaperError.NO_OUTLINE
    commands.redraw(operator, tree[WEST], shapely.to_wkb(box(0, 0, 3)))
    assert reason(commands.write_four_bounds, operator, tree[WEST]) is PaperError.BOUNDS_UNKNOWN


def test_writing_needs_the_right_over_the_area(mapped: Town) -> None:
    path = Area.objects.get(code=EAST).path
    assert reason(commands.write_four_bounds, manager(path), mapped[WEST]) is KernelError.NOT_FOUND
    assert reason(commands.write_bounds_below, manager(path), mapped[WEST]) is KernelError.NOT_FOUND
    reader = manager(path, "area.read")
    assert "right" in reason(commands.write_bounds_below, reader, mapped[EAST]).code
