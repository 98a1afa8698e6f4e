"""Point to area: the rule on borders, the file, and equality with a plain loop."""

import csv
import gzip
import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from jingwei.grids.locate import NOWHERE, Hit, Index, Shape, file_of

UNIT, VILLAGE = 7, 5


def box(identifier: int, west: float, south: float, east: float, north: float, *, code: str = "",
        level: int = UNIT) -> Shape:
    return Shape(identifier, code or f"{identifier:03d}", level, shapely.to_wkb(shapely.box(west, south, east, north)))


SQUARES = [box(2, 0, 0, 1, 1, code="B"), box(1, 1, 0, 2, 1, code="A"), box(3, 0, 1, 1, 2, code="C")]
CASES = [
    ("inside", 0.5, 0.5, Hit(2, UNIT)),
    ("on the border of two the lowest code wins", 1.0, 0.5, Hit(1, UNIT, (2,))),
    ("on a corner of three", 1.0, 1.0, Hit(1, UNIT, (2, 3))),
    ("on an outer border", 0.0, 0.25, Hit(2, UNIT)),
    ("nowhere", 1.5, 1.5, None),
    ("not a number", float("nan"), 0.5, None),
    ("off the earth", 200.0, 0.5, None),
]


@pytest.mark.parametrize(("gloss", "lon", "lat", "expected"), CASES, ids=[c[0] for c in CASES])
def test_where_a_point_lies(gloss: str, lon: float, lat: float, expected: Hit | None) -> None:
    index = Index.build(SQUARES)
    assert index.one(lon, lat) == expected
    assert index.many([lon], [lat]).tolist() == [expected.id if expected else NOWHERE]


def test_the_deepest_level_wins_and_the_one_above_fills_its_gaps() -> None:
    index = Index.build([box(9, 0, 0, 10, 10, code="0", level=VILLAGE), *SQUARES])
    assert index.one(0.5, 0.5) == Hit(2, UNIT)
    assert index.one(5, 5) == Hit(9, VILLAGE)
    assert index.many([0.5, 5, 50], [0.5, 5, 50]).tolist() == [2, 9, NOWHERE]


def test_a_hole_belongs_to_whoever_fills_it_and_its_border_to_both() -> None:
    ring = shapely.Polygon(shapely.box(0, 0, 3, 3).exterior, [shapely.box(1, 1, 2, 2).exterior])
    index = Index.build([Shape(1, "B", UNIT, shapely.to_wkb(ring)), box(2, 1, 1, 2, 2, code="A")])
    assert index.one(1.5, 1.5) == Hit(2, UNIT)
    assert index.one(1.0, 1.5) == Hit(2, UNIT, (1,))
    assert Index.build([Shape(1, "B", UNIT, shapely.to_wkb(ring))]).one(1.5, 1.5) is None


def test_an_exclave_is_part_of_its_area() -> None:
    parts = shapely.union(shapely.box(0, 0, 1, 1), shapely.box(5, 5, 6, 6))
    index = Index.build([Shape(4, "X", UNIT, shapely.to_wkb(parts))])
    assert index.many([0.5, 5.5, 3], [0.5, 5.5, 3]).tolist() == [4, 4, NOWHERE]


def test_areas_that_do_not_count_today_are_passed_over() -> None:
    index = Index.build([box(9, 0, 0, 10, 10, code="0", level=VILLAGE), *SQUARES])
    assert index.one(1.0, 0.5, skip={1}) == Hit(2, UNIT)
    assert index.one(0.5, 0.5, skip={2}) == Hit(9, VILLAGE)
    assert index.many([1.0, 0.5], [0.5, 0.5], skip={1, 2}).tolist() == [9, 9]


def test_nothing_drawn_holds_nothing() -> None:
    index = Index.build([])
    assert len(index) == 0
    assert index.one(0, 0) is None
    assert index.many([0.0], [0.0]).tolist() == [NOWHERE]
    points_only = Index.build([Shape(1, "A", UNIT, shapely.to_wkb(shapely.Point(0, 0)))])
    assert len(points_only) == 0


def test_it_wants_as_many_longitudes_as_latitudes() -> None:
    with pytest.raises(ValueError, match="as many"):
        Index.build(SQUARES).many([1.0], [1.0, 2.0])


def test_a_file_gives_the_same_answers_and_is_mapped(tmp_path: Path) -> None:
    built = Index.build([box(9, 0, 0, 10, 10, code="0", level=VILLAGE), *SQUARES])
    path = built.save(tmp_path / "index", "base-1")
    loaded = Index.load(tmp_path / "index", "base-1")
    assert loaded is not None
    assert isinstance(loaded._arrays["points"], np.memmap)
    assert [loaded.one(*c[1:3]) for c in CASES] == [built.one(*c[1:3]) for c in CASES]
    assert [p.name for p in path.parent.iterdir()] == ["base-1.locate"], "no half-written file is left"


def test_an_empty_index_survives_the_file(tmp_path: Path) -> None:
    Index.build([]).save(tmp_path, "base-0")
    loaded = Index.load(tmp_path, "base-0")
    assert loaded is not None
    assert len(loaded) == 0


@pytest.mark.parametrize("damage", ["cut", "longer", "other magic", "other key", "absent", "garbage table"])
def test_a_file_that_is_not_whole_is_not_believed(tmp_path: Path, damage: str) -> None:
    path = Index.build(SQUARES).save(tmp_path, "base-1")
    whole = path.read_bytes()
    key = "base-2" if damage == "other key" else "base-1"
    if damage == "other key":
        path.rename(file_of(tmp_path, key))
    elif damage == "absent":
        path.unlink()
    else:
        path.write_bytes({"cut": whole[:-64], "longer": whole + b"x", "other magic": b"X" + whole[1:],
                          "garbage table": whole[:16] + b"\xff" * 40 + whole[56:]}[damage])
    assert Index.load(tmp_path, key) is None


def test_a_failed_save_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    index = Index.build(SQUARES)
    before = index.save(tmp_path, "base-1").read_bytes()

    def full(*args: object) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr("jingwei.grids.array_file._write", full)
    with pytest.raises(OSError, match="Input"):
        Index.build([]).save(tmp_path, "base-1")
    assert [p.read_bytes() for p in tmp_path.iterdir()] == [before]


@pytest.mark.parametrize("key", ["", "../x", "a b", "网格", "a/b"])
def test_a_key_is_a_plain_name(tmp_path: Path, key: str) -> None:
    with pytest.raises(ValueError, match="not a key"):
        file_of(tmp_path, key)


RECTANGLES = st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6), st.integers(1, 4), st.integers(1, 4),
                                st.sampled_from([UNIT, VILLAGE])), min_size=1, max_size=12)
POINTS = st.lists(st.tuples(st.integers(-1, 22), st.integers(-1, 22)), min_size=1, max_size=20)


@settings(max_examples=150, deadline=None)
@given(RECTANGLES, POINTS)
def test_it_agrees_with_a_plain_loop_everywhere(
        rectangles: list[tuple[int, int, int, int, int]], points: list[tuple[int, int]]) -> None:
    """Half steps hit borders and corners often; overlaps and both levels occur."""
    rows = [box(i, x, y, x + w, y + h, level=level) for i, (x, y, w, h, level) in enumerate(rectangles)]
    index = Index.build(rows)
    shapes = {row.id: shapely.from_wkb(row.wkb) for row in rows}
    for x, y in ((a / 2, b / 2) for a, b in points):
        holding = [row for row in rows if shapely.covers(shapes[row.id], shapely.Point(x, y))]
        deepest = max((row.level for row in holding), default=0)
        expected = sorted((row for row in holding if row.level == deepest), key=lambda row: row.code)
        hit = index.one(x, y)
        assert ([hit.id, *hit.also] if hit else []) == [row.id for row in expected]
        assert index.many([x], [y])[0] == (expected[0].id if expected else NOWHERE)


def _rounds(count: int) -> list[Shape]:
    """Circles of 1,604 corners in a row that overlap: heavy enough for the prepared path."""
    return [Shape(n, f"{n:03d}", UNIT, shapely.to_wkb(shapely.Point(n, 0).buffer(0.7, quad_segs=401)))
            for n in range(count)]


def test_heavy_polygons_give_the_same_answers() -> None:
    rows = _rounds(5)
    index = Index.build(rows)
    points = np.random.default_rng(7).uniform((-1, -1), (5, 1), (500, 2))
    for x, y in points.tolist():
        expected = [row.id for row in rows if shapely.covers(shapely.from_wkb(row.wkb), shapely.Point(x, y))]
        hit = index.one(x, y)
        assert ([hit.id, *hit.also] if hit else []) == expected
        assert index.many([x], [y])[0] == (expected[0] if expected else NOWHERE)


def test_threads_share_an_index() -> None:
    """A prepared polygon is completed at its first question: many threads ask a fresh index at once."""
    points = np.random.default_rng(7).uniform((-1, -1), (8, 1), (400, 2))
    expected = Index.build(_rounds(8)).many(points[:, 0], points[:, 1]).tolist()
    index = Index.build(_rounds(8))

    def ask(turn: int) -> list[int]:
        if turn % 2:
            return index.many(points[:, 0], points[:, 1]).tolist()
        return [hit.id if (hit := index.one(x, y)) else NOWHERE for x, y in points.tolist()]

    with ThreadPoolExecutor(6) as pool:
        assert all(answer == expected for answer in pool.map(ask, range(12)))


def test_every_hotline_point_is_found_as_a_plain_loop_finds_it(test_data: Path) -> None:
    """29,534 points, 752 villages: one by one and in bulk the same; a sample against shapely alone."""
    with gzip.open(test_data / "tainan" / "villages.geojson.gz", "rt") as source:
        features = json.load(source)["features"]
    shapes = [shapely.from_geojson(json.dumps(feature["geometry"])) for feature in features]
    codes = [feature["properties"]["VILLCODE"] for feature in features]
    index = Index.build(Shape(i, code, VILLAGE, shapely.to_wkb(shape))
                        for i, (code, shape) in enumerate(zip(codes, shapes, strict=True)))
    with gzip.open(test_data / "tainan" / "cases_2016.csv.gz", "rt", encoding="utf-8-sig") as source:
        points = [(float(row["lng"]), float(row["lat"])) for row in csv.DictReader(source)]
    assert len(points) == 29_534
    found = index.many(*zip(*points, strict=True)).tolist()
    hits = [index.one(*point) for point in points]
    assert found == [hit.id if hit else NOWHERE for hit in hits]
    lost = [place for place, area in enumerate(found) if area == NOWHERE]
    shared = [place for place, hit in enumerate(hits) if hit and hit.shared]
    assert (len(lost), len(shared)) == (5, 4), "points outside every village, and in two"
    for place in [*range(0, len(points), 97), *lost, *shared]:
        point = shapely.Point(points[place])
        expected = sorted(code for code, shape in zip(codes, shapes, strict=True) if shapely.covers(shape, point))
        hit = hits[place]
        assert [codes[area] for area in ([hit.id, *hit.also] if hit else [])] == expected
