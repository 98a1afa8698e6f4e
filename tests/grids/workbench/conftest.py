"""A town whose ground is divided: the west into twelve units in two responsibility grids, the east into six without any."""

from dataclasses import dataclass
from typing import Any

import pytest
import shapely

from jingwei.grids import commands
from jingwei.grids.codes import Kind
from jingwei.grids.layers import Fields
from jingwei.grids.models import Area, PlanVersion
from jingwei.kernel.actor import Actor
from tests.grids.conftest import EAST, TREE, WEST, box, layer


@dataclass(frozen=True)
class Divided:
    """Ids by code, and a draft over the division that is in force."""

    ids: dict[str, int]
    draft: int

    def __getitem__(self, code: str) -> int:
        return self.ids[code]


def unit(number: int, community: str = WEST) -> str:
    return f"{community}{number:03d}"


def group(number: int) -> str:
    return f"{WEST}R{number:02d}"


def _units() -> list[tuple[Any, dict[str, Any]]]:
    """West: columns 0-3, rows 0-2, numbered row by row from the north; the two columns on the left are R01."""
    rows = []
    for number in range(12):
        row, column = divmod(number, 4)
        rows.append((box(column, 2 - row), {"code": unit(number + 1), "grid": group(1 if column < 2 else 2)}))
    for number in range(6):
        row, column = divmod(number, 2)
        rows.append((box(4 + column, 2 - row), {"code": unit(number + 1, EAST), "grid": EAST}))
    return rows


def lay_town(operator: Actor) -> None:
    commands.import_divisions(operator, TREE.encode())
    grounds = layer([(box(0, 0, 4, 3), {"code": WEST, "name": "枫林社区"}), (box(4, 0, 2, 3), {"code": EAST, "name": "书院社区"})])
    commands.import_areas(operator, grounds, Fields("code", "name", 5, Kind.COMMUNITY), publish=True)
    groups = layer([(box(0, 0, 2, 3), {"code": group(1), "name": "第一网格", "in": WEST}),
                    (box(2, 0, 2, 3), {"code": group(2), "name": "第二网格", "in": WEST})])
    commands.import_areas(operator, groups, Fields("code", "name", 6, Kind.RESPONSIBILITY, parent="in"), publish=True)
    commands.import_areas(operator, layer(_units()), Fields("code", "code", 7, Kind.UNIT, parent="grid"), publish=True)


@pytest.fixture
def divided(db: Any, operator: Actor) -> Divided:
    lay_town(operator)
    return Divided(dict(Area.objects.values_list("code", "id")), commands.open_plan(operator, "调整"))


def plan_of(plan_id: int) -> PlanVersion:
    return PlanVersion.objects.get(pk=plan_id)


def shapes_in(plan_id: int) -> dict[str, Any]:
    """Code → outline of the units that stand in a plan."""
    from jingwei.grids import plan_rows

    plan = plan_of(plan_id)
    return {code: shapely.from_wkb(bytes(wkb)) for code, wkb in
            plan_rows.drawn(plan, kind="unit").values_list("area__code", "wkb")}


def groups_in(plan_id: int) -> dict[str, list[str]]:
    """Code of each responsibility grid → codes of its units in a plan."""
    from jingwei.grids import plan_rows
    from jingwei.grids.commands.bench import Bench

    bench = Bench(plan_of(plan_id))
    standing = plan_rows.standing(bench.plan).filter(kind="responsibility")
    codes = dict(Area.objects.values_list("id", "code"))
    return {code: [codes[one] for one in bench.members(area)] for area, code in standing.values_list("id", "code")}
