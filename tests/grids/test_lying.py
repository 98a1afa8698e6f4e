"""Whether a layer lies where it belongs: a zone off by one is refused with its distance, a neighbour's map is remarked."""

from typing import Any

import pytest
from shapely.affinity import translate

from jingwei.grids import commands, lying
from jingwei.grids.errors import GridError
from jingwei.grids.findings import Remark
from jingwei.grids.models import LayerVersion
from jingwei.kernel.actor import Actor
from jingwei.kernel.errors import Refusal
from tests.grids.conftest import Town, box, layer

DISTRICT = (120.0, 23.0, 120.006, 23.001)
INSIDE = (120.001, 23.0, 120.002, 23.001)


@pytest.mark.parametrize(("boxes", "district", "reason"), [
    ([INSIDE], DISTRICT, None),
    ([INSIDE, (2.0, 48.0, 2.1, 48.1)], DISTRICT, None),      # one that strayed
    ([(119.99, 22.99, 120.0, 23.0)], DISTRICT, None),        # touches
    ([(120.1, 23.0, 120.2, 23.1)], DISTRICT, Remark.OUTSIDE_GROUND),
    ([(39.9, 75.9, 39.91, 75.91)], None, Remark.NOT_IN_CHINA),  # western China, axes exchanged: the Arctic Sea
    ([INSIDE], None, None),
    ([], DISTRICT, None),
    ([], None, None),
])
def test_where_a_layer_lies_is_remarked(boxes: Any, district: Any, reason: Remark | None) -> None:
    found = lying.check(boxes, district, "EPSG:4547")
    assert [one.reason for one in found] == ([] if reason is None else [reason])
    assert all("?" not in one.text() + one.text("en") for one in found)


@pytest.mark.parametrize(("east", "km"), [(3.0, "307"), (-3.0, "307"), (1.0, "102")])
def test_a_zone_off_by_one_is_refused_with_its_distance(east: float, km: str) -> None:
    moved = (INSIDE[0] + east, INSIDE[1], INSIDE[2] + east, INSIDE[3])
    with pytest.raises(Refusal) as refusal:
        lying.check([moved], DISTRICT, "EPSG:4548")
    assert (refusal.value.reason, refusal.value.details["km"]) == (GridError.LAYER_ELSEWHERE, km)
    assert "EPSG:4548" in refusal.value.text("en")


def test_an_import_that_would_lie_elsewhere_changes_nothing(town: Town, operator: Actor) -> None:
    away = translate(box(0, 0), 3.0)
    with pytest.raises(Refusal) as refusal:
        commands.import_layer(operator, layer([(away, {"name": "别处"})]), "green")
    assert refusal.value.reason is GridError.LAYER_ELSEWHERE
    assert not LayerVersion.objects.exists()
    beside = translate(box(0, 0), 0.1)
    outcome = commands.import_layer(operator, layer([(beside, {"name": "邻近"})]), "green")
    assert [(one.row, one.reason) for one in outcome.findings] == [(0, Remark.OUTSIDE_GROUND)]
