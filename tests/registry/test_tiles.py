"""Parts as a layer of the map: what stands there, within the scope, as it is now."""

import pytest
import shapely
from django.db import connection
from django.test.utils import CaptureQueriesContext

from jingwei.formats.vector_tile import MEDIA_TYPE
from jingwei.grids import quadtree
from jingwei.kernel.ids import new_id
from jingwei.registry import commands
from jingwei.registry.commands import Where
from jingwei.registry.models import Part
from tests.cases.conftest import Centre
from tests.formats.tile_reading import read
from tests.registry.conftest import IN_FIRST, NEXT_DOOR, TREE, add

pytestmark = pytest.mark.django_db


def at(z: int, lon: float = IN_FIRST[0], lat: float = IN_FIRST[1]) -> str:
    x = int((lon + 180) / 360 * (1 << z))
    y = next(y for y in range(1 << z) if quadtree.box(z, x, y)[1] <= lat)
    return f"/api/parts/tiles/{z}/{x}/{y}.mvt"


def test_a_tile_holds_points_lines_and_surfaces_with_their_state(centre: Centre) -> None:
    actor, held = centre.act("admin"), add(centre)
    commands.change_state(actor, held, "damaged")
    for shape in (shapely.LineString([(102.0003, 40.0004), (102.0006, 40.0004)]), shapely.box(102.0002, 40.0006, 102.0004, 40.0008)):
        commands.add(actor, new_id(), TREE, Where(wkb=shapely.to_wkb(shape)), {"name": "树丛"})
    answer = centre.client("supervisor").get(at(16))
    assert (answer.status_code, answer["Content-Type"]) == (200, MEDIA_TYPE)
    found = {one.properties["name"]: one for one in read(answer.content)["parts"].features}
    assert found["供水井盖"].properties == {
        "id": str(held), "number": "99010101001000001", "name": "供水井盖", "class": "01001", "state": "damaged"}
    assert len(read(answer.content)["parts"].features) == 3


def test_a_tile_shows_what_changed_a_moment_ago_and_is_kept_while_nothing_did(centre: Centre) -> None:
    client, held = centre.client("supervisor"), add(centre)
    first = client.get(at(16))
    assert first["Cache-Control"] == "private, no-cache"
    assert client.get(at(16), headers={"if-none-match": first["ETag"]}).status_code == 304
    commands.retire(centre.act("admin"), held, reason="拆除")
    again = client.get(at(16), headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (204, b"")


def test_nobody_is_shown_parts_of_elsewhere(centre: Centre, operator: object) -> None:
    commands.add(operator, new_id(), TREE, Where(*NEXT_DOOR), {})  # type: ignore[arg-type]
    assert centre.client("supervisor").get(at(16, *NEXT_DOOR)).status_code == 204
    assert centre.client("neighbour").get(at(16, *NEXT_DOOR)).status_code == 200
    assert centre.client("sysadmin").get(at(16)).status_code == 403


@pytest.mark.parametrize("address", ["14/0/0", "17/0/0", "15/99999/0", "-1/0/0", "a/0/0", "16/0/0.5", "16/99999999999999999999999/0"])
def test_there_is_no_tile_where_parts_could_not_be_told_apart(centre: Centre, address: str) -> None:
    assert centre.client("supervisor").get(f"/api/parts/tiles/{address}.mvt").status_code == 404


def test_a_tile_costs_the_same_however_many_parts_stand_in_it(centre: Centre) -> None:
    client, costs = centre.client("supervisor"), []
    for many in (2, 60):
        for n in range(many - Part.objects.count()):
            add(centre, (IN_FIRST[0] + n * 1e-6, IN_FIRST[1]))
        with CaptureQueriesContext(connection) as caught:
            assert len(read(client.get(at(15)).content)["parts"].features) == many
        costs.append(len(caught))
    assert costs[0] == costs[1] <= 4
