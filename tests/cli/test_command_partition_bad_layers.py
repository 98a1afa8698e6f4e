"""`jingwei partition` on files with faults: a named finding in the report, or a refusal in words, for each."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely
from pyogrio.raw import write

from tests.grids.partition.towns import block_town, strips

Command = Callable[..., str]
STREETS, BUILDINGS, BOUNDARY = block_town()
WEST, EAST = strips(BOUNDARY, 2)
SHIFT = (500_000, 2_500_000)


def drawn(path: Path, shapes: list, *, crs: str | None = "EPSG:4547", shift: tuple[float, float] = SHIFT, swapped: bool = False,
          fields: dict[str, list] | None = None, **more: Any) -> Path:
    """A layer as a file of its own."""
    moved = shapely.transform(np.array(shapes, dtype=object), lambda points: (points + shift)[:, ::-1] if swapped else points + shift)
    kinds = {shape.geom_type for shape in shapes if shape is not None}
    kind = kinds.pop() if len(kinds) == 1 else "Unknown"
    columns = {name: np.array(values, dtype=object) for name, values in (fields or {"nr": [str(at) for at in range(len(shapes))]}).items()}
    write(str(path), geometry=shapely.to_wkb(moved), field_data=list(columns.values()), fields=list(columns),
          driver="ESRI Shapefile" if path.suffix == ".shp" else "GPKG", geometry_type=kind, crs=crs, **more)
    return path


@pytest.fixture
def made(command: Command, tmp_path: Path) -> Callable[..., dict[tuple[str, str], dict]]:
    """`made(streets=…, communities=…)`: the remarks of the report by code and layer; lists of shapes become files."""

    def run(*more: object, status: int = 0, **layers: Any) -> Any:
        words: list[object] = []
        for name, layer in {"streets": STREETS, "buildings": BUILDINGS, **layers}.items():
            if layer is not None:
                words += [f"--{name}", layer if isinstance(layer, Path | str) else drawn(tmp_path / f"{name}.gpkg", layer)]
        report = tmp_path / "report.json"
        said = command("partition", *words, *more, "--out", tmp_path / "plan.gpkg", "--report", report, status=status)
        if status:
            assert not (tmp_path / "plan.gpkg").exists()
            return said
        told = json.loads(report.read_text("utf-8"))
        assert (told["units"]["gap"], told["units"]["overlap"], told["units"]["crossing"]) == (0.0, 0.0, 0.0)
        assert told["units"]["coverage_valid"]
        assert all(one["text"] in said for one in told["remarks"])
        return {(one["code"], one["layer"]): one for one in told["remarks"]}

    return run


def test_sound_layers_have_no_findings(made: Any) -> None:
    assert made(communities=[WEST, EAST]) == {}


def test_rings_that_cross_themselves_are_named_in_each_layer(made: Any) -> None:
    bow = shapely.Polygon([(0, 0), (400, 0), (400, 600), (0, 600), (0, 300), (-20, 280), (0, 280), (-20, 300), (0, 300)])
    house = shapely.Polygon([(50, 50), (90, 90), (90, 50), (50, 90)])
    found = made(communities=[bow, EAST], buildings=[*BUILDINGS, house])
    assert found["invalid", "communities"]["count"] == 1
    assert found["invalid", "buildings"]["count"] == 1


def test_streets_drawn_twice_are_named(made: Any) -> None:
    turned = [shapely.reverse(street) for street in STREETS[:2]]
    assert made(communities=[WEST, EAST], streets=[*STREETS, STREETS[3], *turned])["repeated", "streets"]["count"] == 3


def test_buildings_on_the_border_of_communities_are_named(made: Any) -> None:
    found = made(communities=[WEST, EAST], buildings=[*BUILDINGS, shapely.box(390, 90, 410, 110), shapely.box(380, 290, 410, 310)])
    assert found["on_border", "buildings"]["count"] == 2


def test_communities_without_geometry_or_ground_are_named(made: Any) -> None:
    found = made(communities=[WEST, None, EAST, shapely.box(100, 100, 130, 130)])
    assert found["empty", "communities"]["count"] == 1
    assert found["without_units", "communities"]["count"] == 1


def test_lines_alone_are_divided_and_what_is_missing_is_named(made: Any) -> None:
    found = made("--boundary", "hull", buildings=None)
    assert {("none", "buildings"), ("none", "communities")} <= set(found)
    outlines = [shapely.boundary(building) for building in BUILDINGS]
    assert made("--boundary", "hull", buildings=outlines)["kind", "buildings"]["count"] == len(BUILDINGS)


@pytest.mark.parametrize(("width", "code"), [(0.001, "gap"), (-0.001, "overlap"), (0.5, "gap"), (-0.5, "overlap")])
def test_thin_gaps_and_overlaps_between_communities_are_closed_and_named(made: Any, width: float, code: str) -> None:
    found = made(communities=[shapely.box(0, 0, 390, 600), shapely.box(390 + width, 0, 800, 600)])
    assert set(found) >= {(code, "communities")}


def test_degrees_called_metres_are_refused(made: Any, tmp_path: Path) -> None:
    path = drawn(tmp_path / "degrees.gpkg", [shapely.LineString([(113.9, 22.5), (113.91, 22.51)])], shift=(0, 0))
    assert "与坐标系 EPSG:4547 不相符" in made(streets=path, communities=[WEST, EAST], status=1)


def test_metres_called_degrees_are_refused(made: Any, tmp_path: Path) -> None:
    path = drawn(tmp_path / "metres.gpkg", STREETS, crs="EPSG:4490")
    assert "EPSG:4490" in made(streets=path, communities=[WEST, EAST], status=1)


@pytest.mark.parametrize("layer", ["streets", "buildings"])
def test_a_layer_in_a_zone_ten_degrees_away_is_named(made: Any, tmp_path: Path, layer: str) -> None:
    """The numbers are right, the meridian is not: 105° for 114°."""
    path = drawn(tmp_path / "zone.gpkg", STREETS if layer == "streets" else BUILDINGS, crs="EPSG:4544")
    found = made(**{"communities": [WEST, EAST], layer: path})
    assert "公里" in found["elsewhere", layer]["text"]


def test_communities_in_another_zone_than_the_boundary_are_named(made: Any, tmp_path: Path) -> None:
    boundary = drawn(tmp_path / "boundary.gpkg", [BOUNDARY])
    communities = drawn(tmp_path / "zone.gpkg", [WEST, EAST], crs="EPSG:4546")
    found = made("--boundary", boundary, communities=communities)
    assert {("elsewhere", "communities"), ("unclaimed", "communities")} <= set(found)


def test_a_layer_with_x_and_y_exchanged_is_named(made: Any, tmp_path: Path) -> None:
    path = drawn(tmp_path / "swapped.gpkg", BUILDINGS, shift=(500_000, 600_000), swapped=True)
    around = [drawn(tmp_path / f"{name}.gpkg", shapes, shift=(500_000, 600_000)) for name, shapes in (
        ("near_streets", STREETS), ("near_communities", [WEST, EAST]))]
    found = made(streets=around[0], communities=around[1], buildings=path)
    assert "先后写反" in found["swapped", "buildings"]["text"]


def test_latitude_before_longitude_is_refused(made: Any, tmp_path: Path) -> None:
    path = tmp_path / "turned.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {}, "geometry": {
        "type": "LineString", "coordinates": [[22.5, 113.9], [22.51, 113.91]]}}]}), "utf-8")
    assert "没有读取" in made(streets=path, communities=[WEST, EAST], status=1)


def test_names_in_gbk_without_a_cpg_are_read(made: Any, tmp_path: Path) -> None:
    path = drawn(tmp_path / "gbk.shp", [WEST, EAST], fields={"名称": ["枫林社区", "桂花社区"]}, encoding="GBK")
    path.with_suffix(".cpg").unlink(missing_ok=True)
    made(communities=path)
    report = json.loads((tmp_path / "report.json").read_text("utf-8"))
    assert report["units"]["count"] == 48
    written = (tmp_path / "plan.gpkg").read_bytes()
    assert "枫林社区".encode() in written
    assert "桂花社区".encode() in written


def test_a_cpg_that_lies_about_gbk_is_named(made: Any, tmp_path: Path) -> None:
    path = drawn(tmp_path / "lies.shp", [WEST, EAST], fields={"name": ["枫林社区", "桂花社区"]}, encoding="GBK")
    path.with_suffix(".cpg").write_text("UTF-8", "ascii")
    found = made(communities=path)
    assert [code for code, layer in found if layer == "communities" and "encoding" in code]
    assert "枫林社区".encode() in (tmp_path / "plan.gpkg").read_bytes()


def test_a_shapefile_without_prj_is_refused_until_its_system_is_told(made: Any, tmp_path: Path) -> None:
    path = drawn(tmp_path / "bare.shp", STREETS)
    path.with_suffix(".prj").unlink()
    said = made(streets=path, communities=[WEST, EAST], status=1)
    assert ".prj" in said
    assert "--crs" in said
    others = {name: drawn(tmp_path / f"{name}.shp", shapes) for name, shapes in (("buildings", BUILDINGS), ("communities", [WEST, EAST]))}
    assert made("--crs", "EPSG:4547", streets=path, **others) == {}
