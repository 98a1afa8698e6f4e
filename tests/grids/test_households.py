"""How many households a building holds: read from its layer, kept as a number, refused by row where it is none."""

from typing import Any

import pytest

from jingwei.accounts.queries import Role
from jingwei.formats.layers import read_layer
from jingwei.grids import base_layers, commands
from jingwei.grids.errors import GridError
from jingwei.grids.findings import Remark
from jingwei.grids.models import BaseFeature, LayerVersion
from jingwei.kernel.actor import Actor
from jingwei.kernel.errors import Refusal
from tests.cast import EVERYWHERE
from tests.grids.conftest import box, layer
from tests.grids.test_base_layers import STREETS
from tests.grids.test_matrix import Townsfolk, townsfolk
from tests.uploads import standing, upload

__all__ = ["townsfolk"]


def houses(*values: Any, field: str = "户数", at: tuple[float, float] = (0, 0)) -> bytes:
    return layer([(box(at[0] + n * 0.2, at[1], 0.1, 0.1), {"name": f"{n} 号楼", field: value}) for n, value in enumerate(values)])


HOME = (-18_000, 17_000)  # steps to the outlines of the cast, 102 E 40 N


@pytest.mark.parametrize(("written", "held"), [
    (0, 0), (24, 24), (24.0, 24), ("24", 24), (" 24 ", 24), (100_000, 100_000), (None, None), ("", None), ("  ", None)])
def test_a_whole_number_is_taken_and_nothing_means_unknown(written: Any, held: int | None) -> None:
    reading = base_layers.read("buildings", read_layer(houses(written)))
    assert [row.households for row in reading.rows] == [held]
    assert reading.findings == []
    assert (reading.households_field, reading.households) == ("户数", held or 0)


@pytest.mark.parametrize("written", [-1, 2.5, "十二", "１２", "12户", True, False, 100_001, 10**30, "1e3", [3], {"a": 1}])
def test_whatever_is_no_number_of_households_refuses_its_row_alone(written: Any) -> None:
    reading = base_layers.read("buildings", read_layer(houses(7, written)))
    assert [(row.row, row.households) for row in reading.rows] == [(1, 7)]
    [finding] = reading.findings
    assert (finding.row, finding.reason, finding.grade) == (2, Remark.BAD_HOUSEHOLDS, "refused")
    assert "?" not in finding.text("en") + finding.text("zh")


@pytest.mark.parametrize(("field", "asked", "read_from"), [
    ("households", "", "households"), ("户数", "", "户数"), ("hs", "", ""), ("hs", "hs", "hs")])
def test_the_field_is_the_one_named_or_the_one_usually_called_so(field: str, asked: str, read_from: str) -> None:
    reading = base_layers.read("buildings", read_layer(houses(3, field=field)), households=asked)
    assert reading.households_field == read_from
    assert reading.rows[0].households == (3 if read_from else None)


def test_only_buildings_hold_households_and_the_field_must_be_there() -> None:
    with pytest.raises(Refusal) as refusal:
        base_layers.read("streets", read_layer(STREETS), households="name")
    assert refusal.value.reason is GridError.ONLY_BUILDINGS
    with pytest.raises(Refusal) as refusal:
        base_layers.read("buildings", read_layer(houses(3)), households="hs")
    assert refusal.value.reason is GridError.COLUMNS_MISSING
    assert base_layers.read("green", read_layer(houses("no number"))).rows[0].households is None


@pytest.mark.parametrize("layer_name", ["streets", "buildings"])
def test_a_layer_without_features_is_refused_in_its_own_words(layer_name: str) -> None:
    with pytest.raises(Refusal) as refusal:
        base_layers.read(layer_name, read_layer(layer([])))
    assert refusal.value.reason is GridError.LAYER_EMPTY


@pytest.mark.django_db
def test_the_import_fills_the_column(operator: Actor) -> None:
    commands.import_layer(operator, houses(12, None, 0), "buildings")
    assert list(BaseFeature.objects.order_by("id").values_list("households", flat=True)) == [12, None, 0]
    assert commands.import_layer(operator, houses(12, None, 0), "buildings").households == 12
    again = commands.import_layer(operator, houses(12, None, 0, field="hs"), "buildings", households="hs")
    assert (again.unchanged, again.households, again.households_field) == (False, 12, "hs")


@pytest.mark.django_db
def test_the_desk_imports_a_layer_as_the_keyboard_does(townsfolk: Townsfolk) -> None:
    client: Any = townsfolk.client(townsfolk.of(Role.AREA_ADMIN, EVERYWHERE))
    sent, asked = houses(12, 2.5, None, at=HOME), {"layer": "buildings", "name": "name"}
    before = standing()
    foretold = upload(client, "layer", sent, **asked).json()
    assert standing() == before
    assert (foretold["counts"]["added"], foretold["counts"]["rejected"]) == (2, 1)
    assert (foretold["households"], foretold["households_field"], foretold["number"]) == (12, "户数", None)
    assert foretold["rejects"][0]["row"] == 2
    done = upload(client, "layer", sent, dry_run="0", **asked).json()
    assert {**foretold, "dry_run": False, "number": 1, "replaced": True} == done
    assert LayerVersion.objects.get(layer="buildings", state="current").count == 2
    again = upload(client, "layer", sent, dry_run="0", **asked).json()
    assert (again["counts"]["added"], again["counts"]["unchanged"], again["replaced"]) == (0, 2, False)


@pytest.mark.django_db
@pytest.mark.parametrize(("fields", "status", "code"), [
    ({"layer": "clouds"}, 422, "grids.unknown_layer"), ({}, 422, "grids.unknown_layer"), ({"layer": "x" * 21}, 400, "request.invalid"),
    ({"layer": "streets", "households": "户数"}, 400, "grids.only_buildings"),
    ({"layer": "streets"}, 422, "grids.nothing_taken"), ({"layer": "buildings", "name": "no"}, 422, "grids.columns_missing"),
    ({"layer": "buildings", "sublayer": "no"}, 400, "formats.layer_missing"), ({"layer": "bui\x00"}, 422, "grids.unknown_layer"),
    ({"layer": "buildings", "crs": "北京"}, 400, "formats.crs_not_understood"),
])
def test_what_cannot_be_a_layer_is_refused_with_a_code(
        townsfolk: Townsfolk, fields: dict[str, str], status: int, code: str) -> None:
    client: Any = townsfolk.client(townsfolk.of(Role.AREA_ADMIN, EVERYWHERE))
    before = BaseFeature.objects.count()
    answer = upload(client, "layer", houses(1), dry_run="0", **fields)
    assert (answer.status_code, answer.json()["code"]) == (status, code), answer.content
    assert BaseFeature.objects.count() == before
