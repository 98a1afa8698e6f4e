"""A small plain ground: a county, a street, two communities side by side, three unit grids in each."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pytest
import shapely
from django.db import transaction

from jingwei.kernel.actor import Actor, Grant
from jingwei.kernel.errors import ErrorCode, Refusal

STEP = 0.001
COUNTY, STREET, WEST, EAST = "990101000000", "990101001000", "990101001001", "990101001002"
TREE = f"""code,name,parent_code
990000000000,示例省,
990100000000,示例市,990000000000
{COUNTY},示例区,990100000000
{STREET},柳溪街道,{COUNTY}
{WEST},枫林社区,{STREET}
{EAST},书院社区,{STREET}
"""


def box(column: float, row: float, width: float = 1, height: float = 1) -> shapely.Polygon:
    """Steps of some 100 m from 120 E 23 N."""
    return shapely.box(120 + column * STEP, 23 + row * STEP, 120 + (column + width) * STEP, 23 + (row + height) * STEP)


def middle(column: float, row: float) -> tuple[float, float]:
    return 120 + (column + 0.5) * STEP, 23 + (row + 0.5) * STEP


def layer(features: Sequence[tuple[shapely.Geometry, dict[str, Any]]]) -> bytes:
    """A GeoJSON file."""
    return json.dumps({"type": "FeatureCollection", "features": [
        {"type": "Feature", "properties": properties, "geometry": json.loads(shapely.to_geojson(geometry))}
        for geometry, properties in features]}).encode()


def units(community: str, first_column: int) -> list[tuple[shapely.Geometry, dict[str, Any]]]:
    return [(box(first_column + n, 0), {"code": f"{community}{n + 1:03d}", "name": f"{n + 1}号单元"}) for n in range(3)]


@dataclass(frozen=True)
class Town:
    """Ids by code."""

    ids: dict[str, int]

    def __getitem__(self, code: str) -> int:
        return self.ids[code]


@pytest.fixture(autouse=True)
def fresh_ground(request: pytest.FixtureRequest) -> Iterator[None]:
    """The process forgets a database that is rolled back."""
    from jingwei.grids import queries

    queries.forget()
    yield
    queries.forget()


@pytest.fixture
def tree(db: Any, operator: Actor) -> Town:
    """The divisions alone, nothing drawn."""
    from jingwei.grids import commands
    from jingwei.grids.models import Area

    commands.import_divisions(operator, TREE.encode())
    return Town(dict(Area.objects.values_list("code", "id")))


@pytest.fixture
def town(tree: Town, operator: Actor) -> Town:
    """The divisions, the outlines of both communities, six unit grids; published."""
    from jingwei.grids import commands
    from jingwei.grids.codes import Kind
    from jingwei.grids.layers import Fields
    from jingwei.grids.models import Area

    grounds = layer([(box(0, 0, 3), {"code": WEST, "name": "枫林社区"}), (box(3, 0, 3), {"code": EAST, "name": "书院社区"})])
    commands.import_areas(operator, grounds, Fields("code", "name", 5, Kind.COMMUNITY), publish=True)
    commands.import_areas(operator, layer(units(WEST, 0) + units(EAST, 3)), Fields("code", "name", 7, Kind.UNIT),
                          by_place=True, publish=True)
    return Town(dict(Area.objects.values_list("code", "id")))


def manager(path: str, *rights: str, user_id: UUID | None = None) -> Actor:
    """Somebody with area rights over a path only."""
    held = frozenset(rights or ("area.read", "area.manage", "staffing.manage", "plan.publish"))
    return Actor(user_id, "示例管理员", (Grant("area_admin", path, held),))


def reason(call: Any, *arguments: Any, **options: Any) -> ErrorCode:
    """Why a command refuses; what it had begun is rolled back, as the faces do it."""
    with pytest.raises(Refusal) as refusal, transaction.atomic():
        call(*arguments, **options)
    assert "?" not in refusal.value.text("en"), "every placeholder is filled"
    return refusal.value.reason


@pytest.fixture
def people(db: Any, operator: Actor) -> dict[str, UUID]:
    """Three plainly invented members of staff by login."""
    from jingwei.accounts.commands import users

    return {login: users.create(operator, login, name)
            for login, name in (("wang", "王示例"), ("li", "李演示"), ("zhao", "赵试用"))}
