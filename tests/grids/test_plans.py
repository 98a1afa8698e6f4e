"""Plan versions: validity, what a draft holds, which ground was in force when (GRD-07, GRD-10)."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
import shapely
from django.db import connection
from django.test.utils import CaptureQueriesContext

from jingwei.grids import commands, finding_places, queries
from jingwei.grids.errors import GridError
from jingwei.grids.models import Area, Boundary, PlanVersion
from jingwei.journal.queries import generations, history
from jingwei.kernel.actor import Actor
from jingwei.kernel.clock import held_at
from tests.grids.conftest import EAST, TREE, WEST, Town, box, layer, manager, middle, reason, units

pytestmark = pytest.mark.django_db
NEW_YEAR = datetime(2024, 1, 1, tzinfo=UTC)
DAY = timedelta(days=1)


def wkb(*place: float, **size: float) -> bytes:
    return shapely.to_wkb(box(*place, **size))


@pytest.fixture
def history_of_ground(db: Any, operator: Actor) -> dict[str, int]:
    """1 January: communities and units. 1 March: the first two units of the west become one."""
    from jingwei.grids.codes import Kind
    from jingwei.grids.layers import Fields

    with held_at(NEW_YEAR):
        commands.import_divisions(operator, TREE.encode())
        commands.import_areas(operator, layer(units(WEST, 0)), Fields("code", "name", 7, Kind.UNIT), publish=False)
        draft = PlanVersion.objects.get(state="draft").id
    with held_at(NEW_YEAR + DAY):
        commands.publish_plan(operator, draft)
        ids = dict(Area.objects.values_list("code", "id"))
    with held_at(NEW_YEAR + 60 * DAY):
        plan = commands.open_plan(operator, "合并")
        new = commands.create_area(operator, f"{WEST}004", "四号", "unit", parent_id=ids[WEST], note="合并", plan_id=plan)
        for old in (1, 2):
            commands.retire(operator, ids[f"{WEST}00{old}"], successors=[new], plan_id=plan)
        commands.redraw(operator, new, wkb(0, 0, width=2))
        commands.publish_plan(operator, plan)
    return {**ids, f"{WEST}004": new}


def test_a_point_lies_in_the_grid_of_its_day(history_of_ground: dict[str, int]) -> None:
    """Then and now: a case of February keeps the grid it was filed in."""
    point = middle(0, 0)

    def code(at: datetime | None) -> str:
        place = queries.locate(*point, at=at)
        return place.code if place else "-"

    assert code(None) == f"{WEST}004"
    assert code(NEW_YEAR + 59 * DAY) == f"{WEST}001"
    assert code(NEW_YEAR + 60 * DAY) == f"{WEST}004"
    assert code(NEW_YEAR - DAY) == "-"
    many = queries.locate_many([point[0]], [point[1]], at=NEW_YEAR + 59 * DAY)
    assert [place and place.code for place in many] == [f"{WEST}001"]


def test_the_version_before_ends_where_the_next_begins(history_of_ground: dict[str, int], operator: Actor) -> None:
    lines = queries.plans(operator)
    assert [(line.number, line.valid_from, line.valid_to) for line in lines] == [
        (3, NEW_YEAR + 60 * DAY, None), (2, NEW_YEAR + DAY, NEW_YEAR + 60 * DAY), (1, NEW_YEAR, NEW_YEAR + DAY)]


def test_a_published_plan_tells_what_it_ended(history_of_ground: dict[str, int]) -> None:
    plan = PlanVersion.objects.get(number=3)
    told = json.loads(history(f"plan:{plan.id}")[-1].data)
    assert told["retired"] == [history_of_ground[f"{WEST}001"], history_of_ground[f"{WEST}002"]]
    assert queries.predecessors([history_of_ground[f"{WEST}004"]]) == set(told["retired"])
    ended = Area.objects.get(code=f"{WEST}001")
    assert (ended.status, ended.valid_to) == ("retired", NEW_YEAR + 60 * DAY)


def test_single_changes_count_from_their_moment(town: Town, operator: Actor) -> None:
    point = middle(1, 0)
    start = PlanVersion.objects.latest("number").valid_from
    assert start is not None
    with held_at(start + DAY):
        commands.retire(operator, town[f"{WEST}002"])
    with held_at(start + 2 * DAY):
        commands.create_area(operator, f"{WEST}005", "五号", "unit", parent_id=town[WEST], wkb=wkb(1, 0))
    codes = [queries.locate(*point, at=start + hours * DAY / 24) for hours in (1, 25, 49)]
    assert [place and place.code for place in codes] == [f"{WEST}002", WEST, f"{WEST}005"]
    assert queries.locate(*point).code == f"{WEST}005"  # type: ignore[union-attr]


@pytest.mark.parametrize("wrong", [NEW_YEAR - DAY, NEW_YEAR, datetime(2999, 1, 1, tzinfo=UTC), datetime(2025, 1, 1)])  # noqa: DTZ001
def test_validity_follows_the_version_before_and_is_not_in_the_future(db: Any, operator: Actor, wrong: datetime) -> None:
    with held_at(NEW_YEAR):
        commands.import_divisions(operator, TREE.encode())
    plan = commands.open_plan(operator, "草案")
    assert reason(commands.publish_plan, operator, plan, valid_from=wrong) is GridError.BAD_VALIDITY
    assert PlanVersion.objects.get(pk=plan).state == "draft"


def test_a_history_may_be_entered_later(db: Any, operator: Actor) -> None:
    commands.import_divisions(operator, TREE.encode(), valid_from=NEW_YEAR)
    assert PlanVersion.objects.get().valid_from == NEW_YEAR


def test_a_plan_is_published_once(tree: Town, operator: Actor) -> None:
    plan = commands.open_plan(operator, "草案")
    assert commands.publish_plan(operator, plan) == 2
    for call in (commands.publish_plan, commands.drop_plan):
        assert reason(call, operator, plan) is GridError.WRONG_STATE


def test_a_plan_that_breaks_a_rule_is_refused_as_a_whole(town: Town, operator: Actor) -> None:
    """A community with units left in it cannot end: the rename beside it does not happen either."""
    plan = commands.open_plan(operator, "草案")
    commands.retire(operator, town[EAST], plan_id=plan)
    commands.retire(operator, town[f"{WEST}001"], plan_id=plan)
    assert reason(commands.publish_plan, operator, plan) is GridError.HAS_CHILDREN
    assert Area.objects.filter(status="active").count() == 12
    assert PlanVersion.objects.get(pk=plan).state == "draft"


def test_a_draft_may_not_hang_below_what_has_ended_meanwhile(town: Town, operator: Actor) -> None:
    plan = commands.open_plan(operator, "草案")
    grid = commands.create_area(operator, "R-1", "甲", "responsibility", parent_id=town[WEST])
    commands.create_area(operator, "R-1-1", "乙", "group", parent_id=grid, plan_id=plan)
    Area.objects.filter(code="R-1-1").update(level=8)
    assert reason(commands.retire, operator, grid) is GridError.HAS_CHILDREN


def test_nothing_in_force_depends_on_a_draft(town: Town, operator: Actor, people: dict[str, UUID]) -> None:
    """Neither below one, nor posted on one, nor succeeded by one, nor one draft on another."""
    plan, other = commands.open_plan(operator, "草案甲"), commands.open_plan(operator, "草案乙")
    grid = commands.create_area(operator, "R-1", "甲", "responsibility", parent_id=town[WEST], plan_id=plan)
    unit = town[f"{WEST}001"]
    assert reason(commands.move, operator, unit, grid) is GridError.IN_DRAFT
    assert reason(commands.create_area, operator, "G-1", "乙", "group", parent_id=grid) is GridError.IN_DRAFT
    assert reason(commands.create_area, operator, "G-1", "乙", "group", parent_id=grid, plan_id=other) is GridError.IN_DRAFT
    assert reason(commands.retire, operator, unit, successors=[grid]) is GridError.BAD_SUCCESSOR
    assert reason(commands.staff, operator, grid, people["wang"], "main", NEW_YEAR.date()) is GridError.IN_DRAFT
    commands.redraw(operator, grid, wkb(0, 0, width=3))
    assert queries.locate(*middle(0, 5)) is None
    assert queries.locate(*middle(0, 0)).code == f"{WEST}001"  # type: ignore[union-attr]
    assert PlanVersion.objects.get(pk=plan).drawing
    commands.drop_plan(operator, plan)
    assert not Area.objects.filter(code="R-1").exists()


def test_a_dropped_draft_leaves_nothing_and_frees_its_codes(town: Town, operator: Actor) -> None:
    from jingwei.grids.codes import Kind
    from jingwei.grids.layers import Fields

    before = Area.objects.count(), Boundary.objects.count()
    rows = [(box(0, 5), {"code": "X-1", "name": "甲"}), (box(1, 5), {"code": "X-2", "name": "乙"})]
    fields = Fields("code", "name", 7, Kind.GRID, under=WEST)
    outcome = commands.import_areas(operator, layer(rows), fields)
    assert outcome.plan_id is not None
    commands.drop_plan(operator, outcome.plan_id)
    assert (Area.objects.count(), Boundary.objects.count()) == before
    assert [line.state for line in queries.plans(operator)] == ["published"] * 3
    assert commands.import_areas(operator, layer(rows), fields).new == 2


def test_drafts_are_for_those_who_manage_areas(tree: Town, operator: Actor) -> None:
    commands.open_plan(operator, "草案")
    assert [line.state for line in queries.plans(operator)] == ["draft", "published"]
    assert [line.state for line in queries.plans(manager(Area.objects.get(code=WEST).path))] == ["published"]


def test_where_costs_no_statement_once_warm(town: Town) -> None:
    known = generations()
    first = queries.locate(*middle(0, 0), known)
    with CaptureQueriesContext(connection, ) as caught:
        assert queries.locate(*middle(0, 0), known) == first
        assert queries.place_of(town[f"{WEST}001"], known) == first
        assert queries.locate_many([120.0005, 0], [23.0005, 0], known) == [first, None]
    assert len(caught) == 0


def test_a_border_is_shared_and_the_lowest_code_holds_it(town: Town) -> None:
    place = queries.locate(120.001, 23.0005)
    assert place is not None
    assert (place.code, place.shared) == (f"{WEST}001", True)
    corner = queries.locate(120.003, 23.0005)
    assert corner is not None
    assert corner.code == f"{WEST}003", "the border of two communities"


def test_the_index_is_kept_in_a_file_and_made_again_when_lost(town: Town) -> None:
    files = list(finding_places.folder().glob("*.locate"))
    key = finding_places.key_of(finding_places.ground().versions["base"][0])
    assert key in {path.stem for path in files}, "made when the plan was published"
    queries.forget()
    (finding_places.folder() / f"{key}.locate").unlink()
    assert queries.locate(*middle(0, 0)).code == f"{WEST}001"  # type: ignore[union-attr]
    assert (finding_places.folder() / f"{key}.locate").is_file()


def test_a_torn_index_file_is_made_again(town: Town) -> None:
    key = finding_places.key_of(finding_places.ground().versions["base"][0])
    path = finding_places.folder() / f"{key}.locate"
    path.write_bytes(path.read_bytes()[:100])
    queries.forget()
    assert queries.locate(*middle(0, 0)).code == f"{WEST}001"  # type: ignore[union-attr]


def test_every_drawing_has_another_name(town: Town, operator: Actor) -> None:
    """A database put back from yesterday must not find the index of the day it has lost."""
    names = set()
    for width in (0.9, 0.8, 0.7):
        commands.redraw(operator, town[f"{WEST}001"], wkb(0, 0, width=width))
        names.add(PlanVersion.objects.latest("number").drawing)
    assert len(names) == 3


def test_nothing_is_found_where_nothing_is_drawn(tree: Town) -> None:
    assert queries.locate(*middle(0, 0)) is None
    assert queries.locate_many([120.0], [23.0]) == [None]
    assert queries.locate(*middle(0, 0), system="fire") is None
    assert queries.locate_all(*middle(0, 0)) == {}


def test_the_first_page_counts_by_level(town: Town) -> None:
    assert queries.summary() == {"areas": 12, "levels": [
        {"name": "省", "count": 1}, {"name": "市", "count": 1}, {"name": "区县", "count": 1}, {"name": "镇街", "count": 1},
        {"name": "村社区", "count": 2}, {"name": "单元网格", "count": 6}]}


def test_codes_cut_after_their_level_name_the_same_place(tree: Town) -> None:
    assert queries.place_by_code("990101") == queries.place_by_code("990101000000")
    assert queries.path_of_code("990101001") == queries.place_by_code("990101001000").path  # type: ignore[union-attr]
    assert queries.path_of_code("990101999") is None
