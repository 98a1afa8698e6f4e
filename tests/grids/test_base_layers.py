"""The base map from files: what is taken and refused, when it is shown, and that it changes by one switch."""

from typing import Any

import pytest
import shapely

from jingwei.accounts.errors import AccountError
from jingwei.formats.layers import read_layer
from jingwei.formats.shape_errors import ShapeError
from jingwei.grids import base_layers, commands
from jingwei.grids.commands import base_layers as importing
from jingwei.grids.errors import GridError
from jingwei.grids.models import BaseFeature, LayerVersion, MapState
from jingwei.journal.queries import history
from jingwei.kernel.actor import Actor
from jingwei.kernel.errors import Refusal
from tests.grids.conftest import Town, box, layer, manager, reason


def line(*places: tuple[float, float]) -> shapely.LineString:
    return shapely.LineString([(120 + column * 0.001, 23 + row * 0.001) for column, row in places])


STREETS = layer([(line((0, 0), (3, 0)), {"name": "柳溪路", "kind": "主干路"}), (line((0, 1), (3, 1)), {"name": "巷一", "kind": "巷"})])
PONDS = layer([(box(0, 0), {"name": "示例塘"}), (line((0, 0), (0, 9)), {"name": "示例渠"})])
HOUSES = layer([(box(n * 0.2, 0, 0.1, 0.1), {"name": f"{n} 号楼"}) for n in range(5)])


def shown() -> dict[str, tuple[int | None, int]]:
    return {name: (number, count) for name, number, count in LayerVersion.objects.filter(state="current").values_list(
        "layer", "number", "count")}


def stamp() -> str:
    row = MapState.objects.first()
    return f"{row.number}-{row.token}" if row else ""


@pytest.mark.parametrize(("layer", "kind", "size", "zoom"), [
    ("streets", "主干路", 1.0, 10),   # seen from afar
    ("streets", "Motorway", 1.0, 7),
    ("streets", "巷", 1.0, 13),
    ("streets", "不知何物", 1.0, 13),  # another town's words
    ("streets", "footway", 1.0, 14),
    ("buildings", "", 1.0, 14),
    ("water", "", 5.0, 4),            # a great lake
    ("water", "", 0.01, 8),
    ("green", "", 5.0, 8),
    ("green", "", 0.0001, 14),        # a flower bed: no later than buildings
])
def test_each_feature_is_shown_from_the_zoom_at_which_it_means_something(
        layer: str, kind: str, size: float, zoom: int) -> None:
    assert base_layers.zoom_of(layer, kind, (120, 23, 120 + size, 23 + size / 2)) == zoom


@pytest.mark.parametrize(("given", "kept"), [
    (" 柳溪路 ", "柳溪路"), (None, ""), (12.0, "12"), ("一\x00二\u200b三\n", "一二三"), ("长" * 300, "长" * 100)])
def test_a_name_is_one_visible_line(given: Any, kept: str) -> None:
    assert base_layers.plain(given, 100) == kept


def test_shapes_that_a_layer_cannot_be_made_of_are_refused_row_by_row() -> None:
    given = layer([(line((0, 0), (1, 0)), {}), (box(0, 0), {}), (line((0, 0), (0, 0)), {}), (shapely.Point(120, 23), {}),
                   (line((0, 0), (0, 5)), {})])
    for name, taken in (("streets", [1, 5]), ("water", [1, 2, 5]), ("green", [2]), ("buildings", [2])):
        reading = base_layers.read(name, read_layer(given))
        assert [row.row for row in reading.rows] == taken, name
        refused = {one.row for one in reading.findings if one.grade == "refused"}
        assert refused == {1, 2, 3, 4, 5} - set(taken), name
    reasons = {one.row: one.reason for one in base_layers.read("streets", read_layer(given)).findings}
    assert (reasons[2], reasons[3]) == (ShapeError.NOT_A_LINE, ShapeError.LINE_WITHOUT_LENGTH)


def test_a_field_that_is_not_there_is_refused_and_names_those_that_are() -> None:
    reading = base_layers.read("streets", read_layer(STREETS))
    assert [(row.name, row.kind) for row in reading.rows] == [("柳溪路", "主干路"), ("巷一", "巷")]
    with pytest.raises(Refusal) as refusal:
        base_layers.read("streets", read_layer(STREETS), name="名称")
    assert refusal.value.reason is GridError.COLUMNS_MISSING


@pytest.mark.django_db
def test_a_layer_is_shown_once_it_is_whole_and_its_number_rises(operator: Actor) -> None:
    before = stamp()
    assert commands.import_layer(operator, STREETS, "streets").number == 1
    commands.import_layer(operator, PONDS, "water")
    after = stamp()
    assert before != after
    other = layer([(line((0, 0), (5, 5)), {"name": "新路"})])
    outcome = commands.import_layer(operator, other, "streets")
    assert (outcome.number, outcome.count, outcome.unchanged) == (2, 1, False)
    assert shown() == {"streets": (2, 1), "water": (1, 2)}
    assert list(BaseFeature.objects.filter(version__layer="streets").values_list("name", flat=True)) == ["新路"]
    assert stamp() != after
    entries = history("map_layer:streets")
    assert [entry.verb for entry in entries] == ["map_layer.replaced"] * 2
    assert '"count":1' in entries[1].data


@pytest.mark.django_db
def test_the_same_file_again_changes_nothing(operator: Actor) -> None:
    commands.import_layer(operator, STREETS, "streets")
    before = stamp()
    assert commands.import_layer(operator, STREETS, "streets").unchanged
    assert (shown(), stamp(), len(history("map_layer:streets"))) == ({"streets": (1, 2)}, before, 1)
    assert not commands.import_layer(operator, STREETS, "streets", kind="name").unchanged, "read another way"


class Killed(BaseException):
    """Power cut."""


def cut(after: int) -> Any:
    def progress(done: int, total: int) -> None:
        if done >= after:
            raise Killed
    return progress


@pytest.mark.django_db
def test_killed_half_way_nothing_is_visible_and_the_same_file_goes_on(
        operator: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    """Architecture section 3: killed at any point an import is resumed or leaves nothing visible."""
    commands.import_layer(operator, layer([(box(9, 9), {"name": "旧楼"})]), "buildings")
    monkeypatch.setattr(importing, "BATCH", 2)
    before = stamp()
    with pytest.raises(Killed):
        commands.import_layer(operator, HOUSES, "buildings", progress=cut(4))
    assert (shown(), stamp()) == ({"buildings": (1, 1)}, before)
    seen: list[int] = []
    outcome = commands.import_layer(operator, HOUSES, "buildings", progress=lambda done, total: seen.append(done))
    assert (seen, outcome.number, shown()) == ([5], 2, {"buildings": (2, 5)})
    assert sorted(BaseFeature.objects.values_list("name", flat=True)) == [f"{n} 号楼" for n in range(5)]


@pytest.mark.django_db
def test_killed_while_the_old_one_is_removed_the_next_import_tidies_up(
        operator: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    commands.import_layer(operator, HOUSES, "buildings")

    def kill(version_id: int) -> bool:
        raise Killed

    kept = importing._remove_some
    monkeypatch.setattr(importing, "_remove_some", kill)
    with pytest.raises(Killed):
        commands.import_layer(operator, layer([(box(9, 9), {"name": "新楼"})]), "buildings")
    monkeypatch.setattr(importing, "_remove_some", kept)
    assert shown() == {"buildings": (2, 1)}
    assert BaseFeature.objects.count() == 6
    assert commands.import_layer(operator, layer([(box(9, 9), {"name": "新楼"})]), "buildings").unchanged
    assert BaseFeature.objects.count() == 1


@pytest.mark.django_db
def test_what_another_file_left_unfinished_is_given_up(operator: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importing, "BATCH", 2)
    with pytest.raises(Killed):
        commands.import_layer(operator, HOUSES, "buildings", progress=cut(2))
    commands.import_layer(operator, layer([(box(9, 9), {"name": "别的楼"})]), "buildings")
    assert list(BaseFeature.objects.values_list("name", flat=True)) == ["别的楼"]
    assert sorted(LayerVersion.objects.values_list("state", flat=True)) == ["current", "dropped"]


@pytest.mark.django_db
def test_one_that_is_overtaken_stops_and_says_so(operator: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importing, "BATCH", 2)
    other = layer([(box(9, 9), {"name": "别的楼"})])

    def overtake(done: int, total: int) -> None:
        if done == 2:
            commands.import_layer(operator, other, "buildings")

    with pytest.raises(Refusal) as refusal:
        commands.import_layer(operator, HOUSES, "buildings", progress=overtake)
    assert refusal.value.reason is GridError.CHANGED_MEANWHILE
    assert shown() == {"buildings": (1, 1)}


@pytest.mark.django_db
def test_a_file_of_which_nothing_can_be_taken_leaves_the_old_layer(operator: Actor) -> None:
    commands.import_layer(operator, STREETS, "streets")
    assert reason(commands.import_layer, operator, HOUSES, "streets") is GridError.NOTHING_TAKEN
    assert reason(commands.import_layer, operator, HOUSES, "clouds") is GridError.UNKNOWN_LAYER
    assert shown() == {"streets": (1, 2)}


@pytest.mark.django_db
def test_only_who_manages_the_whole_ground_changes_its_map(town: Town) -> None:
    assert reason(commands.import_layer, manager("1/"), STREETS, "streets") is AccountError.RIGHT_ELSEWHERE
